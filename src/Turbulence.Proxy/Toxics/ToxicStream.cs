using System.Diagnostics.CodeAnalysis;

namespace Turbulence.Proxy.Toxics;

/// <summary>Which way of a connection a toxic is on.</summary>
[SuppressMessage("Naming", "CA1711", Justification = "A stream is what the field calls it.")]
public enum ToxicStream
{
    /// <summary>From the upstream to the client.</summary>
    Downstream,

    /// <summary>From the client to the upstream.</summary>
    Upstream,
}
