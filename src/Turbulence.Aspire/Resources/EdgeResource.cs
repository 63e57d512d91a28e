using Aspire.Hosting.ApplicationModel;
using Turbulence.Aspire.Edges;
using Turbulence.Aspire.Hurts;
using Turbulence.Runs.Scopes;

namespace Turbulence.Aspire.Resources;

/// <summary>One edge, as the dashboard shows it.</summary>
public sealed class EdgeResource : Resource, IResourceWithParent<ChaosResource>
{
    private volatile IReadOnlyList<EdgeHurt> hurts = [];

    internal EdgeResource(string name, Edge edge, ChaosResource parent, EndpointReference upstream)
        : base(name)
    {
        Edge = edge;
        Parent = parent;
        Upstream = upstream;
    }

    /// <summary>From whom to whom.</summary>
    public Edge Edge { get; }

    /// <inheritdoc/>
    public ChaosResource Parent { get; }

    /// <summary>The proxy through which the calls go; null before it listens, and where there is none.</summary>
    public FaultProxy? Proxy { get; internal set; }

    /// <summary>
    /// Why faults cannot be put in, in one line: the caller cannot be led through a proxy, or the proxy is gone. Null where they can.
    /// </summary>
    public string? Problem { get; internal set; }

    /// <summary>What was seen of calls that may pass the proxy by, in one line; null for nothing.</summary>
    public string? Bypass { get; internal set; }

    /// <summary>The endpoint that is called.</summary>
    internal EndpointReference Upstream { get; }

    /// <summary>Whether calls that were meant to go through a proxy fail instead, since it is gone.</summary>
    internal bool IsBroken { get; set; }

    /// <summary>The faults that are in.</summary>
    internal IReadOnlyList<EdgeHurt> Hurts
    {
        get => hurts;
        set => hurts = value;
    }

    /// <summary>How the last fault ended, in one line; null where there was none yet.</summary>
    internal string? Last { get; set; }

    /// <summary>Why it cannot be hurt so, in one line; null where it can.</summary>
    internal string? Refusal(string kind) =>
        Problem is { } problem ? $"{Name} cannot be hurt: {problem}"
        : HurtKind.IsOfHttp(kind) && Upstream.TlsEnabled
            ? $"{kind} has to read requests, and {Name} carries TLS; faults of connections work on it"
        : HurtKind.IsOfHttp(kind) && Upstream.EndpointAnnotation.Transport == "http2"
            ? $"{kind} reads HTTP/1.1, and {Name} carries HTTP/2; faults of connections work on it"
        : Proxy is null ? $"{Name} cannot be hurt yet: its proxy does not listen"
        : null;
}
