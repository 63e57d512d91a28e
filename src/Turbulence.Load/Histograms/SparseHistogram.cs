using System.Numerics;

namespace Turbulence.Load.Histograms;

/// <summary>
/// Counts times in buckets of a 32nd of the power of two that they belong to, 3 % wide, with memory only for powers of two that there are:
/// some hundred bytes.
/// </summary>
internal sealed class SparseHistogram
{
    private const int Precision = 5;
    private const int Half = 1 << Precision;
    private const int Octaves = 27;

    private readonly int[]?[] octaves = new int[]?[Octaves + 1];

    /// <summary>In which bucket a time is.</summary>
    public static int Place(long nanoseconds)
    {
        var microseconds = Math.Max(0, nanoseconds) / 1000;
        var octave = Math.Max(0, 63 - BitOperations.LeadingZeroCount((ulong)microseconds | 1) - Precision);
        return octave >= Octaves ? (Half * (Octaves + 1)) - 1 : (int)(microseconds >> octave) + (octave * Half);
    }

    /// <summary>The least time that is in a bucket, in nanoseconds; also the least that is in none before it.</summary>
    public static long LeastOf(int place)
    {
        var octave = Math.Max(0, (place / Half) - 1);
        return ((long)(place - (octave * Half)) << octave) * 1000;
    }

    /// <summary>Counts a time.</summary>
    public void Add(long nanoseconds)
    {
        var place = Place(nanoseconds);
        (octaves[place / Half] ??= new int[Half])[place % Half]++;
    }

    /// <summary>Counts all that another one has counted.</summary>
    public void Add(SparseHistogram other)
    {
        for (var octave = 0; octave < octaves.Length; octave++)
        {
            if (other.octaves[octave] is not { } more)
            {
                continue;
            }

            var mine = octaves[octave] ??= new int[Half];
            for (var i = 0; i < Half; i++)
            {
                mine[i] += more[i];
            }
        }
    }

    /// <summary>How many are in the buckets before one.</summary>
    public long CountBefore(int place)
    {
        long count = 0;
        for (var octave = 0; octave < octaves.Length && octave * Half < place; octave++)
        {
            var counts = octaves[octave] ?? [];
            for (var i = 0; i < counts.Length && (octave * Half) + i < place; i++)
            {
                count += counts[i];
            }
        }

        return count;
    }
}
