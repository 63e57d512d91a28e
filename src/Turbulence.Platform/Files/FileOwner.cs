using Turbulence.Platform.Processes.Linux;

namespace Turbulence.Platform.Files;

/// <summary>Says whether a file or folder can be trusted to be our own work: ours, and nobody else can write to it.</summary>
public static class FileOwner
{
    // <fcntl.h> and <linux/stat.h>: struct statx is the same on every architecture.
    private const int CurrentFolder = -100;
    private const int DoNotFollow = 0x100;
    private const uint BasicFields = 0x7ff;
    private const int StructureSize = 256;
    private const int OwnerOffset = 20;
    private const int ModeOffset = 28;
    private const int TypeBits = 0xF000;
    private const int Link = 0xA000;
    private const int WritableByOthers = 0b000_010_010;

    /// <summary>Looks at a path itself, not at what a link points to. Linux only; elsewhere nothing is ever wrong.</summary>
    /// <param name="path">The path; it exists.</param>
    /// <returns>Why it is not to be trusted, in words that follow its name; null where it is.</returns>
    public static unsafe string? Distrust(string path)
    {
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        var status = stackalloc byte[StructureSize];
        if (LibC.FileStatus(CurrentFolder, path, DoNotFollow, BasicFields, status) != 0)
        {
            return SystemError.Last("cannot be looked at").Message;
        }

        var owner = *(uint*)(status + OwnerOffset);
        var mode = *(ushort*)(status + ModeOffset);
        return (mode & TypeBits) == Link ? "is a link"
            : owner != LibC.EffectiveUser() ? $"belongs to user {owner}, not to us"
            : (mode & WritableByOthers) != 0 ? "can be written to by others"
            : null;
    }
}
