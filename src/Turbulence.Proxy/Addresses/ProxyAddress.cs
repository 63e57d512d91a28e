using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Turbulence.Proxy.Addresses;

/// <summary>
/// Where a proxy listens, or whom it asks, as people write it: <c>127.0.0.1:8002</c>, <c>[::1]:8002</c>, <c>localhost:8002</c>,
/// <c>:8002</c> for every address of the machine, <c>unix:/run/a.sock</c>.
/// </summary>
/// <param name="Host">The host; empty for every address; null for a Unix socket.</param>
/// <param name="Port">The TCP port; 0 lets the system choose.</param>
/// <param name="Path">The file of a Unix socket; null for TCP.</param>
internal sealed record ProxyAddress(string? Host, int Port, string? Path)
{
    private const string Unix = "unix:";

    // The system's limit, with the zero at its end.
    private const int LongestPath = 107;

    /// <summary>The address, where it can be had without asking anybody; null for a name.</summary>
    public EndPoint? Literal { get; } =
        Path is not null ? new UnixDomainSocketEndPoint(Path)
        : Host is { Length: 0 } ? new IPEndPoint(IPAddress.IPv6Any, Port)
        : IPAddress.TryParse(Host, out var address) ? new IPEndPoint(address, Port) : null;

    /// <summary>The same for one who asks there: every address of the machine is the machine itself.</summary>
    public ProxyAddress Asked => Host is { Length: 0 } ? new ProxyAddress("localhost", Port, null) : this;

    /// <summary>Reads one.</summary>
    /// <returns>The address; null where the text is none.</returns>
    public static ProxyAddress? Parse(string text)
    {
        if (text.StartsWith(Unix, StringComparison.Ordinal))
        {
            var path = text[Unix.Length..];
            return path.Length > 0
                && System.Text.Encoding.UTF8.GetByteCount(path) <= LongestPath
                && !path.Contains('\0', StringComparison.Ordinal)
                ? new ProxyAddress(null, 0, path)
                : null;
        }

        var colon = text.LastIndexOf(':');
        if (colon < 0
            || !int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            || port > IPEndPoint.MaxPort)
        {
            return null;
        }

        var host = text[..colon];
        var isBracketed = host.StartsWith('[') && host.EndsWith(']');
        host = isBracketed ? host[1..^1] : host;
        return host.Contains(':', StringComparison.Ordinal) == isBracketed
            && (host.Length == 0 ? !isBracketed : Uri.CheckHostName(host) != UriHostNameType.Unknown)
            ? new ProxyAddress(host, port, null)
            : null;
    }

    /// <summary>How an address that was resolved is written.</summary>
    public static string Text(EndPoint address) => address is UnixDomainSocketEndPoint path ? $"{Unix}{path}" : address.ToString()!;

    public override string ToString() =>
        Path is not null
            ? $"{Unix}{Path}"
            : string.Create(CultureInfo.InvariantCulture, $"{(Host!.Contains(':', StringComparison.Ordinal) ? $"[{Host}]" : Host)}:{Port}");

    /// <summary>Asks for the addresses of a name.</summary>
    /// <returns>The addresses, at least one.</returns>
    /// <exception cref="SocketException">The name is not known.</exception>
    public async Task<IReadOnlyList<EndPoint>> ResolveAsync(CancellationToken cancellationToken) =>
        Literal is { } literal
            ? [literal]
            : [.. (await Dns.GetHostAddressesAsync(Host!, cancellationToken)).Select(address => new IPEndPoint(address, Port))];
}
