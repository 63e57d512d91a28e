using System.Globalization;
using System.Net;

namespace Turbulence.Services;

/// <summary>A place that listens on TCP: <c>host:port</c>, <c>[address]:port</c>, or a port of this machine alone.</summary>
/// <param name="Host">A name or an address, without brackets.</param>
/// <param name="Port">The port, 1 to 65535.</param>
internal readonly record struct HostAndPort(string Host, int Port)
{
    private const string ThisMachine = "localhost";

    /// <summary>Whether it is of this machine alone.</summary>
    public bool IsLoopback => Host.Equals(ThisMachine, StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(Host, out var address) && IPAddress.IsLoopback(address));

    /// <summary>Reads one.</summary>
    /// <param name="text">What was written.</param>
    /// <param name="place">The place.</param>
    /// <param name="usual">The host of a port alone.</param>
    public static bool TryRead(string text, out HostAndPort place, string usual = ThisMachine)
    {
        place = default;
        var colon = text.LastIndexOf(':');
        var host = colon < 0 ? usual : text[..colon];
        var isBracketed = host is ['[', .., ']'];
        host = isBracketed ? host[1..^1] : host;
        var kind = Uri.CheckHostName(host);
        if (kind is UriHostNameType.Unknown or UriHostNameType.Basic || isBracketed != (kind == UriHostNameType.IPv6)
            || !int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port) || port is < 1
                or > IPEndPoint.MaxPort)
        {
            return false;
        }

        place = new HostAndPort(host, port);
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{(Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]" : Host)}:{Port}");
}
