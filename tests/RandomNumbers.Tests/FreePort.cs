using System.Net;
using System.Net.Sockets;

namespace RandomNumbers.Tests;

/// <summary>A port for a server that is to come back on it.</summary>
public static class FreePort
{
    /// <summary>
    /// A free port below those that the system gives to outgoing connections: while the server is away, a client's attempt to
    /// connect could otherwise be given that very port and keep it.
    /// </summary>
    public static int ForAServerThatComesBack()
    {
        var random = new Random();
        while (true)
        {
            var port = random.Next(20_000, 32_000);
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
                return port;
            }
            catch (SocketException)
            {
                // Taken; another one.
            }
        }
    }
}
