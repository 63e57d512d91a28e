using System.Globalization;
using Turbulence.Documents;
using Turbulence.Events;
using Turbulence.Options;

namespace Turbulence.Cli.Lines;

/// <summary>The first and the last lines of a run.</summary>
internal static class RunLines
{
    /// <summary>What is about to be run, and how.</summary>
    public static IEnumerable<Line> Of(RunStarted started)
    {
        yield return Line.Info($"Running experiment: {started.Experiment.Title}");
        if (started.Options.Dry != DryMode.None)
        {
            yield return Line.Warning(
                $"Running experiment with dry {started.Options.Dry.ToString().ToLower(CultureInfo.InvariantCulture)}");
        }

        yield return Line.Info($"Steady-state strategy: {Name(started.Options.Hypothesis)}");
        yield return Line.Debug($"Seed of the random choices: {started.Seed.ToString(CultureInfo.InvariantCulture)}");
        yield return Line.Info($"Rollbacks strategy: {started.Options.Rollbacks.ToString().ToLower(CultureInfo.InvariantCulture)}");
    }

    /// <summary>How it ended in the reference's words, and then the verdict with every reason and every fault.</summary>
    public static IEnumerable<Line> Of(RunEnded ended)
    {
        var outcome = ended.Outcome;
        // The reference says so of every run that deviated. Here it would contradict a verdict that says that the miss proves nothing.
        var deviated = outcome.Deviated && (outcome.Verdict == Verdict.Deviated || outcome.Compatibility == Compatibility.ChaosToolkit);
        yield return Line.Info($"Experiment ended with status: {(deviated ? "deviated" : Name(outcome.Status))}");
        if (deviated)
        {
            yield return Line.Info("The steady-state has deviated, a weakness may have been discovered");
        }

        var level = outcome switch
        {
            { NeedsAPerson: true } => NoticeLevel.Critical,
            { Verdict: Verdict.Passed or Verdict.Dry } => NoticeLevel.Information,
            _ => NoticeLevel.Warning,
        };
        yield return new Line(level, $"Verdict: {outcome.Word} (exit code {outcome.ExitCode}) after {DurationText.Of(ended.Duration)}")
        {
            IsVerdict = true,
        };
        foreach (var reason in outcome.Reasons)
        {
            yield return new Line(level, $"  because {reason}");
        }

        foreach (var note in outcome.Notes)
        {
            yield return Line.Info($"  {note}");
        }

        foreach (var fault in outcome.Faults)
        {
            yield return new Line(fault.IsOutstanding
                ? NoticeLevel.Critical
                : NoticeLevel.Information, $"  {FaultLines.Summary(fault, outcome.Status == RunStatus.Interrupted)}");
        }
    }

    private static string Name(Enum value) => value.ToString().ToLower(CultureInfo.InvariantCulture);

    // The reference prints this one differently from how it is asked for.
    private static string Name(HypothesisStrategy strategy) =>
        strategy == HypothesisStrategy.Continuously ? "continuous" : HypothesisStrategyName.Of(strategy);
}
