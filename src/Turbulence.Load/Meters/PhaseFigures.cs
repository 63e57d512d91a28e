using Turbulence.Load.Outcomes;

namespace Turbulence.Load.Meters;

/// <summary>The requests of one part of a load.</summary>
/// <param name="Requests">How many there were.</param>
/// <param name="Lost">How many were lost.</param>
/// <param name="Outcomes">How many ended how, without those that none did.</param>
/// <param name="Answered">How long those took that were answered.</param>
public sealed record PhaseFigures(long Requests, long Lost, IReadOnlyList<KeyValuePair<string, long>> Outcomes, LoadLatency Answered)
{
    internal static PhaseFigures Of(MeterPhase phase, OutcomeNames names) => new(
        phase.Count,
        phase.Lost,
        [.. names.All.Zip(phase.Counts, KeyValuePair.Create).Where(static one => one.Value > 0)],
        LoadLatency.Of(phase.Answered));
}
