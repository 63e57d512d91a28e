using Turbulence.Platform.Files;

namespace Turbulence.Faults.Stress;

/// <summary>The room on the disk that a folder is on.</summary>
internal static class DiskRoom
{
    private const long UsualFloor = 64L << 20;
    private const long SmallPart = 16;

    /// <summary>What an ordinary user can still take, in bytes.</summary>
    public static long Free(string folder) => new DriveInfo(folder).AvailableFreeSpace;

    /// <summary>What always stays free: 64 MiB, or a sixteenth of a disk so small that this is less.</summary>
    public static long Floor(string folder) => Math.Min(UsualFloor, new DriveInfo(folder).TotalSize / SmallPart);

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
