using System.Net;
using System.Net.Sockets;

namespace Turbulence.Load.Tests.Connections;

/// <summary>A listener that nobody accepts from, with as many waiting as there may be: the system says nothing to those who come.</summary>
internal sealed class BlackHole : IDisposable
{
    private readonly Socket listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly List<Socket> waiting = [];

    public BlackHole()
    {
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(1);
        for (var i = 0; i < 8; i++)
        {
            var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { Blocking = false };
            waiting.Add(client);
            try
            {
                client.Connect(Address);
            }
            catch (SocketException)
            {
                // It is on its way.
            }
        }
    }

    public IPEndPoint Address => (IPEndPoint)listener.LocalEndPoint!;

    public void Dispose()
    {
        waiting.ForEach(static client => client.Dispose());
        listener.Dispose();
    }
}
