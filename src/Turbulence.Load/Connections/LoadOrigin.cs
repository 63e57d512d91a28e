using System.Net;
using System.Net.Sockets;

namespace Turbulence.Load.Connections;

/// <summary>A server that requests are for: its addresses, and the connections to it that wait for a request.</summary>
/// <param name="host">Its name or address.</param>
/// <param name="port">Its port.</param>
internal sealed class LoadOrigin(string host, int port)
{
    private readonly Stack<LoadConnection> idle = new();

    /// <summary>Its name or address.</summary>
    public string Host => host;

    /// <summary>Its addresses, in the order in which they are tried; none where nobody knows its name.</summary>
    public IReadOnlyList<EndPoint> Addresses { get; set; } = [];

    /// <summary>Why it has no address, in one line; null where it has one.</summary>
    public string? Unresolved { get; private set; }

    /// <summary>The place of the address that is tried first: the one that answered last.</summary>
    public int First { get; private set; }

    /// <summary>
    /// Whom a request is for. The part of a URL that is called its authority does not say that: it leaves out the port that is usual for
    /// the scheme, and http and https have another one.
    /// </summary>
    public static DnsEndPoint PlaceOf(Uri url) => new(url.IdnHost, url.Port);

    /// <summary>Looks its addresses up, once for all requests.</summary>
    public async Task ResolveAsync(CancellationToken cancellationToken)
    {
        try
        {
            var found = await Dns.GetHostAddressesAsync(host, cancellationToken);
            Addresses = [.. found.Select(address => new IPEndPoint(address, port))];
        }
        catch (SocketException failure)
        {
            Unresolved = $"no address was found for {host}: {failure.Message}";
        }
    }

    /// <summary>An address has answered.</summary>
    public void Prefer(EndPoint address)
    {
        if (!ReferenceEquals(Addresses[First], address))
        {
            First = Addresses.TakeWhile(other => !ReferenceEquals(other, address)).Count();
        }
    }

    /// <summary>Keeps a connection for the next request.</summary>
    public void Park(LoadConnection connection)
    {
        connection.IsParked = true;
        idle.Push(connection);
    }

    /// <summary>The connection that was used last, so that those that are not needed end by themselves.</summary>
    /// <returns>One that waits; or one that the server has closed meanwhile, to be used for another; null for none.</returns>
    public LoadConnection? Unpark()
    {
        if (!idle.TryPop(out var connection))
        {
            return null;
        }

        connection.IsParked = false;
        return connection;
    }
}
