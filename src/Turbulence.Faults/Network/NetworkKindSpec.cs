using Turbulence.Faults.Arguments;

namespace Turbulence.Faults.Network;

/// <summary>All that is said of one kind of <c>network.*</c>; <see cref="NetworkKind"/> does the rest.</summary>
/// <param name="Name">Its wire name.</param>
/// <param name="Summary">What it does, in one line.</param>
/// <param name="Toxic">The type of the toxic that it is.</param>
/// <param name="Felt">How much of what the toxic has hit somebody could feel.</param>
internal sealed record NetworkKindSpec(string Name, string Summary, string Toxic, Func<ToxicHits, long> Felt)
{
    /// <summary>The arguments that are the toxic's attributes. Default: none.</summary>
    public IReadOnlyList<FaultArgument> Attributes { get; init; } = [];

    /// <summary>Which of the attributes Toxiproxy's toxic of this type has; null where it has no such toxic. Default: null.</summary>
    public IReadOnlyList<string>? OfToxiproxy { get; init; }

    /// <summary>Whether it is on one stream, so that it can be chosen. Default: no.</summary>
    public bool HasStream { get; init; }

    /// <summary>Whether it hits connections of TCP. Default: yes.</summary>
    public bool HitsConnections { get; init; } = true;

    /// <summary>Whether it hits datagrams of UDP. Default: no.</summary>
    public bool HitsDatagrams { get; init; }

    /// <summary>Whether it is about requests of HTTP, and hits a share of these. Default: no.</summary>
    public bool IsHttp { get; init; }

    /// <summary>Whether it is told two sides, and not proxies. Default: no.</summary>
    public bool IsPartition { get; init; }

    /// <summary>Whether a proxy passes on what it hits.</summary>
    /// <param name="isUdp">Whether that is datagrams.</param>
    public bool IsFor(bool isUdp) => isUdp ? HitsDatagrams : HitsConnections;

    /// <summary>Why it is for no proxy of the other protocol, in words that follow what such a proxy is.</summary>
    public string Reason => HitsConnections
        ? $"passes datagrams of UDP on, and {Name} hits connections of TCP alone"
        : $"passes connections of TCP on, and {Name} hits datagrams of UDP alone";
}
