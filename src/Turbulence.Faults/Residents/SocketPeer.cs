using System.Globalization;
using System.Net.Sockets;
using Turbulence.Platform.Processes;

namespace Turbulence.Faults.Residents;

/// <summary>Who listens at the other end of a Unix socket: a file's name can be taken by anybody who may write to its folder.</summary>
internal static class SocketPeer
{
    // SOL_SOCKET and SO_PEERCRED; the answer is process, user, group, the process as our own namespace has it.
    private const int SocketLevel = 1;
    private const int PeerCredentials = 17;

    /// <summary>What is wrong, in words that follow the name of the socket; null where it is the process.</summary>
    public static string? Problem(Socket socket, ProcessIdentity process)
    {
        Span<byte> credentials = stackalloc byte[12];
        if (socket.GetRawSocketOption(SocketLevel, PeerCredentials, credentials) != credentials.Length)
        {
            return "does not say whose it is";
        }

        var peer = BitConverter.ToInt32(credentials);
        return peer != process.Id
            ? string.Create(CultureInfo.InvariantCulture, $"is that of process {peer}, not of process {process.Id}")
            : !process.IsAlive ? "is that of a process that has ended" : null;
    }
}
