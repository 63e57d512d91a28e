namespace Turbulence.Proxy;

/// <summary>How a <see cref="ProxyServer"/> works.</summary>
public sealed record ProxyServerOptions
{
    /// <summary>What every decision by chance comes from: the same seed hits the same connections. Default: 0.</summary>
    public long Seed { get; init; }

    /// <summary>How many threads carry connections; each connection stays on one. 1 to 64. Default: 1, which carries as much as two processors' worth of clients and servers.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>
    /// Where a line of JSON is written for each connection that a toxic hits: <c>{"proxy":"a","toxic":"latency_downstream","connection":1}</c>. There is no time in it, so the sorted lines of
    /// two runs with the same seed and the same connections are the same. It is not closed. Default: null, nowhere.
    /// </summary>
    public TextWriter? Decisions { get; init; }

    /// <summary>
    /// How many bytes may be on their way in all connections together, held back by toxics or waiting for a slow reader, before no more is read for those that have more than
    /// 64 KiB on its way. 0 or more. Default: 256 MiB.
    /// </summary>
    public long MostHeldBytes { get; init; } = 256 << 20;

    /// <summary>The clock of delays, timeouts and times to live. Default: the system's.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Whether it waits for sockets as it does elsewhere than on Linux.</summary>
    internal bool IsPortable { get; init; }
}
