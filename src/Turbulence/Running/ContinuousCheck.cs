using Turbulence.Events;
using Turbulence.Experiments;
using Turbulence.Interruptions;
using Turbulence.Verdicts;

namespace Turbulence.Running;

/// <summary>
/// Checks the steady state again and again while the method plays. Nothing of a check is kept here but what the verdict
/// needs, so a run of days needs no more memory than one of seconds.
/// </summary>
internal sealed class ContinuousCheck(RunContext context, HypothesisCheck check)
{
    /// <summary>What was found so far.</summary>
    public ContinuousFindings Findings { get; } = new();

    /// <summary>
    /// Checks until <paramref name="methodEnded"/> or <paramref name="interrupted"/> is cancelled, or a miss asks for the end.
    /// </summary>
    /// <param name="hypothesis">What is checked.</param>
    /// <param name="endMethod">Called once when a miss asks the method to end.</param>
    /// <param name="methodEnded">No further check begins; the one that goes on is finished.</param>
    /// <param name="interrupted">Ends at once, the check that goes on included.</param>
    public async Task RunAsync(
        SteadyStateHypothesis hypothesis, Action endMethod, CancellationToken methodEnded, CancellationToken interrupted)
    {
        context.Events.Publish(new ContinuousStarted(context.Events.Now, context.Options.Frequency));
        using var either = CancellationTokenSource.CreateLinkedTokenSource(methodEnded, interrupted);
        try
        {
            do
            {
                var run = await check.RunAsync(hypothesis, RunPhase.During, ++Findings.Iterations, interrupted);
                if (!run.Met && Ends(run))
                {
                    endMethod();
                    break;
                }

                await Task.Delay(context.Options.Frequency, context.Time, either.Token);
            }
            while (!either.IsCancellationRequested);
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            // The method is over, or the run was interrupted: either way there is nothing left to watch.
        }

        context.Events.Publish(new ContinuousEnded(context.Events.Now, Findings.Iterations, Findings.Missed, Findings.FailedFast));
    }

    private bool Ends(HypothesisRun run)
    {
        Findings.Missed++;
        Findings.FirstMiss ??= run;
        Findings.Crashed |= run.Probes.Any(probe => probe.End == ActivityEnd.Crashed);
        Findings.FailedFast |= context.Options.FailFast;
        return Findings.FailedFast || (Findings.Crashed && context.Compatible);
    }
}
