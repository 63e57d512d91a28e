using System.Text.Json.Nodes;
using Turbulence.Experiments;
using Turbulence.Values;

namespace Turbulence.Events;

/// <summary>
/// Takes the secrets out of events before anybody hears of them, so that no journal, console, log, report or notification
/// can tell one. What the run itself works with stays as it is.
/// </summary>
/// <param name="mask">Knows the secrets.</param>
internal sealed class MaskedEvents(SecretMask mask)
{
    private SecretMask mask = mask;
    private (Activity Original, Activity Masked)? last;

    /// <summary>Knows the secrets by now.</summary>
    public SecretMask Mask => mask;

    /// <summary>Works with another mask from now on, and with declarations that may have changed.</summary>
    public void Renew(SecretMask renewed)
    {
        mask = renewed;
        last = null;
    }

    /// <summary>The event without secrets; the same one where it has none to lose.</summary>
    public RunEvent Of(RunEvent happened) => happened switch
    {
        RunStarted started => started with { Experiment = Of(started.Experiment) },
        ExperimentChanged changed => changed with { Experiment = Of(changed.Experiment) },
        _ when mask.IsEmpty => happened,
        Notice notice => notice with { Text = mask.Apply(notice.Text) },
        ServiceChanged service => service with { Detail = mask.Apply(service.Detail) },
        HypothesisStarted started => started with { Title = mask.Apply(started.Title) },
        HypothesisEnded ended => ended with { Run = Of(ended.Run) },
        PauseStarted pause => pause with { Activity = Of(pause.Activity), DurationText = mask.Apply(pause.DurationText) },
        ActivityStarted started => started with { Run = Of(started.Run) },
        ActivityEnded ended => ended with { Run = Of(ended.Run) },
        ActivityAmended amended => amended with { Run = Of(amended.Run) },
        RunInterrupted interrupted => interrupted with { Interruption = interrupted.Interruption with { Message = mask.Apply(interrupted.Interruption.Message) } },
        RollbackStarted rollback => rollback with { Name = mask.Apply(rollback.Name) },
        SafeguardsEnded { Missed: { } missed } ended => ended with { Missed = Of(missed) },
        FaultChanged changed => changed with { Fault = Of(changed.Fault) },
        RunEnded ended => ended with { Outcome = Of(ended.Outcome) },
        _ => happened,
    };

    /// <summary>The outcome without secrets.</summary>
    public RunOutcome Of(RunOutcome outcome) =>
        mask.IsEmpty ? outcome : outcome with { Reasons = [.. outcome.Reasons.Select(mask.Apply)], Notes = [.. outcome.Notes.Select(mask.Apply)], Faults = [.. outcome.Faults.Select(Of)] };

    private Experiment Of(Experiment experiment)
    {
        var document = RawExperimentMask.Apply(experiment.Document);
        foreach (var (key, value) in mask.IsEmpty ? [] : document.ToList())
        {
            if (key != "secrets" && mask.Apply(value) is { } masked && !ReferenceEquals(masked, value))
            {
                document[key] = masked;
            }
        }

        return new Experiment(document, experiment.Map, experiment.Source, experiment.BaseDirectory);
    }

    private FaultReport Of(FaultReport fault) => fault with
    {
        Activity = mask.Apply(fault.Activity),
        Targets = [.. fault.Targets.Select(mask.Apply)],
        Undo = mask.Apply(fault.Undo),
        Effect = Of(fault.Effect),
        Confirmation = Of(fault.Confirmation),
        Lost = fault.Lost is null ? null : mask.Apply(fault.Lost),
        Problem = fault.Problem is null ? null : mask.Apply(fault.Problem),
    };

    private FaultSight? Of(FaultSight? sight) => sight is null ? null : sight with { Text = mask.Apply(sight.Text) };

    private HypothesisRun Of(HypothesisRun run) => run with { Title = mask.Apply(run.Title), Probes = [.. run.Probes.Select(Of)], Amended = Of(run.Amended) };

    private JsonObject? Of(JsonObject? entry) => (JsonObject?)mask.Apply(entry);

    private ActivityRun Of(ActivityRun run) => run with
    {
        Activity = Of(run.Activity),
        Output = mask.Apply(run.Output),
        Amended = Of(run.Amended),
        Message = run.Message is null ? null : mask.Apply(run.Message),
        Trace = [.. run.Trace.Select(mask.Apply)],
        Tolerance = run.Tolerance is not { } tolerance
            ? null
            : tolerance with
            {
                Rule = mask.Apply(tolerance.Rule),
                Expected = mask.Apply(tolerance.Expected),
                Actual = mask.Apply(tolerance.Actual),
                Explanation = tolerance.Explanation is null ? null : mask.Apply(tolerance.Explanation),
            },
    };

    // Events come one at a time, and mostly in pairs of the same activity.
    private Activity Of(Activity activity)
    {
        if (last is { } known && ReferenceEquals(known.Original.Declaration, activity.Declaration))
        {
            return known.Masked;
        }

        var declaration = mask.Apply(activity.Declaration);
        var masked = ReferenceEquals(declaration, activity.Declaration) ? activity : new Activity(declaration!.AsObject());
        last = (activity, masked);
        return masked;
    }
}
