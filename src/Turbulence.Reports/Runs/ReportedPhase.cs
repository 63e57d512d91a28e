using Turbulence.Interruptions;

namespace Turbulence.Reports.Runs;

/// <summary>From when to when a stage of a run lasted, in seconds from its start.</summary>
/// <param name="Phase">The stage.</param>
/// <param name="Begin">When it began.</param>
/// <param name="End">When it ended; null where the journal has no end of it.</param>
public readonly record struct ReportedPhase(RunPhase Phase, double Begin, double? End);
