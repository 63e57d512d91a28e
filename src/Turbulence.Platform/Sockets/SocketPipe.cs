using System.Net.Sockets;
using Microsoft.Win32.SafeHandles;
using Turbulence.Platform.Processes;
using Turbulence.Platform.Processes.Linux;
using Turbulence.Platform.Sockets.Linux;

namespace Turbulence.Platform.Sockets;

/// <summary>
/// A pipe of the system's through which bytes go from one socket to another without being copied into this program (<c>splice</c>(2)). It
/// is used by one thread at a time.
/// </summary>
public sealed unsafe class SocketPipe : IDisposable
{
    private const int NonBlocking = 0x800;
    private const int CloseOnExecute = 0x80000;
    private const int SetSize = 1031;

    private readonly SafeFileHandle reading;
    private readonly SafeFileHandle writing;

    private SocketPipe(SafeFileHandle reading, SafeFileHandle writing) => (this.reading, this.writing) = (reading, writing);

    /// <summary>How many bytes are in it.</summary>
    public int Count { get; private set; }

    /// <summary>Makes one.</summary>
    /// <param name="size">How many bytes it takes at least.</param>
    /// <returns>The pipe; null where the system has none, or none of that size for this user.</returns>
    public static SocketPipe? Create(int size)
    {
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        var ends = stackalloc int[2];
        if (LibC.Pipe(ends, NonBlocking | CloseOnExecute) != 0)
        {
            return null;
        }

        var made = new SocketPipe(new SafeFileHandle(ends[0], ownsHandle: true), new SafeFileHandle(ends[1], ownsHandle: true));
        if (ends[1] >= OpenFilesLimit.FirstSpared || LibC.FileControl(made.writing, SetSize, size) < size)
        {
            made.Dispose();
            return null;
        }

        return made;
    }

    /// <summary>Moves what is there from a socket into the pipe, which is empty.</summary>
    /// <param name="from">The socket.</param>
    /// <param name="most">How many bytes at most.</param>
    /// <param name="error"><see cref="SocketError.WouldBlock"/> for nothing yet; <see cref="SocketError.InvalidArgument"/>,
    /// <see cref="SocketError.OperationNotSupported"/> or <see cref="SocketError.AccessDenied"/> where it cannot be done; otherwise as of
    /// a read.</param>
    /// <returns>How many bytes; 0 without an error for the end.</returns>
    public int Fill(NonBlockingSocket from, int most, out SocketError error)
    {
        ArgumentNullException.ThrowIfNull(from);
        Count = Move(from.Descriptor, (int)writing.DangerousGetHandle(), most, out error);
        return Count;
    }

    /// <summary>Moves as much from the pipe to a socket as there is room for.</summary>
    /// <param name="to">The socket.</param>
    /// <param name="error">Why nothing was moved: <see cref="SocketError.WouldBlock"/> for no room yet.</param>
    /// <returns>How many bytes, which may be fewer than are in it.</returns>
    public int Drain(NonBlockingSocket to, out SocketError error)
    {
        ArgumentNullException.ThrowIfNull(to);
        var moved = Move((int)reading.DangerousGetHandle(), to.Descriptor, Count, out error);
        Count -= moved;
        return moved;
    }

    /// <summary>Ends it, with what is in it.</summary>
    public void Dispose()
    {
        Count = 0;
        reading.Dispose();
        writing.Dispose();
    }

    private static int Move(int from, int to, int most, out SocketError error)
    {
        nint count;
        do
        {
            count = SocketCalls.Splice(from, null, to, null, (nuint)most, SocketCalls.SpliceNonBlocking);
        }
        while (count < 0 && SocketCalls.WasInterrupted);

        return SocketCalls.Counted(count, out error);
    }
}
