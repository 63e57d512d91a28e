using System.Net.Sockets;
using Turbulence.Platform.Sockets;
using Turbulence.Proxy.Addresses;
using Turbulence.Proxy.Connections;
using Turbulence.Proxy.Loops;

namespace Turbulence.Proxy;

/// <summary>Where clients come to a proxy: an address, and while the proxy is enabled what listens there.</summary>
/// <param name="address">The address.</param>
/// <param name="protocol">What comes.</param>
/// <param name="backlog">How many connections may wait to be accepted.</param>
/// <param name="loop">The loop that listens.</param>
internal sealed class ProxyEntrance(ProxyAddress address, ProxyProtocol protocol, int backlog, ProxyLoop loop)
{
    private ProxyAddress address = address;
    private IProxyFront? front;
    private string? listening;

    /// <summary>Whether it listens.</summary>
    public bool IsOpen => front is not null;

    /// <summary>How often there was no open file left for a client.</summary>
    public long Pauses => (front as Acceptor)?.Pauses ?? 0;

    /// <summary>
    /// The address: as it was resolved while it listens, as it was given while it does not, with the port that the system chose for port 0.
    /// </summary>
    public string Address => Volatile.Read(ref listening) ?? address.ToString();

    /// <summary>Whether it is this address, as it is written or as it is resolved.</summary>
    public async Task<bool> IsAtAsync(ProxyAddress other) =>
        Is(other) || (await ProxyListener.ResolveAsync(other) is { } resolved
            && resolved == (listening ?? await ProxyListener.ResolveAsync(address)));

    /// <summary>Whether it is this address, as it is written.</summary>
    public bool Is(ProxyAddress other) => other == address || other.ToString() == Address;

    /// <summary>Has another address; it does not listen.</summary>
    public void Move(ProxyAddress other) => address = other;

    /// <summary>Listens.</summary>
    /// <param name="upstream">Whom the proxy asks; it cannot be the address itself.</param>
    /// <param name="make">Makes what takes the clients.</param>
    /// <exception cref="ProxyException">It cannot listen there.</exception>
    public async Task OpenAsync(ProxyAddress upstream, Func<NonBlockingSocket, IProxyFront> make)
    {
        var listener = await ListenAsync();
        if (ProxyListener.IsItself(listener, upstream.Asked))
        {
            var own = ProxyAddress.Text(listener.LocalEndPoint!);
            listener.Dispose();
            throw new ProxyException(
                ProxyProblem.InvalidAddress, $"upstream must be another address than {own}, where the proxy itself listens");
        }

        listening = ProxyListener.Text(address, listener);
        if (address is { Path: null, Port: 0 } && ProxyAddress.Parse(listening) is { } chosen)
        {
            // Clients know the port by now: it stays when the proxy is disabled and enabled again.
            address = new ProxyAddress(address.Host, chosen.Port, null);
        }

        var opened = make(listener);
        front = opened;
        await loop.RunAsync(opened.Start);
    }

    /// <summary>Listens no more, if it did.</summary>
    public async Task CloseAsync()
    {
        if (front is not { } closed)
        {
            return;
        }

        front = null;
        await loop.RunAsync(closed.Close);
        if (address.Path is { } path)
        {
            File.Delete(path);
        }

        listening = null;
    }

    private async Task<NonBlockingSocket> ListenAsync()
    {
        try
        {
            return protocol == ProxyProtocol.Udp
                ? await ProxyListener.OpenDatagramsAsync(address)
                : await ProxyListener.OpenAsync(address, backlog);
        }
        catch (SocketException failure)
        {
            throw new ProxyException(
                ProxyProblem.CannotListen,
                await ProxyListener.ProblemAsync(address, protocol == ProxyProtocol.Udp ? "udp" : "tcp", failure),
                failure);
        }
    }
}
