using System.Net;
using System.Net.Sockets;
using Turbulence.Platform.Sockets;
using Turbulence.Proxy.Addresses;

namespace Turbulence.Proxy.Connections;

/// <summary>Makes the sockets that proxies listen on.</summary>
internal static class ProxyListener
{
    /// <summary>Listens.</summary>
    /// <param name="address">Where.</param>
    /// <param name="backlog">How many clients may wait to be accepted.</param>
    /// <exception cref="SocketException">It cannot be listened there.</exception>
    public static async Task<NonBlockingSocket> OpenAsync(ProxyAddress address, int backlog)
    {
        var end = Chosen(await address.ResolveAsync(CancellationToken.None));
        try
        {
            return NonBlockingSocket.Listen(end, backlog, bothFamilies: address.Host is { Length: 0 });
        }
        catch (SocketException failure)
            when (failure.SocketErrorCode == SocketError.AddressFamilyNotSupported && address.Host is { Length: 0 })
        {
            return NonBlockingSocket.Listen(new IPEndPoint(IPAddress.Any, address.Port), backlog);
        }
        catch (SocketException failure)
            when (failure.SocketErrorCode == SocketError.AddressAlreadyInUse && address.Path is not null && IsStale(end))
        {
            File.Delete(address.Path);
            return NonBlockingSocket.Listen(end, backlog);
        }
    }

    /// <summary>Takes datagrams.</summary>
    /// <param name="address">Where.</param>
    /// <exception cref="SocketException">None can be taken there.</exception>
    public static async Task<NonBlockingSocket> OpenDatagramsAsync(ProxyAddress address)
    {
        var end = Chosen(await address.ResolveAsync(CancellationToken.None));
        try
        {
            return NonBlockingSocket.BindDatagrams(end, bothFamilies: address.Host is { Length: 0 });
        }
        catch (SocketException failure)
            when (failure.SocketErrorCode == SocketError.AddressFamilyNotSupported && address.Host is { Length: 0 })
        {
            return NonBlockingSocket.BindDatagrams(new IPEndPoint(IPAddress.Any, address.Port));
        }
    }

    /// <summary>What an address would be called that was listened on; null where its name is not known.</summary>
    public static async Task<string?> ResolveAsync(ProxyAddress address)
    {
        try
        {
            return ProxyAddress.Text(Chosen(await address.ResolveAsync(CancellationToken.None)));
        }
        catch (SocketException)
        {
            return null;
        }
    }

    /// <summary>Where a socket listens, with what was resolved.</summary>
    public static string Text(ProxyAddress address, NonBlockingSocket listener) =>
        address.Path is null ? ProxyAddress.Text(listener.LocalEndPoint!) : address.ToString();

    /// <summary>
    /// Whether an upstream is the listener itself: what comes once would circle for ever. Names are left out, but for the machine's own;
    /// nobody is asked what they mean.
    /// </summary>
    public static bool IsItself(NonBlockingSocket listener, ProxyAddress upstream)
    {
        EndPoint[] asked = upstream.Literal is { } literal ? [literal]
            : upstream.Host == "localhost"
                ? [new IPEndPoint(IPAddress.Loopback, upstream.Port), new IPEndPoint(IPAddress.IPv6Loopback, upstream.Port)]
            : [];
        var own = listener.LocalEndPoint!;
        return asked.Contains(own) ||
            (own is IPEndPoint { Port: var port } end
                && IsEvery(end.Address)
                && asked.OfType<IPEndPoint>().Any(one => one.Port == port && IPAddress.IsLoopback(one.Address)));
    }

    /// <summary>Why it cannot be listened somewhere, in Toxiproxy's words where it has some.</summary>
    public static async Task<string> ProblemAsync(ProxyAddress address, string network, SocketException failure)
    {
        var reason = failure.SocketErrorCode switch
        {
            SocketError.AddressAlreadyInUse => "bind: address already in use",
            SocketError.AddressNotAvailable => "bind: cannot assign requested address",
            SocketError.AccessDenied => "bind: permission denied",
            _ => failure.Message,
        };
        return $"listen {(address.Path is not null ? "unix" : network)} {await ResolveAsync(address) ?? address.ToString()}: {reason}";
    }

    // As everywhere, a name means its IPv4 address where it has one.
    private static EndPoint Chosen(IReadOnlyList<EndPoint> found) =>
        found.FirstOrDefault(end => end.AddressFamily != AddressFamily.InterNetworkV6) ?? found[0];

    private static bool IsEvery(IPAddress address) => address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any);

    /// <summary>Whether a Unix socket is one that nobody listens on any more.</summary>
    private static bool IsStale(EndPoint address)
    {
        using var probe = NonBlockingSocket.Connect(address, out var error);
        return error == SocketError.ConnectionRefused;
    }
}
