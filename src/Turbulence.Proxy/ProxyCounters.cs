namespace Turbulence.Proxy;

/// <summary>What a proxy did since it was made; of connections that are open as well.</summary>
/// <param name="Connections">Connections of clients that were accepted, those that were refused after that included.</param>
/// <param name="Active">Connections that are there now.</param>
/// <param name="UpstreamBytes">Bytes that clients sent and the proxy read.</param>
/// <param name="DownstreamBytes">Bytes that the upstream sent and the proxy read.</param>
/// <param name="Refused">Clients that were refused: by a toxic, or since the upstream could not be reached.</param>
/// <param name="FailedDials">Clients for whom the upstream could not be reached.</param>
public readonly record struct ProxyCounters(
    long Connections, long Active, long UpstreamBytes, long DownstreamBytes, long Refused, long FailedDials);
