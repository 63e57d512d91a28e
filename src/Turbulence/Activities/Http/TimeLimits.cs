using System.Text.Json.Nodes;
using Turbulence.Documents;

namespace Turbulence.Activities.Http;

/// <summary>How long a call may wait.</summary>
/// <param name="Connect">For a connection to be made, TLS included; null for no limit.</param>
/// <param name="Read">From the first request that is sent to the last byte of the last answer, redirects included; null for no
/// limit.</param>
internal readonly record struct TimeLimits(TimeSpan? Connect, TimeSpan? Read)
{
    /// <summary>For everything together, from the first connection on; null where only the two others limit it.</summary>
    public TimeSpan? Whole { get; private init; }

    /// <summary>
    /// True by the rules of the reference: <see cref="Read"/> is for the answer to begin, and again for each next piece of its body.
    /// </summary>
    public bool EachPiece { get; private init; }

    /// <summary>What a timer can hold; a longer limit is cut to it.</summary>
    private const double LongestSeconds = int.MaxValue / 1000;

    private static readonly TimeSpan Usual = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Reads <c>timeout</c>: seconds for the whole exchange, or the list <c>[connect, read]</c>, where a null is no limit.
    /// </summary>
    /// <returns>The limits; null where the value is neither.</returns>
    public static TimeLimits? From(JsonNode? timeout, Compatibility compatibility)
    {
        var compatible = compatibility == Compatibility.ChaosToolkit;
        switch (timeout)
        {
            case null:
                return compatible ? new TimeLimits(null, null) : Together(Usual);
            case JsonArray { Count: 2 } pair:
                return TryRead(pair[0], out var connect) && TryRead(pair[1], out var read)
                    ? new TimeLimits(connect, read) { EachPiece = compatible }
                    : null;
            default:
                return TryRead(timeout, out var both) ? Together(both) : null;
        }

        TimeLimits Together(TimeSpan? limit) => new(limit, limit) { Whole = compatible ? null : limit, EachPiece = compatible };

        bool TryRead(JsonNode? value, out TimeSpan? limit)
        {
            var seconds = JsonScalars.Number(value, fromText: !compatible);
            limit = seconds > 0 ? TimeSpan.FromSeconds(Math.Clamp(seconds.Value, 0.001, LongestSeconds)) : null;
            return value is null || limit is not null;
        }
    }
}
