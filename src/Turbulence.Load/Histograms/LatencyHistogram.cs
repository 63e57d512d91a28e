using System.Numerics;

namespace Turbulence.Load.Histograms;

/// <summary>
/// Counts times of a microsecond up to more than an hour, each at most 0.4 % too high, in memory that does not grow with their number. Its
/// buckets are as wide as a 256th of the power of two that they belong to, as those of an HDR histogram are (Gil Tene, hdrhistogram.org).
/// </summary>
public sealed class LatencyHistogram
{
    private const int Precision = 8;
    private const int Half = 1 << Precision;
    private const int Octaves = 24;

    private readonly long[] counts = new long[Half * (Octaves + 1)];

    /// <summary>How many times were counted.</summary>
    public long Count { get; private set; }

    /// <summary>The longest, exactly; 0 for none.</summary>
    public TimeSpan Longest => TimeSpan.FromMicroseconds(LongestNanoseconds / 1000.0);

    internal long LongestNanoseconds { get; private set; }

    /// <summary>Counts a time.</summary>
    /// <param name="nanoseconds">How long; what is less than 0 counts as 0, and what is too long as the longest there is.</param>
    public void Add(long nanoseconds) => Add(nanoseconds, 1);

    /// <summary>The time that so many do not exceed: the nearest rank, never interpolated.</summary>
    /// <param name="quantile">Which part of all: 0.5 for the median, 0.99, up to 1.</param>
    /// <returns>The time; 0 where none was counted.</returns>
    public TimeSpan At(double quantile) => TimeSpan.FromMicroseconds(NanosecondsAt(quantile) / 1000.0);

    /// <summary>How many were longer than this, by what the buckets can tell.</summary>
    public long CountAbove(TimeSpan limit)
    {
        long above = 0;
        for (var place = Place((long)limit.TotalMicroseconds) + 1; place < counts.Length; place++)
        {
            above += counts[place];
        }

        return above;
    }

    /// <summary>Counts all that another one has counted.</summary>
    public void Add(LatencyHistogram other)
    {
        ArgumentNullException.ThrowIfNull(other);
        for (var place = 0; place < counts.Length; place++)
        {
            counts[place] += other.counts[place];
        }

        Count += other.Count;
        LongestNanoseconds = Math.Max(LongestNanoseconds, other.LongestNanoseconds);
    }

    /// <summary>Forgets all.</summary>
    public void Clear()
    {
        if (Count > 0)
        {
            Array.Clear(counts);
            (Count, LongestNanoseconds) = (0, 0);
        }
    }

    internal void Add(long nanoseconds, long times)
    {
        nanoseconds = Math.Max(0, nanoseconds);
        counts[Place(nanoseconds / 1000)] += times;
        Count += times;
        LongestNanoseconds = Math.Max(LongestNanoseconds, nanoseconds);
    }

    internal long NanosecondsAt(double quantile)
    {
        // 0.99 of 100 is 99.00000000000001 for a processor.
        var rank = Math.Max(1, (long)Math.Ceiling((Math.Clamp(quantile, 0, 1) * Count) - 1e-9));
        for (var place = 0; place < counts.Length && rank < Count; place++)
        {
            rank -= counts[place];
            if (rank <= 0)
            {
                return Math.Min(HighestOf(place) * 1000 + 999, LongestNanoseconds);
            }
        }

        return LongestNanoseconds;
    }

    // The first two octaves are exact; from there on a place is the top bits of the value, and which octave.
    private static int Place(long microseconds)
    {
        var octave = Math.Max(0, 63 - BitOperations.LeadingZeroCount((ulong)microseconds | 1) - Precision);
        return octave >= Octaves ? (Half * (Octaves + 1)) - 1 : (int)(microseconds >> octave) + (octave * Half);
    }

    private static long HighestOf(int place)
    {
        var octave = Math.Max(0, (place / Half) - 1);
        return ((long)(place - (octave * Half)) << octave) + (1L << octave) - 1;
    }
}
