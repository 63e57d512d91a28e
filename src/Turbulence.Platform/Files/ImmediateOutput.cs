using Microsoft.Win32.SafeHandles;
using Turbulence.Platform.Files.Linux;

namespace Turbulence.Platform.Files;

/// <summary>
/// A standard output that takes what it is given at once, or not at all: a file, or a pipe as long as there is room in it. So whoever must
/// not wait for a reader can write on his own thread all the same. Linux only.
/// </summary>
public sealed class ImmediateOutput
{
    // <uapi/linux/fs.h>; and the most that goes into a pipe as a whole or not at all (pipe(7)).
    private const int DoNotWait = 8;
    private const int AtomicBytes = 4096;

    private readonly SafeFileHandle file;
    private readonly bool isPipe;

    private ImmediateOutput(SafeFileHandle file, bool isPipe)
    {
        this.file = file;
        this.isPipe = isPipe;
    }

    /// <summary>The standard output; null where it is neither a file nor a pipe.</summary>
    public static ImmediateOutput? OfOutput() => Of(new SafeFileHandle(1, ownsHandle: false));

    /// <summary>The standard error; null where it is neither a file nor a pipe.</summary>
    public static ImmediateOutput? OfError() => Of(new SafeFileHandle(2, ownsHandle: false));

    /// <summary>Writes at once.</summary>
    /// <param name="bytes">What is written.</param>
    /// <returns>False where nothing was: there is no room just now, nobody reads any more, the disk is full, or it is too much at
    /// once.</returns>
    public bool TryWrite(ReadOnlySpan<byte> bytes) =>
        bytes.Length <= AtomicBytes && (isPipe ? TryWriteToPipe(bytes) : TryWriteToFile(bytes));

    internal static ImmediateOutput? Of(SafeFileHandle file)
    {
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        try
        {
            return FileStatus.Of(file).Type switch
            {
                FileNodeType.File => new ImmediateOutput(file, isPipe: false),
                FileNodeType.Pipe => new ImmediateOutput(file, isPipe: true),
                _ => null,
            };
        }
        catch (IOException)
        {
            return null;
        }
    }

    private unsafe bool TryWriteToPipe(ReadOnlySpan<byte> bytes)
    {
        fixed (byte* start = bytes)
        {
            var piece = stackalloc nint[] { (nint)start, bytes.Length };
            try
            {
                return FileCalls.WriteVector(file, piece, 1, -1, DoNotWait) == bytes.Length;
            }
            catch (EntryPointNotFoundException)
            {
                return false;
            }
        }
    }

    // The end of what a disk has no room for is lost, as it would be if somebody waited for it.
    private unsafe bool TryWriteToFile(ReadOnlySpan<byte> bytes)
    {
        var all = bytes.Length;
        while (!bytes.IsEmpty)
        {
            fixed (byte* start = bytes)
            {
                var count = FileCalls.Write(file, start, bytes.Length);
                if (count <= 0)
                {
                    return bytes.Length < all;
                }

                bytes = bytes[(int)count..];
            }
        }

        return true;
    }
}
