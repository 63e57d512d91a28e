using System.Net.Sockets;

namespace Turbulence.Resident.Doors;

/// <summary>Who is at the other end of a socket.</summary>
internal static class PeerUser
{
    /// <summary>Whether it is this process's own user, or root.</summary>
    public static bool IsTrusted(Socket client)
    {
        // SOL_SOCKET and SO_PEERCRED of Linux; the answer is process, user, group.
        const int SocketLevel = 1;
        const int PeerCredentials = 17;
        if (!OperatingSystem.IsLinux())
        {
            return true;
        }

        Span<byte> credentials = stackalloc byte[12];
        return client.GetRawSocketOption(SocketLevel, PeerCredentials, credentials) == credentials.Length
            && BitConverter.ToUInt32(credentials[4..]) is var user
            && (user == 0 || user == DoorFolder.EffectiveUser());
    }
}
