using System.Text.Json.Nodes;

namespace Turbulence.Proxy;

/// <summary>What is to be changed of a toxic; what is null stays.</summary>
public sealed record ToxicChange
{
    /// <summary>The share of connections that it hits, 0 to 1. A higher one hits more, and all that were hit before.</summary>
    public double? Toxicity { get; init; }

    /// <summary>Attributes by their wire names; those that are not there stay.</summary>
    public JsonObject? Attributes { get; init; }

    /// <summary>
    /// Its time to live from now on; <see cref="System.Threading.Timeout.InfiniteTimeSpan"/> for ever. Null lets the one that it has begin
    /// anew.
    /// </summary>
    public TimeSpan? Ttl { get; init; }
}
