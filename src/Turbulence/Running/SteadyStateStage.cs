using Turbulence.Events;
using Turbulence.Experiments;
using Turbulence.Interruptions;
using Turbulence.Options;
using Turbulence.Verdicts;

namespace Turbulence.Running;

/// <summary>
/// Checks the steady state before the method, after it, and once more after everything was taken back, where the strategy asks for it.
/// </summary>
internal sealed class SteadyStateStage(RunContext context, RunStop stop, HypothesisCheck check, RunFindings findings)
{
    /// <summary>Whether the steady state is checked again and again while the method plays.</summary>
    public bool IsCheckedMeanwhile => Asks(HypothesisStrategy.DuringMethodOnly, HypothesisStrategy.Continuously);

    private bool IsCheckedAfter => Asks(HypothesisStrategy.Default, HypothesisStrategy.AfterMethodOnly, HypothesisStrategy.Continuously);

    /// <summary>Checks before the method.</summary>
    /// <returns>Whether the method may be played.</returns>
    /// <exception cref="OperationCanceledException">The run was asked to stop.</exception>
    public async Task<bool> GateAsync()
    {
        if (!Asks(HypothesisStrategy.Default, HypothesisStrategy.BeforeMethodOnly, HypothesisStrategy.Continuously))
        {
            return true;
        }

        findings.Gate = await check.RunAsync(context.Experiment.Hypothesis!, RunPhase.Gate, 0, stop.Run);
        stop.Run.ThrowIfCancellationRequested();
        if (findings.Gate.Met)
        {
            return true;
        }

        findings.Status = Status(findings.Gate);
        return false;
    }

    /// <summary>Checks after the method.</summary>
    /// <exception cref="OperationCanceledException">The run was asked to stop.</exception>
    public async Task AfterAsync()
    {
        if (!IsCheckedAfter || findings.Status == RunStatus.Aborted)
        {
            return;
        }

        stop.Run.ThrowIfCancellationRequested();
        findings.RevertsBeforeAfter = findings.Faults?.Reverts ?? 0;
        findings.After = await check.RunAsync(context.Experiment.Hypothesis!, RunPhase.After, 0, stop.Run);
        if (!findings.After.Met)
        {
            findings.Deviated = true;
            findings.Status = Status(findings.After);
        }
    }

    /// <summary>
    /// Checks once more, where rollbacks or the taking back of faults changed the system since it was last checked: again and again until
    /// it is met, or until the time to settle is over, since what was started again needs a moment. The reference does not.
    /// </summary>
    /// <param name="rollbacksPlayed">Whether rollbacks were played.</param>
    public async Task ClosingAsync(bool rollbacksPlayed)
    {
        var changed = rollbacksPlayed || findings.Faults?.Reverts > findings.RevertsBeforeAfter;
        if (context.Compatible || !findings.MethodStarted || !changed || stop.Run.IsCancellationRequested || !IsCheckedAfter)
        {
            return;
        }

        try
        {
            findings.Closing = await new SettlingCheck(context, check).RunAsync(context.Experiment.Hypothesis!, stop.Run);
        }
        catch (OperationCanceledException) when (stop.Run.IsCancellationRequested)
        {
            findings.Interruption = stop.Interruption;
        }
    }

    private static RunStatus Status(HypothesisRun missed) =>
        missed.Probes.Any(probe => probe.End is not ActivityEnd.Succeeded) ? RunStatus.Failed : RunStatus.Completed;

    private bool Asks(params ReadOnlySpan<HypothesisStrategy> strategies) =>
        context.Experiment.Hypothesis is not null && strategies.Contains(context.Options.Hypothesis);
}
