using System.Net;
using System.Net.Sockets;
using Turbulence.Platform.Sockets.Linux;

namespace Turbulence.Platform.Sockets;

public sealed partial class NonBlockingSocket
{
    /// <summary>Takes datagrams of whoever sends some.</summary>
    /// <param name="address">Where; port 0 lets the system choose.</param>
    /// <param name="bothFamilies">Whether <see cref="IPAddress.IPv6Any"/> takes IPv4 too.</param>
    /// <exception cref="SocketException">None can be taken there.</exception>
    public static NonBlockingSocket BindDatagrams(EndPoint address, bool bothFamilies = false) =>
        Bind(CreateDatagrams(address), address, bothFamilies);

    /// <summary>Exchanges datagrams with one other.</summary>
    /// <param name="address">Whom.</param>
    /// <param name="error">Why it cannot be.</param>
    /// <returns>Null where it cannot be.</returns>
    public static NonBlockingSocket? ConnectDatagrams(EndPoint address, out SocketError error)
    {
        Socket? socket = null;
        try
        {
            socket = CreateDatagrams(address);
            socket.Connect(address);
            error = SocketError.Success;
            return new NonBlockingSocket(socket);
        }
        catch (SocketException failure)
        {
            socket?.Dispose();
            error = failure.SocketErrorCode;
            return null;
        }
    }

    /// <summary>Takes the next datagram.</summary>
    /// <param name="buffer">Where it goes; not empty.</param>
    /// <param name="sender">Is who sent it; of the socket's family.</param>
    /// <param name="error"><see cref="SocketError.WouldBlock"/> for none yet.</param>
    /// <returns>How many bytes it has.</returns>
    public unsafe int ReceiveFrom(Span<byte> buffer, SocketAddress sender, out SocketError error)
    {
        if (!OperatingSystem.IsLinux())
        {
            return Tried(buffer, sender, out error, static (socket, bytes, from) => socket.ReceiveFrom(bytes, SocketFlags.None, from));
        }

        fixed (byte* start = buffer)
        fixed (byte* address = sender.Buffer.Span)
        {
            while (true)
            {
                var size = (uint)sender.Buffer.Length;
                var count = SocketCalls.ReceiveFrom(Descriptor, start, (nuint)buffer.Length, 0, address, &size);
                if (count >= 0)
                {
                    sender.Size = (int)size;
                    error = SocketError.Success;
                    return (int)count;
                }

                if (!SocketCalls.WasInterrupted)
                {
                    error = SocketCalls.LastError;
                    return 0;
                }
            }
        }
    }

    /// <summary>Sends a datagram.</summary>
    /// <param name="bytes">The datagram; it may be empty.</param>
    /// <param name="receiver">To whom.</param>
    /// <returns>Why it was not sent.</returns>
    public unsafe SocketError SendTo(ReadOnlySpan<byte> bytes, SocketAddress receiver)
    {
        if (!OperatingSystem.IsLinux())
        {
            Tried(bytes, receiver, out var problem, static (socket, datagram, to) => socket.SendTo(datagram, SocketFlags.None, to));
            return problem;
        }

        fixed (byte* start = bytes)
        fixed (byte* address = receiver.Buffer.Span)
        {
            while (SocketCalls.SendTo(Descriptor, start, (nuint)bytes.Length, SocketCalls.NoSignal, address, (uint)receiver.Size) < 0)
            {
                if (!SocketCalls.WasInterrupted)
                {
                    return SocketCalls.LastError;
                }
            }
        }

        return SocketError.Success;
    }

    private int Tried<TBytes>(TBytes bytes, SocketAddress address, out SocketError error, Func<Socket, TBytes, SocketAddress, int> call)
        where TBytes : allows ref struct
    {
        try
        {
            error = SocketError.Success;
            return call(Socket, bytes, address);
        }
        catch (SocketException failure)
        {
            error = failure.SocketErrorCode;
            return 0;
        }
    }

    private static Socket CreateDatagrams(EndPoint address) => new(address.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
}
