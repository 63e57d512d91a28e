using Turbulence.Platform.Processes.Linux;

namespace Turbulence.Platform.Files;

/// <summary>Whose a file is.</summary>
public static class FileOwnership
{
    /// <summary>
    /// Whether nobody but us (and the superuser) can change a file or folder: it is ours, no link, and its group and others may not write
    /// to it.
    /// </summary>
    /// <remarks>
    /// On Linux, by <c>statx</c>. Elsewhere only the permissions are looked at, and on Windows nothing: a user's folders are the user's
    /// there.
    /// </remarks>
    /// <param name="path">The file or folder itself; of the folders that it is in nothing is said.</param>
    /// <returns>False where it cannot be looked at, too.</returns>
    public static bool IsOursAlone(string path)
    {
        if (OperatingSystem.IsLinux())
        {
            return FileStatus.Read(path) is { Type: not FileNodeType.Link } status
                && !IsWritableByOthers(status.Mode) && status.Owner == LibC.EffectiveUser();
        }

        return OperatingSystem.IsWindows()
            || ((File.Exists(path) || Directory.Exists(path)) && !IsWritableByOthers(File.GetUnixFileMode(path)));
    }

    private static bool IsWritableByOthers(UnixFileMode mode) => (mode & (UnixFileMode.GroupWrite | UnixFileMode.OtherWrite)) != 0;
}
