using System.Net;
using System.Net.Sockets;

namespace Turbulence.Proxy.Tests;

/// <summary>A server that a proxy asks, on a port of its own; a test accepts what comes by hand.</summary>
internal sealed class Upstream : IDisposable
{
    private readonly Socket listener;

    public Upstream(EndPoint? address = null, int backlog = 512)
    {
        address ??= new IPEndPoint(IPAddress.Loopback, 0);
        listener = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(address);
        listener.Listen(backlog);
        Address = listener.LocalEndPoint is UnixDomainSocketEndPoint path ? $"unix:{path}" : listener.LocalEndPoint!.ToString()!;
    }

    public string Address { get; }

    public Task<Peer> AcceptAsync() => AcceptUntilAsync(TestContext.Current.CancellationToken);

    public async Task<Peer> AcceptUntilAsync(CancellationToken cancellationToken) => new(await listener.AcceptAsync(cancellationToken));

    public void Dispose() => listener.Dispose();
}
