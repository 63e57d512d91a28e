using Turbulence.Platform.Files.Linux;
using Turbulence.Platform.Processes.Linux;

namespace Turbulence.Platform.Files;

/// <summary>Says whether a file or folder can be trusted to be our own work: ours, and nobody else can write to it.</summary>
public static class FileOwner
{
    private const UnixFileMode WritableByOthers = UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;

    /// <summary>Looks at a path itself, not at what a link points to. Linux only; elsewhere nothing is ever wrong.</summary>
    /// <returns>Why it is not to be trusted, in words that follow its name; null where it is, or where there is nothing.</returns>
    public static string? Distrust(string path) => FileStatus.Read(path) is not { } status ? null
        : status.Type == FileNodeType.Link ? "is a link"
        : status.Owner != LibC.EffectiveUser() ? $"belongs to user {status.Owner}, not to us"
        : (status.Mode & WritableByOthers) != 0 ? "can be written to by others"
        : null;

    /// <summary>Gives a file or folder, or a link itself, to somebody else, which only root may. Linux only.</summary>
    /// <exception cref="IOException">The system does not do it.</exception>
    public static void Give(string path, uint user, uint group)
    {
        if (FileCalls.ChangeOwner(path, user, group) != 0)
        {
            throw new IOException(SystemError.Last($"cannot give {path} to user {user}").Message);
        }
    }
}
