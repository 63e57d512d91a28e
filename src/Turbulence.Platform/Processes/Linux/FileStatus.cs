using System.Runtime.CompilerServices;

namespace Turbulence.Platform.Processes.Linux;

/// <summary>What the system knows of a file, links not followed.</summary>
/// <param name="Owner">The user's id.</param>
/// <param name="Mode">The file's type and permissions, as in <c>st_mode</c>.</param>
internal readonly record struct FileStatus(uint Owner, ushort Mode)
{
    private const int CurrentDirectory = -100;
    private const int NoFollow = 0x100;
    private const int TypeModeAndOwner = 0x1 | 0x2 | 0x8;
    private const int TypeMask = 0xF000;
    private const int Link = 0xA000;
    private const int WriteOfGroupAndOthers = 0x12;

    // struct statx: 256 bytes, the same on every architecture; stx_uid at 20, stx_mode at 28.
    private const int Size = 256;
    private const int OwnerOffset = 20;
    private const int ModeOffset = 28;

    /// <summary>Whether it is a symbolic link.</summary>
    public bool IsLink => (Mode & TypeMask) == Link;

    /// <summary>Whether its group or others may write to it.</summary>
    public bool IsWritableByOthers => (Mode & WriteOfGroupAndOthers) != 0;

    /// <summary>Looks a file up; null where that is not possible.</summary>
    public static unsafe FileStatus? Of(string path)
    {
        var status = stackalloc byte[Size];
        return LibC.ExtendedStatus(CurrentDirectory, path, NoFollow, TypeModeAndOwner, status) == 0
            ? new(Unsafe.ReadUnaligned<uint>(status + OwnerOffset), Unsafe.ReadUnaligned<ushort>(status + ModeOffset))
            : null;
    }
}
