using System.Text.Json.Nodes;
using Turbulence.Proxy.Toxics;

namespace Turbulence.Proxy;

/// <summary>A toxic of a proxy, as it is at a moment.</summary>
/// <param name="Name">Its name in its proxy.</param>
/// <param name="Type">Its kind's wire name.</param>
/// <param name="Stream">Which way it is on.</param>
/// <param name="Toxicity">The share of connections that it hits, 0 to 1.</param>
/// <param name="Attributes">All its attributes by their wire names; a copy.</param>
/// <param name="Ttl">After how long it goes by itself, from when it was added or changed; null for never.</param>
/// <param name="Counters">What it did.</param>
public sealed record Toxic(
    string Name, string Type, ToxicStream Stream, double Toxicity, JsonObject Attributes, TimeSpan? Ttl, ToxicCounters Counters)
{
    /// <summary>What its decisions and its receipts go by in its name's place; null for its name.</summary>
    public string? Label { get; init; }

    /// <summary>
    /// Some of the requests that it hit, 32 at most, each by the <c>traceparent</c> that it came with (W3C Trace Context). Default: none.
    /// </summary>
    public IReadOnlyList<string> Traces { get; init; } = [];

    internal static Toxic Of(ToxicEntry entry) => new(
        entry.Name,
        entry.Kind.Name,
        entry.Stream,
        entry.Toxicity,
        entry.Values.ToJson(),
        entry.Ttl,
        new ToxicCounters(entry.Tally.Connections, entry.Tally.Requests, entry.Tally.Bytes, entry.Tally.Ends)
        {
            Foreign = entry.Tally.Foreign,
        })
    {
        Label = entry.Label,
        Traces = entry.Tally.Traces.All,
    };
}
