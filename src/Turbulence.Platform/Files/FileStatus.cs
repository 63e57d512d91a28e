using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using Turbulence.Platform.Files.Linux;
using Turbulence.Platform.Processes.Linux;

namespace Turbulence.Platform.Files;

/// <summary>What the system keeps of a file beside its bytes (<c>statx</c>(2)). Linux only.</summary>
/// <param name="Device">The file system that it is on.</param>
/// <param name="Node">Its inode: names it on its file system, whatever it is called.</param>
/// <param name="Type">What it is.</param>
/// <param name="Owner">The id of the user that owns it.</param>
/// <param name="Mode">Who may do what with it.</param>
/// <param name="Length">How long it is, in bytes.</param>
/// <param name="AllocatedBytes">The room that it takes on the disk, in bytes.</param>
/// <param name="IsImmutable">Whether nobody may change, rename or delete it, root included (<c>chattr +i</c>).</param>
/// <param name="IsMount">Whether something is mounted at its place, as container engines do with <c>/etc/hosts</c>.</param>
public sealed record FileStatus(
    string Device,
    ulong Node,
    FileNodeType Type,
    uint Owner,
    UnixFileMode Mode,
    long Length,
    long AllocatedBytes,
    bool IsImmutable,
    bool IsMount)
{
    /// <summary>How many names it has on its file system.</summary>
    public uint Links { get; init; }

    /// <summary>The id of the group that owns it.</summary>
    public uint Group { get; init; }

    // <linux/stat.h>: struct statx is the same on every architecture.
    private const int CurrentFolder = -100;
    private const int DoNotFollow = 0x100;
    private const int EmptyPath = 0x1000;
    private const uint BasicFields = 0x7ff;
    private const uint BirthField = 0x800;
    private const int StructureSize = 256;
    private const ulong Immutable = 0x10;
    private const ulong MountRoot = 0x2000;
    private const long BlockSize = 512;

    /// <summary>Looks at a path.</summary>
    /// <param name="path">The path.</param>
    /// <param name="follow">Whether what a symbolic link points to is meant, and not the link.</param>
    /// <returns>What is there; null for nothing, for what we may not see, and elsewhere than on Linux.</returns>
    public static FileStatus? Read(string path, bool follow = false) => Look(CurrentFolder, path, follow ? 0 : DoNotFollow);

    /// <summary>The same, for who acts on the answer "nothing is there": what we may not see is an error then.</summary>
    /// <returns>What is there; null for nothing.</returns>
    /// <exception cref="UnauthorizedAccessException">We may not look.</exception>
    /// <exception cref="IOException">The disk or the system cannot say.</exception>
    public static FileStatus? Find(string path)
    {
        if (Look(CurrentFolder, path, DoNotFollow) is { } status)
        {
            return status;
        }

        var error = Marshal.GetLastPInvokeError();
        var problem = SystemError.Of(error, $"cannot look at {path}").Message;
        return error is LibC.ErrorNoEntry or LibC.ErrorNotFolder ? null
            : Absence.IsForbidden(error) ? throw new UnauthorizedAccessException(problem)
            : throw new IOException(problem, error);
    }

    /// <summary>Looks at a file that is open, whatever it is called by now.</summary>
    /// <exception cref="IOException">The system cannot say.</exception>
    public static FileStatus Of(SafeFileHandle file)
    {
        var added = false;
        try
        {
            file.DangerousAddRef(ref added);
            return Look((int)file.DangerousGetHandle(), "", EmptyPath)
                ?? throw new IOException(SystemError.Last("cannot look at an open file").Message);
        }
        finally
        {
            if (added)
            {
                file.DangerousRelease();
            }
        }
    }

    /// <summary>When it was made, which stays as it is as long as the file is; null where its file system does not keep that.</summary>
    public FileMoment? Born { get; init; }

    /// <summary>When it was read last.</summary>
    public FileMoment Accessed { get; init; }

    /// <summary>When its bytes were changed last.</summary>
    public FileMoment Modified { get; init; }

    private static unsafe FileStatus? Look(int folder, string path, int flags)
    {
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        var bytes = stackalloc byte[StructureSize];
        if (FileCalls.Status(folder, path, flags, BasicFields | BirthField, bytes) != 0)
        {
            return null;
        }

        var fields = new ReadOnlySpan<byte>(bytes, StructureSize);
        var mode = BinaryPrimitives.ReadUInt16LittleEndian(fields[28..]);
        var attributes = Number(fields, 8);
        return new FileStatus(
            $"{BinaryPrimitives.ReadUInt32LittleEndian(fields[136..])}:{BinaryPrimitives.ReadUInt32LittleEndian(fields[140..])}",
            Number(fields, 32),
            (FileNodeType)(mode >> 12),
            BinaryPrimitives.ReadUInt32LittleEndian(fields[20..]),
            (UnixFileMode)(mode & 0xfff),
            (long)Number(fields, 40),
            (long)Number(fields, 48) * BlockSize,
            (attributes & Immutable) != 0,
            (attributes & MountRoot) != 0)
        {
            Links = BinaryPrimitives.ReadUInt32LittleEndian(fields[16..]),
            Group = BinaryPrimitives.ReadUInt32LittleEndian(fields[24..]),
            Born = (BinaryPrimitives.ReadUInt32LittleEndian(fields) & BirthField) != 0 ? Moment(fields, 80) : null,
            Accessed = Moment(fields, 64),
            Modified = Moment(fields, 112),
        };
    }

    private static FileMoment Moment(ReadOnlySpan<byte> fields, int offset) =>
        new((long)Number(fields, offset), BinaryPrimitives.ReadUInt32LittleEndian(fields[(offset + 8)..]));

    /// <summary>
    /// Whether the system would let us write to a path, or make and remove files in it where it is a folder (<c>access</c>(2)).
    /// </summary>
    public static bool IsWritable(string path) => OperatingSystem.IsLinux() && FileCalls.Access(path, FileCalls.MayWrite) == 0;

    private static ulong Number(ReadOnlySpan<byte> fields, int offset) => BinaryPrimitives.ReadUInt64LittleEndian(fields[offset..]);
}
