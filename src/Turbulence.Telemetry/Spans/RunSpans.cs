using System.Diagnostics;
using System.Globalization;
using Turbulence.Events;
using Turbulence.Interruptions;
using Turbulence.Telemetry.Conventions;
using Span = System.Diagnostics.Activity;

namespace Turbulence.Telemetry.Spans;

/// <summary>
/// The trace of a run:
/// <code>
///   run ─┬─ gate ──── probe …
///        ├─ during ── check ── probe …
///        ├─ method ── action …, probe …
///        ├─ after, rollbacks, closing …
///        └─ fault: from when it was put in until it was seen to be taken back
/// </code>
/// A span is whole when it is sent, so what goes on is not seen before it ends; a fault's is sent with the run's, since traces that it hurt
/// are found until then. Not thread-safe.
/// </summary>
/// <param name="source">Makes the spans.</param>
/// <param name="parent">What the run belongs to; default for nothing.</param>
internal sealed class RunSpans(SpanSource source, ActivityContext parent)
{
    private readonly Dictionary<RunPhase, Span?> stages = [];
    private readonly Dictionary<RunPhase, Span?> checks = [];
    private readonly Dictionary<long, Span> activities = [];
    private readonly FaultSpans faults = new(source);
    private Span? run;

    /// <summary>The trace and the span of an activity that goes on, otherwise of the run; default for none.</summary>
    public ActivityContext ContextOf(long activity) =>
        activities.TryGetValue(activity, out var span) ? span.Context : run?.Context ?? default;

    /// <summary>The trace and the span of the run; default for none.</summary>
    public ActivityContext Context => run?.Context ?? default;

    /// <summary>The trace and the span of what an event tells of; those of the run where it is none.</summary>
    public ActivityContext ContextOf(RunEvent happened) => happened switch
    {
        ActivityStarted { Run.Id: var id } => ContextOf(id),
        ActivityEnded { Run.Id: var id } => ContextOf(id),
        FaultChanged { Fault.Id: var id } => faults.ContextOf(id) ?? Context,
        _ => Context,
    };

    /// <summary>Something begins.</summary>
    public void Begin(RunEvent happened)
    {
        switch (happened)
        {
            case RunStarted started:
                run = source.Begin(
                    $"run {started.Experiment.Title}",
                    ActivityKind.Internal,
                    parent,
                    started.At,
                    AttributeName.RunId.With(started.RunId),
                    AttributeName.Title.With(started.Experiment.Title),
                    AttributeName.Seed.With(started.Seed));
                break;
            case HypothesisStarted check:
                BeginCheck(check);
                break;
            case ContinuousStarted continuous:
                Stage(RunPhase.During, continuous.At);
                break;
            case MethodStarted method:
                Stage(RunPhase.Method, method.At);
                break;
            case RollbacksDecided { Played: true, Activities: > 0 } rollbacks:
                Stage(RunPhase.Rollbacks, rollbacks.At);
                break;
            case ActivityStarted { Run: var activity } started:
                BeginActivity(activity, started.At);
                break;
            case FaultChanged fault:
                faults.Change(fault, Context);
                break;
            default:
                Tell(happened);
                break;
        }
    }

    /// <summary>Something ends. It comes after <see cref="Begin"/> of the same event.</summary>
    public void End(RunEvent happened)
    {
        switch (happened)
        {
            case ActivityEnded { Run: var activity } ended:
                EndActivity(activity, ended.At);
                break;
            case HypothesisEnded { Run: var check } ended:
                checks.Remove(check.Phase, out var span);
                span?.SetTag(AttributeName.Met, check.Met);
                SpanSource.End(
                    span, ended.At, check.Met || check.WasLeftOut || check.IsRepeated ? null : $"'{check.Missed?.Activity.Name}' was not as it should be");
                break;
            case ContinuousEnded ended:
                EndStage(RunPhase.During, ended.At);
                break;
            case MethodEnded ended:
                EndStage(RunPhase.Method, ended.At);
                break;
            case RollbacksEnded ended:
                EndStage(RunPhase.Rollbacks, ended.At);
                break;
            case UsersMeasured measured:
                faults.Hurt(LostRequests.In(measured.Figures));
                break;
            case RunEnded ended:
                End(ended);
                break;
        }
    }

    private void Stage(RunPhase phase, DateTimeOffset at) => stages[phase] =
        source.Begin(Words.Of(phase), ActivityKind.Internal, Context, at, AttributeName.Phase.With(Words.Of(phase)));

    private void EndStage(RunPhase phase, DateTimeOffset at)
    {
        if (stages.Remove(phase, out var span))
        {
            SpanSource.End(span, at);
        }
    }

    private void BeginCheck(HypothesisStarted check)
    {
        var within = check.Phase == RunPhase.During && stages.TryGetValue(RunPhase.During, out var stage) ? stage : run;
        var word = Words.Of(check.Phase);
        checks[check.Phase] = source.Begin(
            check.Phase == RunPhase.During ? "check" : word,
            ActivityKind.Internal,
            within?.Context ?? default,
            check.At,
            AttributeName.Phase.With(word),
            AttributeName.Iteration.With(check.Iteration));
    }

    private void BeginActivity(ActivityRun activity, DateTimeOffset at)
    {
        var within = checks.GetValueOrDefault(activity.Phase) ?? stages.GetValueOrDefault(activity.Phase) ?? run;
        var type = Words.Of(activity.Activity.Type);
        var span = source.Begin(
            $"{type} {activity.Activity.Name}",
            activity.Activity.ProviderType == "http" ? ActivityKind.Client : ActivityKind.Internal,
            within?.Context ?? default,
            at,
            AttributeName.ActivityId.With(activity.Id),
            AttributeName.Activity.With(activity.Activity.Name),
            AttributeName.ActivityType.With(type),
            AttributeName.Provider.With(activity.Activity.ProviderType),
            AttributeName.Background.With(activity.Background),
            AttributeName.Phase.With(Words.Of(activity.Phase)));
        if (span is not null)
        {
            activities[activity.Id] = span;
        }
    }

    private void EndActivity(ActivityRun activity, DateTimeOffset at)
    {
        if (activity.Activity.ProviderType == "load" && activity.Output is { } figures)
        {
            faults.Hurt(LostRequests.In(figures));
        }

        if (!activities.Remove(activity.Id, out var span))
        {
            return;
        }

        var problem = Words.ProblemOf(activity);
        span.SetTag(AttributeName.ActivityStatus, activity.Word);
        span.SetTag(AttributeName.ToleranceMet, activity.ToleranceMet);
        span.SetTag(AttributeName.Tolerance, activity.Tolerance?.Describe());
        if (problem is not null)
        {
            span.SetTag(AttributeName.ErrorType, activity.Word == "succeeded" ? "tolerance" : activity.Word);
            if (activity.Activity.ProviderType != "fault")
            {
                faults.Hurt(span.Context, activity.Activity.Name);
            }
        }

        SpanSource.End(span, activity.Ended ?? at, problem);
    }

    // What has no span of its own.
    private void Tell(RunEvent happened)
    {
        switch (happened)
        {
            case PauseStarted pause:
                SpanSource.Tell(
                    stages.GetValueOrDefault(RunPhase.Rollbacks) ?? stages.GetValueOrDefault(RunPhase.Method) ?? run,
                    pause.Word,
                    pause.At,
                    AttributeName.Activity.With(pause.Activity.Name),
                    AttributeName.Text.With(string.Create(CultureInfo.InvariantCulture, $"{pause.Duration.TotalSeconds} s {(pause.Before ? "before" : "after")}")));
                break;
            case ServiceChanged service:
                SpanSource.Tell(
                    run,
                    service.Word,
                    service.At,
                    AttributeName.Service.With(service.Name),
                    AttributeName.ServiceState.With(Words.Of(service.State)));
                break;
            case RunInterrupted interrupted:
                SpanSource.Tell(run, interrupted.Word, interrupted.At, AttributeName.Text.With(interrupted.Interruption.Message));
                break;
            case SafeguardsEnded { Missed: { } missed } ended:
                SpanSource.Tell(run, "safeguard-missed", ended.At, AttributeName.Activity.With(missed.Activity.Name));
                break;
        }
    }

    private void End(RunEnded ended)
    {
        var outcome = ended.Outcome;

        // Whatever was cut off has not ended by itself.
        foreach (var span in activities.Values.Concat(checks.Values).Concat(stages.Values).ToList())
        {
            SpanSource.End(span, ended.At, "interrupted");
        }

        activities.Clear();
        checks.Clear();
        stages.Clear();
        faults.End(outcome.Faults, ended.At);
        run?.SetTag(AttributeName.Verdict, outcome.Word);
        run?.SetTag(AttributeName.ExitCode, outcome.ExitCode);
        run?.SetTag(AttributeName.RunStatus, Words.Of(outcome.Status));
        run?.SetTag(AttributeName.Deviated, outcome.Deviated);
        if (outcome.Reasons.Count > 0)
        {
            run?.SetTag(AttributeName.Reasons, outcome.Reasons.ToArray());
        }

        SpanSource.End(run, ended.At, outcome.ExitCode == 0 ? null : outcome.Reasons is [var why, ..] ? why : outcome.Word);
    }
}
