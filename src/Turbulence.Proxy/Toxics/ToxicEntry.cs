using System.Text.Json.Nodes;
using Turbulence.Proxy.Decisions;

namespace Turbulence.Proxy.Toxics;

/// <summary>A toxic of a proxy as it is now; a change makes another one with the same <see cref="Serial"/>.</summary>
/// <param name="Serial">What no other toxic has, not even a later one of the same name.</param>
/// <param name="Name">Its name in its proxy.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Stream">The direction that it is on.</param>
/// <param name="Toxicity">The share of connections, requests or datagrams that it hits, 0 to 1.</param>
/// <param name="Values">Its attributes.</param>
/// <param name="Decisions">Which connections it hits.</param>
/// <param name="Tally">What it did.</param>
/// <param name="Receipt">What its receipts begin with.</param>
/// <param name="Since">When it was added, in the loops' ticks.</param>
internal sealed record ToxicEntry(
    long Serial,
    string Name,
    ToxicKind Kind,
    ToxicStream Stream,
    double Toxicity,
    ToxicValues Values,
    DecisionSeed Decisions,
    ToxicTally Tally,
    byte[] Receipt,
    long Since)
{
    /// <summary>What its decisions and its receipts go by in its name's place; null for its name.</summary>
    public string? Label { get; init; }

    /// <summary>How long it stays after it was made or last changed; null for ever.</summary>
    public TimeSpan? Ttl { get; init; }

    /// <summary>Whether it stands in a direction.</summary>
    public bool StandsIn(ToxicStream direction) => Kind.Reach == ToxicReach.BothStreams || Stream == direction;

    /// <summary>Whether it is called and does the same as another one.</summary>
    public bool IsLike(ToxicEntry other) =>
        Name == other.Name
            && Label == other.Label
            && Kind == other.Kind
            && Stream == other.Stream
            && Toxicity.Equals(other.Toxicity)
            && Ttl == other.Ttl
            && JsonNode.DeepEquals(Values.ToJson(), other.Values.ToJson());

    /// <summary>Whether it stands in a connection.</summary>
    public bool Hits(long connection) =>
        Toxicity > 0 && (Toxicity >= 1 || Kind.IsPerRequest || DecisionSeed.Hits(Decisions.Of(connection), Toxicity));
}
