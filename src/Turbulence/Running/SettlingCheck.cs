using Turbulence.Events;
using Turbulence.Experiments;
using Turbulence.Interruptions;
using Turbulence.Options;

namespace Turbulence.Running;

/// <summary>
/// Checks the steady state until it is met, or until the system has had its time to settle (<see cref="RunOptions.Settle"/>). The first
/// check is told as any other; of the others only the last.
/// </summary>
internal sealed class SettlingCheck(RunContext context, HypothesisCheck check)
{
    private static readonly TimeSpan Gap = TimeSpan.FromMilliseconds(250);

    /// <summary>Checks; the clock starts here.</summary>
    /// <returns>The last check.</returns>
    /// <exception cref="OperationCanceledException">The run was asked to stop.</exception>
    public async Task<HypothesisRun> RunAsync(SteadyStateHypothesis hypothesis, CancellationToken cancellationToken)
    {
        var began = context.Time.GetTimestamp();
        HypothesisRun Timed(HypothesisRun run)
        {
            var took = context.Time.GetElapsedTime(began);
            return run with { Settled = took, IsRepeated = IsWorthAnother(run) && took < context.Options.Settle };
        }

        var run = await check.RunAsync(hypothesis, RunPhase.Closing, 0, Timed, cancellationToken);
        if (!run.IsRepeated)
        {
            return run;
        }

        var unheard = context.Unheard();
        var quiet = new HypothesisCheck(unheard, new ActivityExecution(unheard));
        while (run.IsRepeated)
        {
            var left = context.Options.Settle - context.Time.GetElapsedTime(began);
            await Task.Delay(left < Gap ? TimeSpan.FromTicks(Math.Max(1, left.Ticks)) : Gap, context.Time, cancellationToken);
            run = await quiet.RunAsync(hypothesis, RunPhase.Closing, run.Iteration + 1, Timed, cancellationToken);
        }

        context.Events.Publish(new HypothesisEnded(context.Events.Now, run));
        return run;
    }

    // What could not be carried out at all cannot be carried out in a second either.
    private static bool IsWorthAnother(HypothesisRun run) => !run.Met && !run.Probes.Any(static probe => probe.End == ActivityEnd.Crashed);
}
