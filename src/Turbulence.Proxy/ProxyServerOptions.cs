namespace Turbulence.Proxy;

/// <summary>How a <see cref="ProxyServer"/> works.</summary>
public sealed record ProxyServerOptions
{
    /// <summary>The least that <see cref="MostDecisionBytes"/> may be: 1024.</summary>
    public const long LeastDecisionBytes = 1024;

    /// <summary>What every decision by chance comes from: the same seed hits the same connections. Default: 0.</summary>
    public long Seed { get; init; }

    /// <summary>
    /// How many threads carry connections; each connection stays on one. 1 to 64. Default: 1, which carries as much as two processors'
    /// worth of clients and servers.
    /// </summary>
    public int Threads { get; init; } = 1;

    /// <summary>
    /// Where a line of JSON is written for each connection and each request that a toxic hits, soon after:
    /// <c>{"proxy":"a","toxic":"latency_downstream","connection":1,"seen":{"at":"…"}}</c>. What another run of the same seed may see
    /// otherwise stands in <c>seen</c>; the lines without it, sorted, are the same. It is not closed. Default: null, nowhere.
    /// </summary>
    public Stream? Decisions { get; init; }

    /// <summary>
    /// What is done when <see cref="Decisions"/> can be written no longer: once until it can be again, with the reason, on any thread.
    /// Connections go on, and it is tried again each second. Default: nothing.
    /// </summary>
    public Action<Exception>? OnDecisionsFailed { get; init; }

    /// <summary>
    /// How many bytes are written to <see cref="Decisions"/> at most, <see cref="LeastDecisionBytes"/> or more; then a line
    /// <c>{"full":…}</c> says so, what comes later counts as lost, and the last line tells how many that were. With it nothing is written
    /// before the first decision. Default: null, no limit.
    /// </summary>
    public long? MostDecisionBytes { get; init; }

    /// <summary>
    /// Takes out of a text what is not to be written to <see cref="Decisions"/>: a request's method, target (of which the path is written)
    /// and trace as they came, and the names of proxies and toxics. It is called on the threads that carry connections, and must not throw.
    /// Default: null, nothing is taken out.
    /// </summary>
    public Func<string, string>? MaskDecisions { get; init; }

    /// <summary>
    /// How many bytes may be on their way in all connections together, held back by toxics or waiting for a slow reader, before no more is
    /// read for those that have more than 64 KiB on its way. 0 or more. Default: 256 MiB.
    /// </summary>
    public long MostHeldBytes { get; init; } = 256 << 20;

    /// <summary>The clock of delays, timeouts and times to live. Default: the system's.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Whether it waits for sockets as it does elsewhere than on Linux.</summary>
    internal bool IsPortable { get; init; }
}
