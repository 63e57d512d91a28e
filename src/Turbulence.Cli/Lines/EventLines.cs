using System.Globalization;
using Turbulence.Events;

namespace Turbulence.Cli.Lines;

/// <summary>
/// Says a run event in lines. The reference runner's wording where it has one, since people search their logs for it;
/// every plain console, log file and JSON console says the same.
/// </summary>
internal static class EventLines
{
    /// <summary>
    /// The lines of <paramref name="happened"/>, those of the level DEBUG included; none for an event that needs no words.
    /// </summary>
    public static IEnumerable<Line> Of(RunEvent happened) => happened switch
    {
        RunStarted started => RunLines.Of(started),
        RunInterrupted interrupted => InterruptionLines.Of(interrupted.Interruption),
        RunEnded ended => RunLines.Of(ended),
        HypothesisSkipped { Requested: true } => [Line.Info("Skipping Steady-State Hypothesis as requested")],
        HypothesisSkipped => [Line.Info("No steady state hypothesis defined. That's ok, just exploring.")],
        HypothesisStarted started => [Line.Info($"Steady state hypothesis: {started.Title}")],
        HypothesisEnded ended => HypothesisLines.Of(ended.Run),
        ContinuousStarted started => HypothesisLines.Of(started),
        ContinuousEnded ended => HypothesisLines.Of(ended),
        MethodStarted { Activities: 0 } => [MethodBegins, Line.Info("No declared activities, let's move on.")],
        MethodStarted => [MethodBegins],
        MethodEnded => [Line.Debug("Method ended")],
        PauseStarted { Before: true } pause => [Line.Info($"Pausing before next activity for {pause.DurationText}s...")],
        PauseStarted pause => [Line.Info($"Pausing after activity for {pause.DurationText}s...")],
        ActivityStarted started => ActivityLines.Started(started.Run),
        ActivityProgressed progressed => [Line.Debug($"{progressed.Run.Activity.Name}: {progressed.Progress.ToJsonString()}")],
        ActivityEnded ended => ActivityLines.Ended(ended.Run),
        ActivityAmended amended => [Line.Debug($"A control changed the entry of '{amended.Run.Activity.Name}' in the journal")],
        ExperimentChanged => [Line.Debug("Controls changed the experiment while it ran")],
        RollbacksDecided decided => RollbackLines.Of(decided),
        RollbackStarted started => [Line.Info($"Rollback: {started.Name}")],
        RollbacksEnded => [Line.Debug("Rollbacks ended")],
        SafeguardsStarted started =>
            [Line.Info(started.Count == 1 ? "One safeguard watches over the method" : $"{started.Count} safeguards watch over the method")],
        SafeguardsEnded ended => [Line.Debug($"The safeguards were checked {ended.Checks} times")],
        FaultChanged changed => FaultLines.Of(changed),
        UsersProgressed progressed => [Line.Debug($"users: {progressed.Progress.ToJsonString()}")],
        UsersMeasured measured => measured.Lines.Select(static line => Line.Debug(line)),
        ServiceChanged changed => [Service(changed)],
        Notice notice => [new Line(notice.Level, notice.Text)],
        _ => [],
    };

    private static Line MethodBegins => Line.Info("Playing your experiment's method now...");

    private static Line Service(ServiceChanged changed)
    {
        var detail = changed.Detail.Length == 0 ? "" : $" ({changed.Detail})";
        var state = changed.State.ToString().ToLower(CultureInfo.InvariantCulture);
        var text = $"{ServiceName.First(changed.Name)}: {state}{detail}";
        return changed.State switch
        {
            ServiceState.Failed => Line.Error(text),
            ServiceState.Starting or ServiceState.Stopping => Line.Debug(text),
            _ => Line.Info(text),
        };
    }
}
