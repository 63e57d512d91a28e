using Turbulence.Interruptions;

namespace Turbulence.Reports.Runs;

/// <summary>One check of the steady state. Times are in seconds from the start of the run.</summary>
/// <param name="Phase">The stage that it belongs to.</param>
/// <param name="Iteration">Which of the stage's checks it is: from 1 beside the method, from 0 elsewhere.</param>
/// <param name="Begin">When it began; null where nobody knows.</param>
/// <param name="End">When it ended; null where the journal has no end of it.</param>
/// <param name="Met">Whether the steady state was met; null where it came to no end.</param>
public readonly record struct ReportedCheck(RunPhase Phase, int Iteration, double? Begin, double? End, bool? Met)
{
    /// <summary>Whether it was not met though each of its probes was as it should be: a control may have the last word.</summary>
    internal bool IsMissedAlone(ReportedRun run)
    {
        var (phase, iteration) = (Phase, Iteration);
        return Met == false && !run.Activities.Any(one => one.Phase == phase && one.Iteration == iteration && one.IsTrouble);
    }
}
