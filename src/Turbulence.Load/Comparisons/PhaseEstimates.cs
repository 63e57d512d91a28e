using System.Globalization;
using Turbulence.Load.Histograms;

namespace Turbulence.Load.Comparisons;

/// <summary>The figures of a phase with the intervals in which they are with 95 % of confidence.</summary>
internal static class PhaseEstimates
{
    /// <summary>Which part of the requests was lost.</summary>
    public static Estimate ErrorRate(PhaseSeries series)
    {
        var blocks = series.Blocks;
        double[] lost = [.. blocks.Select(static block => (double)block.Lost)];
        double[] all = [.. blocks.Select(static block => (double)block.Requests)];
        if (Few(blocks.Count) is { } few)
        {
            return Estimate.Unknown(few);
        }

        var half = SelfNormalization.HalfWidth(lost, all);
        if (double.IsNaN(half))
        {
            return Estimate.Unknown(Alike);
        }

        var rate = lost.Sum() / all.Sum();
        var (low, high) = SelfNormalization.Wilson(rate, all.Sum());
        return new(rate, Math.Max(0, Math.Min(low, rate - half)), Math.Min(1, Math.Max(high, rate + half)));
    }

    /// <summary>
    /// How long requests took that were answered, in milliseconds: the interval of the share that took no longer, read from the times
    /// themselves (Woodruff 1952).
    /// </summary>
    /// <param name="series">The phase.</param>
    /// <param name="times">The same times more exactly.</param>
    /// <param name="quantile">Which part took no longer.</param>
    public static Estimate Quantile(PhaseSeries series, LatencyHistogram times, double quantile)
    {
        List<SeriesBlock> blocks = [.. series.Blocks.Where(static block => block.Requests > block.Lost)];
        if (Few(blocks.Count) is { } few)
        {
            return Estimate.Unknown(few);
        }

        // The share at both ends of the bucket that it is in: which is the steadier one is chance.
        var value = times.NanosecondsAt(quantile);
        var place = SparseHistogram.Place(value);
        double[] all = [.. blocks.Select(static block => (double)(block.Requests - block.Lost))];
        var half = Math.Max(Half(place), Half(place + 1));
        if (double.IsNaN(half))
        {
            return Estimate.Unknown(Alike);
        }

        var (low, high) = SelfNormalization.Wilson(quantile, all.Sum());
        (low, high) = (Math.Min(low, quantile - half), Math.Max(high, quantile + half));
        if (low * times.Count < 1 || high * times.Count > times.Count - 1)
        {
            return Estimate.Unknown(
                string.Create(CultureInfo.InvariantCulture, $"{times.Count:N0} requests, which is too few for how they differ"));
        }

        // What is narrower than a bucket is not known.
        return new(
            value / 1e6,
            Math.Min(times.NanosecondsAt(low), SparseHistogram.LeastOf(place)) / 1e6,
            Math.Max(times.NanosecondsAt(high), SparseHistogram.LeastOf(place + 1)) / 1e6);

        double Half(int edge)
        {
            double[] below = [.. blocks.Select(block => (double)block.Answered.CountBefore(edge))];
            return SelfNormalization.HalfWidth(below, all);
        }
    }

    private const string Alike = "what was is too much like what came after it for so short a time";

    private static string? Few(int parts) => parts >= SelfNormalization.LeastParts ? null
        : string.Create(
            CultureInfo.InvariantCulture,
            $"{parts / 10.0:0.0} s with requests in it, and it takes {SelfNormalization.LeastParts / 10.0:0.0} s");
}
