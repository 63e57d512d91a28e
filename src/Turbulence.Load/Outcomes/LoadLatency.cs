using Turbulence.Load.Histograms;

namespace Turbulence.Load.Outcomes;

/// <summary>Times of many requests, in milliseconds, each at most 0.4 % too high; the longest is exact.</summary>
/// <param name="P50">What half of them do not exceed.</param>
/// <param name="P90">What 90 % do not exceed.</param>
/// <param name="P99">What 99 % do not exceed.</param>
/// <param name="P999">What 99.9 % do not exceed.</param>
/// <param name="P9999">What 99.99 % do not exceed.</param>
/// <param name="Longest">The longest.</param>
public readonly record struct LoadLatency(double P50, double P90, double P99, double P999, double P9999, double Longest)
{
    /// <summary>Of what was counted; all 0 for nothing.</summary>
    public static LoadLatency Of(LatencyHistogram times)
    {
        ArgumentNullException.ThrowIfNull(times);
        return new(At(0.5), At(0.9), At(0.99), At(0.999), At(0.9999), At(1));

        double At(double quantile) => times.NanosecondsAt(quantile) / 1e6;
    }
}
