using Turbulence.Load.Comparisons;

namespace Turbulence.Load.Meters;

/// <summary>Compares two phases of a load.</summary>
internal static class PhaseComparison
{
    private static readonly (string Name, double Part)[] Quantiles = [("p50", 0.5), ("p90", 0.9), ("p99", 0.99)];

    /// <summary>What the figures of a phase are more than those of another.</summary>
    public static IReadOnlyList<PhaseDifference> Of(MeterPhase phase, MeterPhase before) =>
    [
        Of("error_rate", PhaseEstimates.ErrorRate(phase.Series), PhaseEstimates.ErrorRate(before.Series)),
        .. Quantiles.Select(quantile => Of(
            quantile.Name,
            PhaseEstimates.Quantile(phase.Series, phase.Answered, quantile.Part),
            PhaseEstimates.Quantile(before.Series, before.Answered, quantile.Part))),
    ];

    private static PhaseDifference Of(string figure, Estimate phase, Estimate before)
    {
        var difference = phase.Less(before);
        return new PhaseDifference(figure, difference.Value, difference.Low, difference.High, difference.TooLittle);
    }
}
