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

    /// <summary>Whether it hits datagrams of UDP as well as connections. Default: no.</summary>
    public bool HitsDatagrams { get; init; }

    /// <summary>Whether it is about requests of HTTP, and hits a share of these. Default: no.</summary>
    public bool IsHttp { get; init; }

    /// <summary>Whether it is told two sides, and not proxies. Default: no.</summary>
    public bool IsPartition { get; init; }
}
