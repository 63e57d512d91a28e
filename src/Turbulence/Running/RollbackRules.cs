using Turbulence.Events;
using Turbulence.Options;
using Turbulence.Verdicts;

namespace Turbulence.Running;

/// <summary>Decides whether the declared rollbacks are played: section 7.7 of the reference's behaviour, and our own rule.</summary>
internal static class RollbackRules
{
    /// <summary>Decides with our rules.</summary>
    /// <param name="strategy">The strategy that was asked for.</param>
    /// <param name="findings">What the run has found.</param>
    /// <param name="deviated">Whether the steady state, or a tolerance of the method, was missed.</param>
    public static RollbackDecision Decide(RollbackStrategy strategy, RunFindings findings, bool deviated)
    {
        if (findings.Interruption is { KeepFaults: true })
        {
            return new(false, "the exit signal asked to leave them out", "Ignoring rollbacks as per signal");
        }

        return strategy == RollbackStrategy.Default
            ? findings.MethodStarted
                ? new(true, "an activity of the method was started", null)
                : new(false, "no activity of the method was started, so there is nothing to take back", null)
            : Requested(strategy, deviated);
    }

    /// <summary>Decides as the reference does, from the status that its journal would have at this moment.</summary>
    /// <param name="strategy">The strategy that was asked for.</param>
    /// <param name="findings">What the run has found.</param>
    public static RollbackDecision DecideAsReference(RollbackStrategy strategy, RunFindings findings)
    {
        if (findings.Interruption is { KeepFaults: true })
        {
            return new(false, "the exit signal asked to leave them out", "Ignoring rollbacks as per signal");
        }

        if (strategy != RollbackStrategy.Default)
        {
            return Requested(strategy, findings.Deviated);
        }

        return findings.Status is RunStatus.Failed or RunStatus.Interrupted
            ? new(
                false,
                $"the default strategy of the reference leaves them out after status {findings.Status.ToString()!.ToLowerInvariant()}",
                null)
            : new(true, "the default strategy of the reference plays them", null);
    }

    private static RollbackDecision Requested(RollbackStrategy strategy, bool deviated) => (strategy, deviated) switch
    {
        (RollbackStrategy.Always, _) =>
            new(true, "explicitly requested", "Rollbacks were explicitly requested to be played"),
        (RollbackStrategy.Deviated, true) =>
            new(true, "the experiment deviated", "Rollbacks will be played only because the experiment deviated"),
        (RollbackStrategy.Deviated, false) =>
            new(
                false,
                "the experiment did not deviate",
                "Rollbacks were explicitely requested to be played only if the experiment deviated. Since this is not the case, we will not play them."),
        _ => new(false, "explicitly requested", "Rollbacks were explicitly requested to not be played"),
    };
}
