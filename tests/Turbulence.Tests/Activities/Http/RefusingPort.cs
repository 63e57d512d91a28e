using System.Net;
using System.Net.Sockets;

namespace Turbulence.Tests.Activities.Http;

/// <summary>A loopback port that is taken, so that nobody else gets it, and does not listen, so that it refuses.</summary>
internal sealed class RefusingPort : IDisposable
{
    private readonly Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    public RefusingPort() => socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));

    public int Port => ((IPEndPoint)socket.LocalEndPoint!).Port;

    public string Url => $"http://127.0.0.1:{Port}";

    public void Dispose() => socket.Dispose();
}
