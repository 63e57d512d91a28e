using Turbulence.Events;
using Turbulence.Experiments;
using Turbulence.Interruptions;
using Turbulence.Running.Safeguards;
using Turbulence.Verdicts;

namespace Turbulence.Running;

/// <summary>Plays the method with its safeguards beside it, and checks the steady state meanwhile where that is asked.</summary>
internal sealed class MethodStage(
    RunContext context, RunStop stop, ActivityExecution activities, HypothesisCheck check, RunFindings findings)
{
    private readonly SafeguardWatch safeguards = new(context, stop, activities);

    /// <summary>Plays the method to its end.</summary>
    /// <param name="checkedMeanwhile">Whether the steady state is checked again and again meanwhile.</param>
    /// <returns>Whether it was begun; why not is among the findings.</returns>
    /// <exception cref="OperationCanceledException">The run was asked to stop, and every activity has ended.</exception>
    public async Task<bool> PlayAsync(bool checkedMeanwhile)
    {
        if (await safeguards.BeginAsync() is { Count: > 0 } unloaded)
        {
            findings.Problems.AddRange(unloaded);
            findings.Status = RunStatus.Failed;
            return false;
        }

        var method = new PlayedActivities(activities, RunPhase.Method);
        using var methodEnded = new CancellationTokenSource();
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stop.Run);
        var during = Task.CompletedTask;
        var watching = safeguards.RunAsync(methodEnded.Token);
        if (checkedMeanwhile)
        {
            var checking = new ContinuousCheck(context, check);
            findings.During = checking.Findings;
            // On a thread of the pool from the start: a probe that never waits would keep the method from beginning.
            during = Task.Run(
                () => checking.RunAsync(context.Experiment.Hypothesis!, () => EndMethod(ended), methodEnded.Token, stop.Run),
                CancellationToken.None);
        }

        try
        {
            context.Events.Publish(new MethodStarted(context.Events.Now, context.Experiment.Method.Count));
            await context.Controls.AroundAsync(
                RunPhase.Method,
                () => method.PlayAsync(context.Experiment.Method, static _ => { }, GoesOn, ended.Token),
                ended.Token);
        }
        catch (OperationCanceledException) when (!stop.Run.IsCancellationRequested)
        {
            // A missed check asked for the end of the method.
        }
        finally
        {
            await methodEnded.CancelAsync();
            await during;
            await watching;
            findings.MethodStarted = method.Started;
            findings.MethodTroubles = method.Troubled;
            TellDuring();
        }

        context.Events.Publish(new MethodEnded(context.Events.Now));
        return true;
    }

    // The reference lets the running activity end, and leaves out those that follow (GoesOn).
    private void EndMethod(CancellationTokenSource ended)
    {
        if (!context.Compatible)
        {
            ended.Cancel();
        }
    }

    private bool GoesOn(ActivityRun? run)
    {
        if (!context.Compatible)
        {
            return true;
        }

        if (run is { End: ActivityEnd.Crashed })
        {
            context.Events.Say(NoticeLevel.Critical, "Experiment ran into an un expected fatal error, aborting now.");
            findings.Status = RunStatus.Aborted;
        }

        return findings.Status != RunStatus.Aborted && findings.During is not ({ FailedFast: true } or { Crashed: true });
    }

    private void TellDuring()
    {
        if (findings.During is not { } during || findings.Status == RunStatus.Aborted)
        {
            return;
        }

        findings.Status = during switch
        {
            { Crashed: true } => RunStatus.Aborted,
            { FailedFast: true } => RunStatus.Failed,
            _ => findings.Status,
        };
    }
}
