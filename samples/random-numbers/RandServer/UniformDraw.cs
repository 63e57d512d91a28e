using System.Runtime.InteropServices;

namespace RandomNumbers.RandServer;

/// <summary>Draws whole numbers of which each is as likely as any other.</summary>
public static class UniformDraw
{
    /// <summary>Draws from 0 to <paramref name="limit"/>, both included.</summary>
    /// <param name="random">Where chance comes from.</param>
    /// <param name="limit">0 or more.</param>
    public static long UpTo(long limit, Random random)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(limit);
        if (limit < long.MaxValue)
        {
            // Random rejects what would favour the low numbers (no remainder of a division), and the bound is exclusive.
            return random.NextInt64(limit + 1);
        }

        // limit + 1 is no long any more, but its 2^63 numbers are what 63 random bits can say.
        var bits = 0L;
        random.NextBytes(MemoryMarshal.AsBytes(new Span<long>(ref bits)));
        return bits & long.MaxValue;
    }
}
