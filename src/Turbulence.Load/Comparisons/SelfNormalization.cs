namespace Turbulence.Load.Comparisons;

/// <summary>
/// How far off a rate may be that was measured in parts of time which follow on one another: the range of the rate's own way to its value
/// is the yardstick, so that nobody has to know how long what happens goes on happening (Lobato 2001; Shao 2010).
/// </summary>
internal static class SelfNormalization
{
    /// <summary>How many parts it takes.</summary>
    public const int LeastParts = 20;

    /// <summary>As many independent parts as those there are must be worth.</summary>
    public const double LeastWorth = 12;

    // The critical value is that of any number of parts; of few that are worth little it is too small. Measured, see FalseAlarmTests.
    private const double Fewness = 4;

    // What is further apart than a third of the phase is not looked at.
    private const int MostApart = 3;

    // How much the mean hides depends on what it hides.
    private const int Turns = 3;

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

        double way = 0, squares = 0;
        var rest = new double[all.Length];
        for (var i = 0; i < all.Length; i++)
        {
            rest[i] = counted[i] - (sum / total * all[i]);
            way += rest[i];
            squares += way * way;
        }

        var worth = Worth(rest);
        return worth < LeastWorth ? double.NaN : Math.Sqrt(Critical * squares / all.Length) / total * (1 + (Fewness / worth));
    }

    /// <summary>The interval of 95 % of a share of independent requests (Wilson 1927): no other is narrower.</summary>
    public static (double Low, double High) Wilson(double share, double total)
    {
        var square = Normal * Normal / total;
        var middle = (share + (square / 2)) / (1 + square);
        var half = Math.Sqrt((share * (1 - share) * square) + (square * square / 4)) / (1 + square);
        return (middle - half, middle + half);
    }

    // How many independent parts would say as much: fewer by how alike those are that are some parts apart, up to the first that are not
    // (Geyer 1992, initial positive sequence). What all of them have in common looks like their mean, and goes with it: a part of one in
    // as many as they are worth.
    private static double Worth(ReadOnlySpan<double> rest)
    {
        var variance = Together(rest, 0);
        if (variance <= 0)
        {
            return rest.Length;
        }

        var worth = (double)rest.Length;
        for (var turn = 0; turn < Turns; turn++)
        {
            var sum = 0.0;
            for (var apart = 1; apart <= rest.Length / MostApart; apart++)
            {
                var seen = Together(rest, apart) / variance;
                var alike = seen + ((1 - seen) / worth);
                if (alike <= 0)
                {
                    break;
                }

                sum += alike;
            }

            worth = Math.Max(1, rest.Length / (1 + (2 * sum)));
        }

        return worth;
    }

    private static double Together(ReadOnlySpan<double> rest, int apart)
    {
        var sum = 0.0;
        for (var i = apart; i < rest.Length; i++)
        {
            sum += rest[i] * rest[i - apart];
        }

        return sum;
    }
}
