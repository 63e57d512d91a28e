using Turbulence.Platform.Files;

namespace Turbulence.Faults.Stress;

/// <summary>The room on the disk that a folder is on.</summary>
internal static class DiskRoom
{
    /// <summary>
    /// What always stays free, in bytes: 64 MiB, on a small disk too, because what has to write its way out of a full disk is as large
    /// there.
    /// </summary>
    public const long Floor = 64L << 20;

    /// <summary>What an ordinary user can still take, in bytes.</summary>
    public static long Free(string folder) => new DriveInfo(folder).AvailableFreeSpace;

    /// <summary>Names the disk of a folder by what it is: it may be mounted in two places, and is one disk all the same.</summary>
    public static string Key(string folder) => FileStatus.Read(folder, follow: true)?.Device ?? Mount(folder);

    /// <summary>Where the disk of a folder is mounted: the highest folder on the way up that is on the same.</summary>
    public static string Mount(string folder)
    {
        var device = FileStatus.Read(folder, follow: true)?.Device;
        while (Path.GetDirectoryName(folder) is { } parent && FileStatus.Read(parent, follow: true)?.Device == device)
        {
            folder = parent;
        }

        return folder;
    }
}
