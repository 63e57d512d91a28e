using System.Globalization;
using Microsoft.Extensions.Logging;
using Turbulence.Events;
using Turbulence.Telemetry.Conventions;

namespace Turbulence.Telemetry.Logs;

/// <summary>An event in one line, for a log.</summary>
/// <param name="Level">How much it weighs.</param>
/// <param name="Text">The line.</param>
/// <param name="Details">The same for machines.</param>
internal sealed record EventSentence(LogLevel Level, string Text, params IReadOnlyList<KeyValuePair<string, object?>> Details)
{
    /// <summary>What is logged of an event; null for nothing, where it says how far something is or another event says it too.</summary>
    public static EventSentence? Of(RunEvent happened) => happened switch
    {
        Notice notice => new(LevelOf(notice.Level), notice.Text),
        RunStarted started => new(
            LogLevel.Information,
            $"Run of '{started.Experiment.Title}' begins",
            AttributeName.Title.With(started.Experiment.Title),
            AttributeName.Seed.With(started.Seed)),
        RunEnded ended => Of(ended),
        RunInterrupted interrupted => new(LogLevel.Warning, $"The run is asked to stop: {interrupted.Interruption.Message}"),
        ActivityStarted { Run: var run } => new(LogLevel.Information, $"{Name(run)} begins", AttributesOf(run)),
        ActivityEnded { Run: var run } => Of(run),
        HypothesisEnded { Run: var check } => new(
            check.Met ? LogLevel.Information : LogLevel.Warning,
            $"Steady state ({Words.Of(check.Phase)}): {(check.Met ? "met" : $"not met, for '{check.Missed?.Activity.Name}'")}",
            AttributeName.Phase.With(Words.Of(check.Phase)),
            AttributeName.Iteration.With(check.Iteration),
            AttributeName.Met.With(check.Met)),
        FaultChanged changed => Of(changed.Fault),
        RollbacksDecided decided => new(
            LogLevel.Information, $"Rollbacks {(decided.Played ? "are played" : "are not played")}: {decided.Reason}"),
        ServiceChanged service => new(
            service.State == ServiceState.Failed ? LogLevel.Error : LogLevel.Information,
            $"{service.Name}: {Words.Of(service.State)}{(service.Detail.Length > 0 ? $", {service.Detail}" : "")}",
            AttributeName.Service.With(service.Name),
            AttributeName.ServiceState.With(Words.Of(service.State))),
        SafeguardsEnded { Missed: { } missed } => new(
            LogLevel.Warning, $"Safeguard '{missed.Activity.Name}' was missed", AttributeName.Activity.With(missed.Activity.Name)),
        UsersMeasured measured => new(
            measured.Missed.Count > 0 ? LogLevel.Warning : LogLevel.Information,
            string.Join("; ", [.. measured.Lines, .. measured.Missed, .. measured.Unproven])),
        _ => null,
    };

    private static EventSentence Of(RunEnded ended)
    {
        var outcome = ended.Outcome;
        var why = outcome.Reasons.Count == 0 ? "" : $": {string.Join("; ", outcome.Reasons)}";
        return new(
            outcome.ExitCode == 0 ? LogLevel.Information : LogLevel.Error,
            $"The run has ended: {outcome.Word}{why}",
            AttributeName.Verdict.With(outcome.Word),
            AttributeName.ExitCode.With(outcome.ExitCode),
            AttributeName.Deviated.With(outcome.Deviated));
    }

    private static EventSentence Of(ActivityRun run)
    {
        var problem = Words.ProblemOf(run);
        var took = run.Duration is { } duration ? string.Create(CultureInfo.InvariantCulture, $" after {duration.TotalSeconds:0.###} s") : "";
        return new(
            problem is null ? LogLevel.Information : LogLevel.Warning,
            $"{Name(run)} {run.Word}{took}{(problem is null ? "" : $": {problem}")}",
            [.. AttributesOf(run), AttributeName.ActivityStatus.With(run.Word), AttributeName.ToleranceMet.With(run.ToleranceMet)]);
    }

    private static EventSentence Of(FaultReport fault)
    {
        var isOnItsWay = fault.State is FaultState.Injecting or FaultState.Active or FaultState.Reverting or FaultState.Reverted;
        var problem = isOnItsWay ? fault.Problem ?? fault.Lost : Words.ProblemOf(fault);
        var seen = fault.State is FaultState.Reverted or FaultState.Confirmed ? fault.Confirmation : fault.Effect;
        return new(
            fault.Problem is not null ? LogLevel.Error : fault.Standing is "lost" or "without-effect" ? LogLevel.Warning : LogLevel.Information,
            $"Fault {fault.Kind} of '{fault.Activity}': {fault.Standing}{((problem ?? seen?.Text) is { } text ? $", {text}" : "")}",
            AttributeName.FaultId.With(fault.Id),
            AttributeName.FaultKind.With(fault.Kind),
            AttributeName.FaultState.With(fault.Standing),
            AttributeName.Activity.With(fault.Activity));
    }

    private static string Name(ActivityRun run) =>
        $"{(run.Activity.Type == Experiments.ActivityType.Action ? "Action" : "Probe")} '{run.Activity.Name}'";

    private static KeyValuePair<string, object?>[] AttributesOf(ActivityRun run) =>
    [
        AttributeName.Activity.With(run.Activity.Name),
        AttributeName.ActivityId.With(run.Id),
        AttributeName.ActivityType.With(Words.Of(run.Activity.Type)),
        AttributeName.Provider.With(run.Activity.ProviderType),
        AttributeName.Phase.With(Words.Of(run.Phase)),
    ];

    private static LogLevel LevelOf(NoticeLevel level) => level switch
    {
        NoticeLevel.Debug => LogLevel.Debug,
        NoticeLevel.Information => LogLevel.Information,
        NoticeLevel.Warning => LogLevel.Warning,
        NoticeLevel.Error => LogLevel.Error,
        NoticeLevel.Critical => LogLevel.Critical,
        _ => LogLevel.Warning,
    };
}
