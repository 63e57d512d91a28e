using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Turbulence.Platform.Sockets.Linux;

/// <summary>The C library's functions for sockets, as their manual pages describe them.</summary>
internal static unsafe partial class SocketCalls
{
    public const int NoSignal = 0x4000;
    public const int ShutWrite = 1;
    public const uint SpliceNonBlocking = 2;

    private const int Interrupted = 4;
    private const int Again = 11;
    private const int InProgress = 115;

    [LibraryImport("libc", EntryPoint = "recv", SetLastError = true)]
    public static partial nint Receive(int socket, byte* buffer, nuint count, int flags);

    [LibraryImport("libc", EntryPoint = "send", SetLastError = true)]
    public static partial nint Send(int socket, byte* buffer, nuint count, int flags);

    [LibraryImport("libc", EntryPoint = "recvfrom", SetLastError = true)]
    public static partial nint ReceiveFrom(int socket, byte* buffer, nuint count, int flags, byte* address, uint* size);

    [LibraryImport("libc", EntryPoint = "sendto", SetLastError = true)]
    public static partial nint SendTo(int socket, byte* buffer, nuint count, int flags, byte* address, uint size);

    [LibraryImport("libc", EntryPoint = "connect", SetLastError = true)]
    public static partial int Connect(int socket, byte* address, uint size);

    [LibraryImport("libc", EntryPoint = "shutdown", SetLastError = true)]
    public static partial int Shutdown(int socket, int how);

    [LibraryImport("libc", EntryPoint = "eventfd", SetLastError = true)]
    public static partial int CreateEvent(uint count, int flags);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    public static partial nint Read(int file, long* value, nuint size);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    public static partial nint Write(int file, long* value, nuint size);

    [LibraryImport("libc", EntryPoint = "splice", SetLastError = true)]
    public static partial nint Splice(int from, long* fromOffset, int to, long* toOffset, nuint count, uint flags);

    [LibraryImport("libc", EntryPoint = "epoll_pwait2", SetLastError = true)]
    public static partial int WaitEventPoll(int poll, byte* entries, int count, long* time, void* signals);

    /// <summary>Whether the last call was broken off by a signal, and is to be made again.</summary>
    public static bool WasInterrupted => Marshal.GetLastPInvokeError() == Interrupted;

    /// <summary>What a call of which the result is a count has done.</summary>
    /// <param name="count">The count; less than 0 where the call failed.</param>
    /// <param name="error">Why it failed.</param>
    /// <returns>The count; 0 where it failed.</returns>
    public static int Counted(nint count, out SocketError error)
    {
        error = count < 0 ? LastError : SocketError.Success;
        return (int)Math.Max(0, count);
    }

    /// <summary>What went wrong with the last call.</summary>
    public static SocketError LastError => Marshal.GetLastPInvokeError() switch
    {
        Again => SocketError.WouldBlock,
        InProgress => SocketError.InProgress,
        1 or 13 => SocketError.AccessDenied,
        2 => SocketError.AddressNotAvailable,
        12 or 105 => SocketError.NoBufferSpaceAvailable,
        23 or 24 => SocketError.TooManyOpenSockets,
        22 => SocketError.InvalidArgument,
        32 => SocketError.Shutdown,
        38 or 95 => SocketError.OperationNotSupported,
        90 => SocketError.MessageSize,
        97 => SocketError.AddressFamilyNotSupported,
        98 => SocketError.AddressAlreadyInUse,
        99 => SocketError.AddressNotAvailable,
        100 => SocketError.NetworkDown,
        101 => SocketError.NetworkUnreachable,
        103 => SocketError.ConnectionAborted,
        104 => SocketError.ConnectionReset,
        107 => SocketError.NotConnected,
        110 => SocketError.TimedOut,
        111 => SocketError.ConnectionRefused,
        112 => SocketError.HostDown,
        113 => SocketError.HostUnreachable,
        _ => SocketError.SocketError,
    };
}
