using System.Security.Cryptography.X509Certificates;

namespace Turbulence.Load.Requests;

/// <summary>How the requests of a load come to their servers.</summary>
/// <param name="IsHttp2">Whether that is HTTP/2, over TLS or, for an <c>http</c> URL, without. Default: HTTP/1.1.</param>
/// <param name="Proxy">The HTTP proxy that they go through; null for none. The environment's is not used.</param>
/// <param name="VerifiesServers">
/// Whether a server must show a certificate that is trusted here and made for its name. Default: it must.
/// </param>
/// <param name="Authorities">
/// Who may vouch for a server, in place of those that the system trusts; null for these. They are not changed.
/// </param>
public sealed record LoadTransport(
    bool IsHttp2 = false, Uri? Proxy = null, bool VerifiesServers = true, X509Certificate2Collection? Authorities = null)
{
    /// <summary>The default: HTTP/1.1, without a proxy.</summary>
    public static LoadTransport Usual { get; } = new();

    /// <summary>
    /// Whether a request goes over a connection of the framework's, with TLS, HTTP/2 or a proxy, and not over a bare socket.
    /// </summary>
    internal bool NeedsHandler(Uri url) => url.Scheme == Uri.UriSchemeHttps || IsHttp2 || Proxy is not null;
}
