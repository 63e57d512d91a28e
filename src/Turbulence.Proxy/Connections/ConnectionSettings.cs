using Turbulence.Proxy.Addresses;

namespace Turbulence.Proxy.Connections;

/// <summary>How the connections of a proxy are made.</summary>
/// <param name="Proxy">The proxy's name.</param>
/// <param name="Upstream">Whom it asks.</param>
/// <param name="DialTimeout">How long a connection to the upstream may take.</param>
/// <param name="OnFailure">What the client sees when there is none.</param>
internal sealed record ConnectionSettings(string Proxy, ProxyAddress Upstream, TimeSpan DialTimeout, UpstreamFailure OnFailure);
