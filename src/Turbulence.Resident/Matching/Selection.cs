using System.Diagnostics;
using Turbulence.Resident.Contracts;

namespace Turbulence.Resident.Matching;

/// <summary>
/// Which of the operations that match are hit: those of a time, with a baggage entry, the n-th, each n-th, the first so many, a share by
/// chance. The chance is a hash of the seed and of how many came before, so that the same order of operations is hit alike.
/// </summary>
internal sealed class Selection
{
    private readonly long begun = Stopwatch.GetTimestamp();
    private readonly ulong seed;
    private readonly double share;
    private readonly long every;
    private readonly long nth;
    private readonly long first;
    private readonly TimeSpan after;
    private readonly TimeSpan until;
    private readonly string? baggageKey;
    private readonly string? baggageValue;
    private long seen;
    private long matched;
    private long hit;

    public Selection(Spec spec)
    {
        seed = (ulong)(spec.Integer("seed") ?? 0);
        share = spec.Number("share") ?? 1;
        every = spec.Integer("every") ?? 1;
        nth = spec.Integer("nth") ?? 0;
        first = spec.Integer("first") ?? long.MaxValue;
        after = spec.Seconds("after") ?? TimeSpan.Zero;
        until = spec.Seconds("until") ?? TimeSpan.MaxValue;
        if (spec.Text("baggage") is { } baggage)
        {
            var sign = baggage.IndexOf('=', StringComparison.Ordinal);
            baggageKey = sign < 0 ? baggage : baggage[..sign];
            baggageValue = sign < 0 ? null : baggage[(sign + 1)..];
        }
    }

    /// <summary>How many were hit.</summary>
    public long Hits => Interlocked.Read(ref hit);

    /// <summary>For people: <c>3 of 10 calls hit (25 seen)</c>.</summary>
    public string Text(string one, string many)
    {
        var of = Interlocked.Read(ref matched);
        var all = Interlocked.Read(ref seen);
        return $"{Hits} of {of} {(of == 1 ? one : many)} that matched hit, of {all} seen";
    }

    /// <summary>Counts one that is of this sort at all.</summary>
    public void See() => Interlocked.Increment(ref seen);

    /// <summary>Counts one that matches, and says whether it is hit.</summary>
    public bool Hit()
    {
        if (baggageKey is not null
            && (Activity.Current?.GetBaggageItem(baggageKey) is not { } value || (baggageValue is not null && value != baggageValue)))
        {
            return false;
        }

        var number = Interlocked.Increment(ref matched);
        if (Stopwatch.GetElapsedTime(begun) is var time && (time < after || time >= until))
        {
            return false;
        }

        if (number % every != 0 || (nth > 0 && number != nth) || (share < 1 && Chance((ulong)number) >= share))
        {
            return false;
        }

        if (Interlocked.Increment(ref hit) > first)
        {
            Interlocked.Decrement(ref hit);
            return false;
        }

        return true;
    }

    // SplitMix64 (Steele, Lea, Flood, "Fast splittable pseudorandom number generators", 2014): its output function.
    private double Chance(ulong number)
    {
        var x = seed + number * 0x9E3779B97F4A7C15;
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
        return ((x ^ (x >> 31)) >> 11) * (1.0 / (1UL << 53));
    }
}
