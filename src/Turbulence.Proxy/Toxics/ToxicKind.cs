using Turbulence.Proxy.Toxics.Udp;

namespace Turbulence.Proxy.Toxics;

/// <summary>
/// A kind of toxic, such as <c>latency</c>: one file with its wire name, its attributes and what it does to a connection.
/// <see cref="ToxicKinds"/> lists it.
/// </summary>
/// <param name="name">Its wire name.</param>
/// <param name="summary">What it does, in one line.</param>
/// <param name="attributes">Its attributes; empty for none.</param>
internal abstract class ToxicKind(string name, string summary, IReadOnlyList<ToxicAttribute> attributes)
{
    /// <summary>Its wire name.</summary>
    public string Name { get; } = name;

    /// <summary>What it does, in one line.</summary>
    public string Summary { get; } = summary;

    /// <summary>Its attributes, in the order in which people are shown them.</summary>
    public IReadOnlyList<ToxicAttribute> Attributes { get; } = attributes;

    /// <summary>Where in a connection it stands. Default: in the stream that it was given.</summary>
    public virtual ToxicReach Reach => ToxicReach.Stream;

    /// <summary>What becomes of a connection that it hits when it opens. Default: the upstream is dialled.</summary>
    public virtual ConnectionOpening Opening => ConnectionOpening.Dial;

    /// <summary>
    /// Whether its toxicity is the share of requests that it hits and not of connections: then it stands in all of them. Default: of
    /// connections.
    /// </summary>
    public virtual bool IsPerRequest => false;

    /// <summary>Whether connections can have it. Default: yes.</summary>
    public virtual bool IsForStreams => true;

    /// <summary>Whether datagrams can have it, with <see cref="CreateRule"/>. Default: no.</summary>
    public virtual bool IsForDatagrams => false;

    /// <summary>What is wrong with attributes that are right each by itself; null for nothing.</summary>
    public virtual string? Problem(ToxicValues values) => null;

    /// <summary>What it does to one direction of one connection that it hits.</summary>
    public abstract ToxicStage CreateStage();

    /// <summary>What it does to datagrams that it hits.</summary>
    public virtual DatagramRule CreateRule(ToxicValues values) => throw new InvalidOperationException($"{Name} is not for datagrams.");
}
