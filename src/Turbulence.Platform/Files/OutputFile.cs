using Microsoft.Win32.SafeHandles;
using Turbulence.Platform.Files.Linux;
using Turbulence.Platform.Processes.Linux;

namespace Turbulence.Platform.Files;

/// <summary>
/// The one way to write a file whose path somebody else has chosen:
/// <code>
///   path ─ links followed ─▶ nothing, or a regular file of one name ─▶ new file beside it, under a name nobody can guess ─▶ renamed: all of it or nothing
///                        ├▶ a regular file of more names, or mounted ─▶ stays that file, written anew
///                        └▶ device, pipe, /dev/stdout               ─▶ written to, as a stream
/// </code>
/// What is there is judged each time anew. Nothing that somebody has planted under the name of the new file is ever followed or written to,
/// and no such file stays: not when the disk is full, and not after a process that was killed.
/// </summary>
public sealed class OutputFile : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Usual =
        OwnerOnly | UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    private readonly string path;
    private Stream? stream;

    /// <summary>Looks at a path; nothing is written yet.</summary>
    /// <param name="path">The path.</param>
    /// <exception cref="IOException">Its folder is not there, or links lead in a circle.</exception>
    /// <exception cref="UnauthorizedAccessException">It is a folder.</exception>
    public OutputFile(string path)
    {
        this.path = System.IO.Path.GetFullPath(path);
        Place = OutputPlace.Of(this.path);
    }

    /// <summary>Where it goes, as it was when it was last looked at.</summary>
    public OutputPlace Place { get; private set; }

    /// <summary>Whether only its owner may read a new file. Default: what the umask says.</summary>
    public bool IsPrivate { get; init; }

    /// <summary>Whether a file that takes the place of another one has the mode of that one. Default: yes.</summary>
    public bool KeepsMode { get; init; } = true;

    /// <summary>Whether what is written is on the disk when <see cref="Write"/> returns. Default: no.</summary>
    public bool IsDurable { get; init; }

    /// <summary>
    /// Makes sure that it can be written, and removes what killed processes left unfinished beside it. What is a stream is opened, and
    /// stays open.
    /// </summary>
    /// <exception cref="IOException">It cannot be written: no room, or nobody reads from the pipe.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public void Prepare()
    {
        if (Place.Kind == OutputKind.Stream)
        {
            stream ??= OpenStream();
            return;
        }

        PartialFile.Sweep(Place.Path);
        if (Place.Kind == OutputKind.Rewritten)
        {
            DescriptorStream.Open(Place.Path, LibC.OpenNoLink, OwnerOnly).Dispose();
            return;
        }

        PartialFile.Create(Place.Path, OwnerOnly).Dispose();
    }

    /// <summary>Writes it as a whole.</summary>
    /// <param name="content">Writes the content.</param>
    /// <param name="replace">Whether what is there may be replaced. Default: yes.</param>
    /// <exception cref="IOException">It cannot be written; what is replaced as a whole is as it was.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public void Write(Action<Stream> content, bool replace = true)
    {
        if (stream is null)
        {
            Look();
        }

        switch (Place.Kind)
        {
            case OutputKind.Replaced:
                Replace(content, replace);
                break;
            case OutputKind.Rewritten:
                using (var file = DescriptorStream.Open(Place.Path, LibC.OpenNoLink | LibC.OpenTruncate, OwnerOnly))
                {
                    Fill(file, content);
                }

                break;
            default:
                stream ??= OpenStream();
                Fill(stream, content);
                break;
        }
    }

    /// <summary>Opens a file to add to it, whatever it is; several processes may. A new one is for its owner alone.</summary>
    /// <param name="path">The path.</param>
    /// <returns>A stream that writes at the end, each write in one piece, without a buffer.</returns>
    /// <exception cref="IOException">It cannot be opened, or nobody reads from the pipe.</exception>
    /// <exception cref="UnauthorizedAccessException">It is a folder, or may not be written.</exception>
    public static Stream OpenAppend(string path)
    {
        var place = OutputPlace.Of(path);
        if (place.Descriptor >= 0)
        {
            return OfDescriptor(place);
        }

        if (OperatingSystem.IsLinux())
        {
            return DescriptorStream.Open(
                place.Path, LibC.OpenCreate | LibC.OpenAppend | (place.Kind == OutputKind.Stream ? 0 : LibC.OpenNoLink), OwnerOnly);
        }

        var options = new FileStreamOptions
        {
            Mode = FileMode.Append,
            Access = FileAccess.Write,
            Share = FileShare.ReadWrite | FileShare.Delete,
            BufferSize = 0,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        return GrowingFile.Open(place.Path, options);
    }

    /// <inheritdoc/>
    public void Dispose() => stream?.Dispose();

    private static DescriptorStream OfDescriptor(OutputPlace place) =>
        new(new SafeFileHandle(place.Descriptor, ownsHandle: false), place.Path);

    private static void Fill(Stream target, Action<Stream> content)
    {
        // Not disposed of: that would close the target.
        var buffer = new BufferedStream(target, 64 * 1024);
        content(buffer);
        buffer.Flush();
    }

    private DescriptorStream OpenStream() => Place.Descriptor >= 0 ? OfDescriptor(Place) : DescriptorStream.Open(Place.Path, 0, OwnerOnly);

    /// <summary>Makes the file that takes the place of what is there once it is finished, and looks like that.</summary>
    internal PartialFile CreatePartial()
    {
        var former = FileStatus.Read(Place.Path);
        var mode = KeepsMode && !OperatingSystem.IsWindows() && File.Exists(Place.Path)
            ? File.GetUnixFileMode(Place.Path)
            : (UnixFileMode?)null;
        var file = PartialFile.Create(Place.Path, IsPrivate ? OwnerOnly : Usual);
        file.Resemble(former, mode);
        return file;
    }

    /// <summary>Looks anew at what is there.</summary>
    internal OutputPlace Look() => Place = OutputPlace.Of(path);

    private void Replace(Action<Stream> content, bool replace)
    {
        using var file = CreatePartial();
        content(file.Stream);
        file.Finish(Place.Path, IsDurable, replace);
    }
}
