using Turbulence.Proxy.Connections;

namespace Turbulence.Proxy;

/// <summary>A proxy to be made.</summary>
/// <param name="Name">Its name, which no other one of the server has.</param>
/// <param name="Listen"> Where it listens: <c>127.0.0.1:8002</c>, <c>[::1]:8002</c>, <c>localhost:8002</c>, <c>:8002</c> for every address
/// of the machine, <c>unix:/run/a.sock</c>. With port 0 the system chooses one, which <see cref="FaultProxy.Listen"/> tells.
/// </param>
/// <param name="Upstream">Whom it asks, written like <paramref name="Listen"/>. A name is looked up for each connection.</param>
public sealed record ProxyOptions(string Name, string Listen, string Upstream)
{
    /// <summary>What it passes on. Default: connections.</summary>
    public ProxyProtocol Protocol { get; init; }

    /// <summary>After how long without a datagram a client of a proxy for UDP is forgotten. Above 0. Default: 60 s.</summary>
    public TimeSpan FlowTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// How many clients a proxy for UDP knows; a new one takes the place of the one that was silent longest. 1 to 65536. Default: 4096.
    /// </summary>
    public int MostFlows { get; init; } = 4096;

    /// <summary>Whether it listens. Default: yes.</summary>
    public bool IsEnabled { get; init; } = true;

    /// <summary>How long a connection to the upstream may take. Above 0. Default: 10 s.</summary>
    public TimeSpan DialTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>What a client sees when the upstream cannot be reached. Default: a reset.</summary>
    public UpstreamFailure OnUpstreamFailure { get; init; } = UpstreamFailure.Reset;

    /// <summary>How many clients may wait to be accepted, 1 or more; the system may allow fewer. Default: 4096.</summary>
    public int Backlog { get; init; } = 4096;

    /// <summary>
    /// After how long, unless it is renewed, all toxics go and a disabled proxy listens again: what a controller that died left behind.
    /// Above 0. Default: null, never.
    /// </summary>
    public TimeSpan? Ttl { get; init; }
}
