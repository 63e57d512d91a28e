using Turbulence.Events;
using Turbulence.Interruptions;
using Turbulence.Verdicts;

namespace Turbulence.Running;

/// <summary>Decides whether the declared rollbacks are played, and plays them; one that fails does not stop the others.</summary>
internal sealed class RollbackStage(RunContext context, RunStop stop, ActivityExecution activities, RunFindings findings)
{
    /// <summary>Whether there were rollbacks and they were begun.</summary>
    public bool Played { get; private set; }

    /// <summary>Decides, and plays them where that was the decision.</summary>
    public async Task PlayAsync()
    {
        var list = context.Experiment.Rollbacks;
        var decision = context.Compatible
            ? RollbackRules.DecideAsReference(context.Options.Rollbacks, findings)
            : RollbackRules.Decide(context.Options.Rollbacks, findings, VerdictRules.Deviates(findings));
        context.Events.Publish(new RollbacksDecided(context.Events.Now, decision.Played, decision.Reason, list.Count, decision.Announced));
        if (!decision.Played)
        {
            return;
        }

        if (context.Compatible)
        {
            stop.LetOneRequestSkipRollbacks();
        }

        var begun = 0;
        Played = list.Count > 0;
        var rollbacks = new PlayedActivities(activities, RunPhase.Rollbacks);
        try
        {
            await context.Controls.AroundAsync(
                RunPhase.Rollbacks,
                () => rollbacks.PlayAsync(
                    list,
                    activity =>
                    {
                        begun++;
                        context.Events.Publish(new RollbackStarted(context.Events.Now, activity.Reference ?? activity.Name));
                    },
                    static _ => true,
                    stop.Rollbacks),
                stop.Rollbacks);
        }
        catch (OperationCanceledException) when (stop.Rollbacks.IsCancellationRequested)
        {
            // The one that was cut off counts as left out, too.
            findings.RollbacksLeftOut = list.Count - Math.Max(0, begun - 1);
            if (stop.Interruption is not { Cause: InterruptionCause.Experiment })
            {
                context.Events.Say(NoticeLevel.Warning, "Received an exit signal.Terminating now without running the remaining rollbacks.");
            }
        }

        findings.RollbackTroubles = rollbacks.Troubled;
        if (stop.Interruption is { } interruption)
        {
            findings.Interruption ??= interruption;
            findings.Status = RunStatus.Interrupted;
        }

        context.Events.Publish(new RollbacksEnded(context.Events.Now));
    }
}
