using System.Text.Json.Nodes;
using Turbulence.Faults.Arguments;
using Turbulence.Faults.Contracts;
using Turbulence.Platform.Files;

namespace Turbulence.Faults.Targets;

/// <summary>
/// One regular file, named so that it is known again: by its path, by its number on its file system, and by the moment in which it was
/// made. A file system hands out the number of a file that is gone to the next, and the system numbers its disks anew after each start.
/// </summary>
/// <param name="Path">The full path, no part of it a symbolic link.</param>
/// <param name="Device">The file system.</param>
/// <param name="Node">The file's number there.</param>
/// <param name="Mode">Who might do what with it.</param>
internal sealed record SelectedFile(string Path, string Device, ulong Node, UnixFileMode Mode)
{
    /// <summary>When it was made; null where its file system does not say.</summary>
    public FileMoment? Born { get; init; }

    /// <summary>The argument <c>path</c>, for the description of a kind.</summary>
    public static FaultArgument Argument { get; } =
        new("path", ArgumentType.Path, "a regular file, relative to the experiment's folder; a symbolic link is refused")
        {
            IsRequired = true,
        };

    /// <summary>By what it is on the disk, because it may have other names: a hard link, a second mount.</summary>
    public FaultTarget Target => new($"file:{Device}:{Node}", Path);

    /// <summary>Whether the very file that was selected stands at the path.</summary>
    /// <exception cref="IOException">That cannot be seen.</exception>
    public bool IsInPlace => FileStatus.Find(Path) is { } status && IsSame(status);

    /// <summary>
    /// Where the very file is by now: at its path, or under another name in its folder, where a log was rotated; null where it is in
    /// neither.
    /// </summary>
    /// <exception cref="IOException">That cannot be seen.</exception>
    public string? Find() => IsInPlace ? Path
        : System.IO.Path.GetDirectoryName(Path) is { } folder && FileStatus.Find(folder) is not null
            ? Directory.EnumerateFileSystemEntries(folder).FirstOrDefault(IsThis)
            : null;

    private bool IsThis(string path) =>
        !System.IO.Path.GetFileName(path).StartsWith(FaultMark.Prefix, StringComparison.Ordinal)
            && FileStatus.Read(path) is { } status
            && IsSame(status);

    /// <summary>
    /// Reads an argument that names a file; what is wrong with it is refused through <paramref name="arguments"/>, and null returned.
    /// </summary>
    /// <param name="arguments">The arguments.</param>
    /// <param name="name">The argument's name.</param>
    /// <param name="request">For the folder, where relative paths begin.</param>
    public static SelectedFile? Read(ArgumentReader arguments, string name, FaultRequest request)
    {
        if (arguments.Text(name) is not { } text || arguments.Problem is not null)
        {
            return null;
        }

        var given = System.IO.Path.GetFullPath(text, request.BaseDirectory);
        var path = System.IO.Path.Combine(RealFolder(System.IO.Path.GetDirectoryName(given) ?? "/"), System.IO.Path.GetFileName(given));
        var status = FileStatus.Read(path);
        arguments.Refuse(
            status is null ? $"there is no file {path}"
            : status.Type == FileNodeType.Link ? $"{path} is a symbolic link to {new FileInfo(path).LinkTarget}: name the file itself"
            : status.Type != FileNodeType.File
                || path.StartsWith("/proc/", StringComparison.Ordinal)
                || path.StartsWith("/sys/", StringComparison.Ordinal)
                ? $"{path} is not a regular file"
            : status.IsImmutable ? $"{path} is immutable already"
            : !FileStatus.IsWritable(System.IO.Path.GetDirectoryName(path)!) ? $"the folder of {path} cannot be written to"
            : null);
        return arguments.Problem is null ? new SelectedFile(path, status!.Device, status.Node, status.Mode) { Born = status.Born } : null;
    }

    /// <summary>Whether that is this file. By the number of its disk only where nothing says when the two were made.</summary>
    public bool IsSame(FileStatus status) =>
        status.Node == Node && (status.Born is { } theirs && Born is { } ours ? theirs == ours : status.Device == Device);

    public JsonObject ToJson() => new()
    {
        ["path"] = Path,
        ["device"] = Device,
        ["node"] = Node,
        ["born"] = Born is { } born ? new JsonArray(born.Seconds, born.Nanoseconds) : null,
        ["mode"] = (int)Mode,
    };

    public static SelectedFile Of(FaultRecord record) => UndoJson.Read(() => new SelectedFile(
        record.Undo["path"]!.GetValue<string>(),
        record.Undo["device"]!.GetValue<string>(),
        (ulong)record.Undo["node"]!,
        (UnixFileMode)(int)record.Undo["mode"]!)
    {
        Born = record.Undo["born"] is { } born ? new FileMoment((long)born[0]!, (uint)born[1]!) : null,
    });

    /// <summary>Two names of one folder are one target.</summary>
    private static string RealFolder(string folder)
    {
        var real = "/";
        foreach (var part in folder.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            var next = System.IO.Path.Combine(real, part);
            real = FileStatus.Read(next) is { Type: FileNodeType.Link }
                && Directory.ResolveLinkTarget(next, returnFinalTarget: true) is { } target
                ? target.FullName
                : next;
        }

        return real;
    }
}
