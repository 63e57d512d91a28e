using Turbulence.Events;
using Turbulence.Experiments;
using Turbulence.Interruptions;

namespace Turbulence.Cli.Lines;

/// <summary>What is said of one activity.</summary>
internal static class ActivityLines
{
    /// <summary>The line of its beginning.</summary>
    public static IEnumerable<Line> Started(ActivityRun run) =>
        [Line.Info($"{run.Activity.Type}: {run.Activity.Name}{(run.Activity.Background ? " [in background]" : "")}")];

    /// <summary>The lines of its end: a failure, a missed tolerance of the method, and how long it took.</summary>
    public static IEnumerable<Line> Ended(ActivityRun run)
    {
        var took = run.Duration is { } duration ? $" after {DurationText.Of(duration)}" : "";
        if (run.End is ActivityEnd.Failed or ActivityEnd.Crashed)
        {
            yield return Line.Error($"  => failed: {run.Message}");
            if (run.Trace.Count > 0)
            {
                yield return Line.Debug(string.Join('\n', run.Trace.Prepend($"{run.Activity.Name} failed{took} at")));
            }

            if (InHypothesis(run.Phase))
            {
                yield return Line.Warning("Probe terminated unexpectedly, so its tolerance could not be validated");
            }

            yield break;
        }

        if (run.End == ActivityEnd.WithoutEffect)
        {
            yield return Line.Warning($"  => no effect: {run.Message}");
            yield break;
        }

        if (run.End == ActivityEnd.Inconclusive)
        {
            yield return Line.Warning($"  => proves nothing: {run.Message}");
            yield break;
        }

        yield return Line.Debug($"{run.Activity.Name} {State(run)}{took}");
        if (run.ToleranceMet == false && !InHypothesis(run.Phase))
        {
            yield return Line.Warning($"{run.Activity.Type} '{run.Activity.Name}' is not in the given tolerance");
            yield return Line.Warning($"  {ToleranceText.Of(run)}");
        }
    }

    private static string State(ActivityRun run) => run switch
    {
        { Dry: true } => "left out (dry)",
        { End: null } => "interrupted",
        _ => "succeeded",
    };

    private static bool InHypothesis(RunPhase phase) => phase is RunPhase.Gate or RunPhase.During or RunPhase.After or RunPhase.Closing;
}
