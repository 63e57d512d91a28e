using System.Globalization;
using Turbulence.Events;
using Turbulence.Interruptions;

namespace Turbulence.Cli.Lines;

/// <summary>What is said of the checks of the steady state.</summary>
internal static class HypothesisLines
{
    /// <summary>The lines at a check's end: met, or each missed probe with what was expected and what came.</summary>
    public static IEnumerable<Line> Of(HypothesisRun run)
    {
        if (run is { Met: true, WasLeftOut: true })
        {
            yield return Line.Info("Steady state hypothesis is not checked: its probes are left out");
            yield break;
        }

        if (run.Met)
        {
            var late = run is { Iteration: > 0, Settled: { } settled }
                ? $" It took {DurationText.Of(settled)} after everything was taken back."
                : "";
            yield return Line.Info($"Steady state hypothesis is met!{late}");
            yield break;
        }

        if (run.IsRepeated)
        {
            yield return Line.Info("Steady state hypothesis is not met yet; it is checked again while the system settles");
            yield break;
        }

        foreach (var probe in run.Probes.Where(probe => probe.ToleranceMet != true))
        {
            var name = probe.Activity.Name;
            var (level, text) = run.Phase == RunPhase.During
                ? (NoticeLevel.Warning, $"Continuous steady state probe '{name}' is not in the given tolerance")
                : (NoticeLevel.Critical, $"Steady state probe '{name}' is not in the given tolerance so failing this experiment");
            yield return new Line(level, text);
            yield return new Line(level, $"  {ToleranceText.Of(probe)}");
        }

        if (run is { Iteration: > 0, Settled: { } waited })
        {
            yield return Line.Critical($"It was not met in the {DurationText.Of(waited)} that the system had to settle");
        }
    }

    /// <summary>The line before the first of the continuous checks; seconds as Python writes a float.</summary>
    public static IEnumerable<Line> Of(ContinuousStarted started)
    {
        var seconds = started.Frequency.TotalSeconds.ToString("0.0##########", CultureInfo.InvariantCulture);
        return [Line.Info($"Executing the steady-state hypothesis continuously every {seconds} seconds")];
    }

    /// <summary>The lines after the last of the continuous checks.</summary>
    public static IEnumerable<Line> Of(ContinuousEnded ended)
    {
        if (ended.FailedFast)
        {
            var ratio = 100.0 * ended.Missed / Math.Max(1, ended.Iterations);
            yield return Line.Info(string.Create(
                CultureInfo.InvariantCulture, $"Terminating immediately the experiment after {ratio:0.0}% hypothesis deviated"));
        }

        yield return Line.Info("Continuous steady state hypothesis terminated");
        yield return Line.Debug($"  {ended.Iterations} checks, {ended.Missed} missed");
    }
}
