using System.Net;

namespace Turbulence.Activities.Http;

/// <summary>Asks <paramref name="proxy"/> for every host but those of this machine.</summary>
internal sealed class LoopbackBypass(IWebProxy proxy) : IWebProxy
{
    /// <inheritdoc/>
    public ICredentials? Credentials
    {
        get => proxy.Credentials;
        set => proxy.Credentials = value;
    }

    /// <inheritdoc/>
    public Uri? GetProxy(Uri destination) => IsBypassed(destination) ? null : proxy.GetProxy(destination);

    /// <inheritdoc/>
    public bool IsBypassed(Uri host) =>
        host.IsLoopback
        || host.Host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.IdnHost, out var address) && IPAddress.IsLoopback(address))
        || proxy.IsBypassed(host);
}
