using Turbulence.Platform.Files.Linux;
using Turbulence.Platform.Processes.Linux;

namespace Turbulence.Platform.Files;

/// <summary>
/// The flag that <c>chattr +i</c> sets: nobody may write to the file, rename or delete it, root included. Linux only, not on every file
/// system, and only for those with the capability <c>CAP_LINUX_IMMUTABLE</c>.
/// </summary>
public static class ImmutableFlag
{
    // <linux/fs.h>, as on the 64-bit architectures. The kernel reads an int, whatever the request's number says.
    private const nuint GetFlags = 0x80086601;
    private const nuint SetFlags = 0x40086602;
    private const nint Immutable = 0x10;

    /// <summary>Whether the file system knows the flag.</summary>
    public static bool IsKnown(string path)
    {
        return OperatingSystem.IsLinux() && Change(path, null) is null;
    }

    /// <summary>Sets the flag or takes it away.</summary>
    /// <returns>Why that did not work, in one line; null where it did.</returns>
    public static string? Set(string path, bool immutable) =>
        OperatingSystem.IsLinux() ? Change(path, immutable) : "only Linux can make a file immutable";

    private static unsafe string? Change(string path, bool? immutable)
    {
        using var file = LibC.Open(path, LibC.OpenReadOnly | LibC.OpenNonBlocking | LibC.OpenCloseOnExec, 0);
        nint flags = 0;
        if (file.IsInvalid || FileCalls.Control(file, GetFlags, &flags) != 0)
        {
            return SystemError.Last($"cannot read the flags of {path}").Message;
        }

        if (immutable is not { } wanted)
        {
            return null;
        }

        flags = wanted ? flags | Immutable : flags & ~Immutable;
        return FileCalls.Control(file, SetFlags, &flags) == 0 ? null : SystemError.Last($"cannot change the flags of {path}").Message;
    }
}
