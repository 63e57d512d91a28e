namespace Turbulence.Load.Comparisons;

/// <summary>
/// How far off a rate may be that was measured in parts of time which follow on one another: the range of the rate's own way to its value is the yardstick, so that nobody has to
/// know how long what happens goes on happening (Lobato 2001; Shao 2010).
/// </summary>
internal static class SelfNormalization
{
    /// <summary>How many parts it takes.</summary>
    public const int LeastParts = 20;

    /// <summary>As many independent parts as those there are must be worth.</summary>
    public const double LeastWorth = 12;

    // The upper 5 % of B(1)² / ∫(B(r) − r·B(1))² dr for Brownian motion B (Lobato 2001, table 1, one dimension).
    private const double Critical = 45.4;

    // 97.5 % of the normal distribution.
    private const double Normal = 1.959964;

    /// <summary>Half of the interval of 95 %, around the share of what was counted.</summary>
    /// <param name="counted">How many in each part.</param>
    /// <param name="all">Of how many in each part; more than 0.</param>
    /// <returns>Half the interval's width; NaN where what follows is too much like what was before it to say anything.</returns>
    public static double HalfWidth(ReadOnlySpan<double> counted, ReadOnlySpan<double> all)
    {
        double sum = 0, total = 0;
        for (var i = 0; i < all.Length; i++)
        {
            sum += counted[i];
            total += all[i];
        }

        double way = 0, squares = 0, variance = 0, together = 0, before = 0;
        for (var i = 0; i < all.Length; i++)
        {
            var rest = counted[i] - (sum / total * all[i]);
            way += rest;
            squares += way * way;
            variance += rest * rest;
            together += rest * before;
            before = rest;
        }

        return variance > 0 && Worth(all.Length, together / variance) < LeastWorth ? double.NaN : Math.Sqrt(Critical * squares / all.Length) / total;
    }

    /// <summary>The interval of 95 % of a share of independent requests (Wilson 1927): no other is narrower.</summary>
    public static (double Low, double High) Wilson(double share, double total)
    {
        var square = Normal * Normal / total;
        var middle = (share + (square / 2)) / (1 + square);
        var half = Math.Sqrt((share * (1 - share) * square) + (square * square / 4)) / (1 + square);
        return (middle - half, middle + half);
    }

    // Of so many parts, each as like the one before as that, which is measured too low (Marriott and Pope 1954).
    private static double Worth(int parts, double likeness)
    {
        var corrected = Math.Min(0.999, likeness + ((1 + (3 * likeness)) / parts));
        return corrected <= 0 ? parts : parts * (1 - corrected) / (1 + corrected);
    }
}
