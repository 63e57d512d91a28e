using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace Turbulence.Proxy.Decisions;

/// <summary>
/// Counts requests that are the same, on all connections together: whichever connection a client takes for its second <c>GET /a</c>, it is
/// the second. A program with more than 65,536 different ones has some of them counted as one.
/// </summary>
internal sealed class OccurrenceCounts
{
    private const int Most = 1 << 16;

    private readonly ConcurrentDictionary<int, StrongBox<long>> counts = new();

    /// <summary>What tells requests apart: their method and path. Of 32 bits.</summary>
    public static int Identity(ReadOnlySpan<byte> method, ReadOnlySpan<byte> path)
    {
        var hash = new DecisionSeed(0).With(method).With(path).Of(0);
        return (int)(hash ^ (hash >> 32));
    }

    /// <summary>One more.</summary>
    /// <returns>Which one it is, from 1.</returns>
    public long Next(int identity)
    {
        if (!counts.TryGetValue(identity, out var count))
        {
            count = counts.GetOrAdd(counts.Count < Most ? identity : identity & (Most - 1), static _ => new StrongBox<long>());
        }

        return Interlocked.Increment(ref count.Value);
    }
}
