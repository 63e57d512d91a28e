using System.Net;
using System.Net.Sockets;
using Turbulence.Platform.Processes;
using Turbulence.Platform.Sockets.Linux;

namespace Turbulence.Platform.Sockets;

/// <summary>
/// A socket whose calls neither wait nor throw for what a network does; <see cref="SocketPoll"/> waits for it. It is used by one thread at
/// a time. .NET's own non-blocking socket throws for each connection that is begun, and sends again from the start what was sent in part.
/// </summary>
public sealed partial class NonBlockingSocket : IDisposable
{
    private NonBlockingSocket(Socket socket)
    {
        Socket = socket;
        socket.Blocking = false;
        Descriptor = (int)socket.Handle;
    }

    /// <summary>Where a listener listens, with the port that the system chose; where a connection comes from.</summary>
    public EndPoint? LocalEndPoint => Socket.LocalEndPoint;

    /// <summary>Who is at the other end of a connection that was accepted.</summary>
    public EndPoint? RemoteEndPoint => Socket.RemoteEndPoint;

    /// <summary>
    /// Whether it is one of the last open files that the system allows, so that the next ones are to be left to the rest of the program.
    /// </summary>
    public bool IsAmongTheLast => Descriptor >= OpenFilesLimit.FirstSpared;

    /// <summary>Whether it is of TCP.</summary>
    public bool IsTcp =>
        Socket.AddressFamily is AddressFamily.InterNetwork or AddressFamily.InterNetworkV6 && Socket.SocketType == SocketType.Stream;

    internal Socket Socket { get; }

    internal int Descriptor { get; }

    /// <summary>Listens. An address that was in use a moment ago can be had again.</summary>
    /// <param name="address">Where; port 0 lets the system choose.</param>
    /// <param name="backlog">How many connections may wait to be accepted; the system may allow fewer.</param>
    /// <param name="bothFamilies">Whether <see cref="IPAddress.IPv6Any"/> takes IPv4 too.</param>
    /// <exception cref="SocketException">It cannot be listened there.</exception>
    public static NonBlockingSocket Listen(EndPoint address, int backlog, bool bothFamilies = false)
    {
        var made = Bind(Create(address), address, bothFamilies);
        try
        {
            made.Socket.Listen(backlog);
            return made;
        }
        catch
        {
            made.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Begins a connection. It came about, or failed, when the socket becomes writable; <see cref="ConnectResult"/> says which.
    /// </summary>
    /// <param name="address">Whereto.</param>
    /// <param name="error">Why it failed at once; otherwise <see cref="SocketError.Success"/>, or
    /// <see cref="SocketError.InProgress"/>.</param>
    /// <returns>The connection; null where it failed at once.</returns>
    public static NonBlockingSocket? Connect(EndPoint address, out SocketError error)
    {
        NonBlockingSocket? made = null;
        try
        {
            made = new NonBlockingSocket(Create(address));
            error = OperatingSystem.IsLinux() ? made.Connect(address.Serialize()) : made.ConnectPortably(address);
        }
        catch (SocketException failure)
        {
            error = failure.SocketErrorCode;
        }

        if (error is SocketError.Success or SocketError.InProgress)
        {
            return made;
        }

        made?.Dispose();
        return null;
    }

    /// <summary>Accepts a connection.</summary>
    /// <param name="error">Why there is none: <see cref="SocketError.WouldBlock"/> for nobody that waits,
    /// <see cref="SocketError.TooManyOpenSockets"/> for no open files.</param>
    public NonBlockingSocket? Accept(out SocketError error)
    {
        try
        {
            var made = new NonBlockingSocket(Socket.Accept());
            error = SocketError.Success;
            return made;
        }
        catch (SocketException failure)
        {
            error = failure.SocketErrorCode;
            return null;
        }
    }

    /// <summary>
    /// What became of a connection that was begun; <see cref="SocketError.Success"/> once it is there. Asked once: it is forgotten then.
    /// </summary>
    public SocketError ConnectResult()
    {
        try
        {
            return Socket.GetSocketOption(SocketOptionLevel.Socket, SocketOptionName.Error) is int code
                ? (SocketError)code
                : SocketError.SocketError;
        }
        catch (SocketException failure)
        {
            return failure.SocketErrorCode;
        }
    }

    /// <summary>Lets small pieces of a TCP connection go at once (<c>TCP_NODELAY</c>).</summary>
    public void SendAtOnce()
    {
        if (IsTcp)
        {
            try
            {
                Socket.NoDelay = true;
            }
            catch (SocketException)
            {
                // The connection has ended meanwhile; the next read says so.
            }
        }
    }

    /// <summary>
    /// Has the system ask a TCP peer from which nothing comes whether it is still there (<c>SO_KEEPALIVE</c>); one that is not breaks the
    /// connection.
    /// </summary>
    /// <param name="seconds">How long nothing comes before it is asked, and between two of the three questions.</param>
    public void DetectLoss(int seconds)
    {
        if (Socket.AddressFamily == AddressFamily.Unix)
        {
            return;
        }

        try
        {
            Socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, seconds);
            Socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, seconds);
            Socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, 3);
            Socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
        }
        catch (SocketException)
        {
            // The connection has ended meanwhile.
        }
    }

    /// <summary>Reads what is there.</summary>
    /// <param name="buffer">Where it goes; not empty.</param>
    /// <param name="error"><see cref="SocketError.WouldBlock"/> for nothing yet; <see cref="SocketError.ConnectionReset"/> where the peer
    /// broke it off.</param>
    /// <returns>How many bytes; 0 without an error for the end.</returns>
    public unsafe int Receive(Span<byte> buffer, out SocketError error)
    {
        if (!OperatingSystem.IsLinux())
        {
            return Socket.Receive(buffer, SocketFlags.None, out error);
        }

        fixed (byte* start = buffer)
        {
            nint count;
            do
            {
                count = SocketCalls.Receive(Descriptor, start, (nuint)buffer.Length, 0);
            }
            while (count < 0 && SocketCalls.WasInterrupted);

            return SocketCalls.Counted(count, out error);
        }
    }

    /// <summary>Writes as much as there is room for.</summary>
    /// <param name="bytes">What is written; not empty.</param>
    /// <param name="error">Why nothing was written: <see cref="SocketError.WouldBlock"/> for no room yet.</param>
    /// <returns>How many bytes were taken, which may be fewer.</returns>
    public unsafe int Send(ReadOnlySpan<byte> bytes, out SocketError error)
    {
        if (!OperatingSystem.IsLinux())
        {
            return Socket.Send(bytes, SocketFlags.None, out error);
        }

        fixed (byte* start = bytes)
        {
            nint count;
            do
            {
                count = SocketCalls.Send(Descriptor, start, (nuint)bytes.Length, SocketCalls.NoSignal);
            }
            while (count < 0 && SocketCalls.WasInterrupted);

            return SocketCalls.Counted(count, out error);
        }
    }

    /// <summary>Says that nothing more will be written (FIN); what was written arrives before that.</summary>
    /// <returns>Whether it could be said; not on a connection that is broken.</returns>
    public bool EndSending()
    {
        if (OperatingSystem.IsLinux())
        {
            return SocketCalls.Shutdown(Descriptor, SocketCalls.ShutWrite) == 0;
        }

        try
        {
            Socket.Shutdown(SocketShutdown.Send);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    /// <summary>
    /// Breaks a TCP connection off: the peer gets a reset (RST), and what it was not sent yet is lost. Others are closed.
    /// </summary>
    public void Reset()
    {
        try
        {
            Socket.LingerState = new LingerOption(true, 0);
        }
        catch (SocketException)
        {
            // It is broken already, or of a kind that cannot be.
        }

        Dispose();
    }

    /// <summary>Closes it: the peer is told that nothing more comes (FIN), or gets a reset where something it sent was not read.</summary>
    public void Dispose() => Socket.Dispose();

    private static NonBlockingSocket Bind(Socket socket, EndPoint address, bool bothFamilies)
    {
        try
        {
            if (bothFamilies && address.AddressFamily == AddressFamily.InterNetworkV6)
            {
                socket.DualMode = true;
            }

            socket.Bind(address);
            return new NonBlockingSocket(socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static Socket Create(EndPoint address) =>
        new(address.AddressFamily, SocketType.Stream, address.AddressFamily == AddressFamily.Unix
            ? ProtocolType.Unspecified
            : ProtocolType.Tcp);

    private unsafe SocketError Connect(SocketAddress address)
    {
        fixed (byte* start = address.Buffer.Span)
        {
            while (SocketCalls.Connect(Descriptor, start, (uint)address.Size) != 0)
            {
                if (!SocketCalls.WasInterrupted)
                {
                    return SocketCalls.LastError;
                }
            }
        }

        return SocketError.Success;
    }

    private SocketError ConnectPortably(EndPoint address)
    {
        try
        {
            Socket.Connect(address);
            return SocketError.Success;
        }
        catch (SocketException failure) when (failure.SocketErrorCode is SocketError.WouldBlock or SocketError.InProgress)
        {
            return SocketError.InProgress;
        }
    }
}
