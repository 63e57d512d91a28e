using Turbulence.Experiments;
using Turbulence.Running.Events;

namespace Turbulence.Running;

/// <summary>Checks the steady state once. Every probe is carried out; the reference stops at the first miss.</summary>
internal sealed class HypothesisCheck(RunContext context, ActivityExecution activities)
{
    /// <summary>Carries out the probes of <paramref name="hypothesis"/> in their order.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled in the middle; no result is told.</exception>
    public async Task<HypothesisRun> RunAsync(SteadyStateHypothesis hypothesis, RunPhase phase, int iteration, CancellationToken cancellationToken)
    {
        context.Events.Publish(new HypothesisStarted(context.Events.Now, phase, hypothesis.Title, iteration));
        var probes = new List<ActivityRun>();
        var met = true;
        for (var i = 0; i < hypothesis.Probes.Count; i++)
        {
            var probe = await activities.RunAsync(hypothesis.Probes[i], phase, background: false, cancellationToken);
            probes.Add(probe);
            met &= probe.ToleranceMet == true;
            if (!met && context.Compatible)
            {
                break;
            }
        }

        var run = new HypothesisRun(phase, hypothesis.Title, iteration, met, probes);
        context.Events.Publish(new HypothesisEnded(context.Events.Now, run));
        return run;
    }
}
