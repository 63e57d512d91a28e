using System.Net;
using System.Net.Sockets;

namespace Turbulence.Load.Connections;

/// <summary>What this machine has no more of where no connection can be made.</summary>
internal static class SocketShortage
{
    /// <summary>What it is; null where the failure is another one.</summary>
    public static string? Of(SocketError failure) => failure switch
    {
        SocketError.AddressNotAvailable or SocketError.AddressAlreadyInUse => "ports",
        SocketError.TooManyOpenSockets => "open files",
        SocketError.NoBufferSpaceAvailable => "memory for sockets",
        _ => null,
    };

    /// <summary>
    /// Which of the failures of two addresses is the server's: that one of them is of a kind that this machine does not have says nothing
    /// where another one was asked.
    /// </summary>
    /// <param name="known">That of the ones before; <see cref="SocketError.HostNotFound"/> for none.</param>
    /// <param name="next">That of the next one.</param>
    public static SocketError Weightier(SocketError known, SocketError next) =>
        known is SocketError.HostNotFound or SocketError.AddressNotAvailable
        || next is SocketError.TooManyOpenSockets or SocketError.NoBufferSpaceAvailable
            ? next
            : known;

    /// <summary>
    /// The failure of a server all of whose addresses have failed. That an address cannot be had means that there is no port left, or that
    /// this machine has no address of that kind, such as where IPv6 is off; then there is no way there. A datagram socket, which takes its
    /// port from others, tells one from the other without sending anything.
    /// </summary>
    /// <param name="failure">The weightiest failure.</param>
    /// <param name="addresses">The server's addresses.</param>
    public static SocketError Told(SocketError failure, IReadOnlyList<EndPoint> addresses) =>
        failure == SocketError.AddressNotAvailable && !addresses.Any(HasWay) ? SocketError.NetworkUnreachable : failure;

    private static bool HasWay(EndPoint address)
    {
        try
        {
            using var socket = new Socket(address.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
            socket.Connect(address);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
