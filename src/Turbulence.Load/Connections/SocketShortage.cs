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
}
