using System.Text;
using Turbulence.Platform.Files;
using Turbulence.Platform.Processes;

namespace Turbulence.Faults.Residents;

/// <summary>
/// The folder of one fault in one process: the assembly, a token until it was read, and the socket. It belongs to the process's user, with
/// mode 0700, and whoever is done with it removes it: the resident at its end, and who takes the fault back.
/// <code>
///   made ─▶ asked ─▶ (the runtime loads, the resident reads the token) ─▶ asked is gone ─▶ door … ─▶ removed
/// </code>
/// While <c>asked</c> stands in it the runtime may still be about to load the assembly, and one that is missing then would end the process.
/// </summary>
/// <param name="Root">What comes before a path that the process sees, for us.</param>
/// <param name="Inner">The folder, as the process sees it.</param>
internal sealed record ResidentFolder(string Root, string Inner)
{
    private const UnixFileMode OwnerAlone = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode OwnerReads = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const string TokenFile = "token";
    private const string AskedFile = "asked";

    /// <summary>The folder, as we see it.</summary>
    public string Outer => Root + Inner;

    /// <summary>The socket, as we see it.</summary>
    public string Door => $"{Outer}/door";

    /// <summary>The assembly, as the process sees it.</summary>
    public string InnerAssembly => $"{Inner}/{ResidentAssembly.FileName}";

    /// <summary>Whether it is there.</summary>
    public bool Exists => FileStatus.Read(Outer) is not null;

    /// <summary>Whether the runtime was told to load from it, and has not said that it has.</summary>
    public bool IsAsked => FileStatus.Read($"{Outer}/{AskedFile}") is not null;

    /// <summary>Whether its token is still in it, which whoever is awaited there takes first.</summary>
    public bool IsUnread => FileStatus.Read($"{Outer}/{TokenFile}") is not null;

    /// <summary>Makes it with all that is in it, for the user of a process.</summary>
    /// <exception cref="IOException">It cannot be made there.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be made there.</exception>
    public void Make(string token, ProcessIdentity process)
    {
        if (FileStatus.Read(Outer) is not null)
        {
            throw new IOException($"{Outer} is there already");
        }

        CreateFolder(Outer);
        if (FileOwner.Distrust(Outer) is { } distrust)
        {
            throw new IOException($"{Outer} {distrust}");
        }

        string[] files = [$"{Outer}/{ResidentAssembly.FileName}", $"{Outer}/{TokenFile}", $"{Outer}/{AskedFile}"];
        Write(files[0], ResidentAssembly.Content);
        Write(files[1], Encoding.ASCII.GetBytes(token));
        Write(files[2], []);
        Give([.. files, Outer], process);

        // What the process would find is what would end it, so it is read again by that path.
        if (!File.ReadAllBytes(files[0]).AsSpan().SequenceEqual(ResidentAssembly.Content))
        {
            throw new IOException($"{files[0]} is not what was written to it");
        }
    }

    /// <summary>The runtime has answered.</summary>
    public void Answered() => File.Delete($"{Outer}/{AskedFile}");

    /// <summary>Takes the token away: what is loaded from now on finds no order, and opens no door.</summary>
    public void Withdraw() => DeleteFile($"{Outer}/{TokenFile}");

    /// <summary>Removes it.</summary>
    /// <returns>Why it is still there, in one line; null where it is gone.</returns>
    public string? Remove()
    {
        try
        {
            if (FileStatus.Read(Outer) is { Type: FileNodeType.Folder })
            {
                Directory.Delete(Outer, recursive: true);
            }

            return null;
        }
        catch (DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return Exists ? $"{Outer} cannot be removed: {failure.Message.TrimEnd('.')}" : null;
        }
    }

    private static void CreateFolder(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, OwnerAlone);
        }
    }

    private static void Write(string path, byte[] content)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerReads;
        }

        using var file = new FileStream(path, options);
        file.Write(content);
    }

    private static void Give(IEnumerable<string> paths, ProcessIdentity process)
    {
        if (ProcessIds(process.Id, "Uid") is { } user && ProcessIds(process.Id, "Gid") is { } group
            && FileStatus.Read(paths.First()) is { } own && (own.Owner != user || own.Group != group))
        {
            foreach (var path in paths)
            {
                FileOwner.Give(path, user, group);
            }
        }
    }

    // Real, effective, saved, and that for the file system.
    private static uint? ProcessIds(int process, string line) =>
        ProcessTable.StatusLine(process, line)?.Split('\t') is [_, _, _, var id] && uint.TryParse(id, out var number) ? number : null;

    private static void DeleteFile(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (DirectoryNotFoundException)
        {
            // The folder is gone with it.
        }
    }
}
