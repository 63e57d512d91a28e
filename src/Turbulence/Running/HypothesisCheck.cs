using System.Text.Json.Nodes;
using Turbulence.Controls;
using Turbulence.Events;
using Turbulence.Experiments;
using Turbulence.Interruptions;
using Turbulence.Journals;

namespace Turbulence.Running;

/// <summary>Checks the steady state once. Every probe is carried out; the reference stops at the first miss.</summary>
internal sealed class HypothesisCheck(RunContext context, ActivityExecution activities)
{
    /// <summary>Carries out the probes of <paramref name="hypothesis"/> in their order.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled in the middle; no result is told.</exception>
    public Task<HypothesisRun> RunAsync(
        SteadyStateHypothesis hypothesis, RunPhase phase, int iteration, CancellationToken cancellationToken) =>
        RunAsync(hypothesis, phase, iteration, static run => run, cancellationToken);

    /// <summary>Carries out the probes of <paramref name="hypothesis"/> in their order.</summary>
    /// <param name="hypothesis">What is checked.</param>
    /// <param name="phase">The stage.</param>
    /// <param name="iteration">The number of the check.</param>
    /// <param name="judge">Has the last word on the record before it is told.</param>
    /// <param name="cancellationToken">Ends the check.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled in the middle; no result is told.</exception>
    public async Task<HypothesisRun> RunAsync(
        SteadyStateHypothesis hypothesis,
        RunPhase phase,
        int iteration,
        Func<HypothesisRun, HypothesisRun> judge,
        CancellationToken cancellationToken)
    {
        context.Events.Publish(new HypothesisStarted(context.Events.Now, phase, hypothesis.Title, iteration));
        var probes = new List<ActivityRun>();
        var looking = phase is RunPhase.During or RunPhase.After ? context.LookAtFaults(cancellationToken) : Task.CompletedTask;
        var round = context.Controls.Around(ControlLevel.Hypothesis, hypothesis.Declaration);
        var run = round.IsEmpty
            ? await ProbesAsync(hypothesis, phase, iteration, probes, cancellationToken)
            : await ControlledAsync(round, hypothesis, phase, iteration, probes, cancellationToken);
        await looking;
        if (phase == RunPhase.After)
        {
            // In at the beginning of the check is not in to its end.
            await context.LookAtFaults(cancellationToken);
        }

        run = judge(run);
        context.Events.Publish(new HypothesisEnded(context.Events.Now, run));
        return run;
    }

    private async Task<HypothesisRun> ControlledAsync(
        ControlRound round,
        SteadyStateHypothesis hypothesis,
        RunPhase phase,
        int iteration,
        List<ActivityRun> probes,
        CancellationToken cancellationToken)
    {
        HypothesisRun? run = null;
        JsonNode? changed = null;
        var begun = false;
        try
        {
            await context.Controls.BeforeAsync(round, cancellationToken);
            cancellationToken.ThrowIfCancellationRequested();
            begun = true;
            run = await ProbesAsync(hypothesis, phase, iteration, probes, cancellationToken);
        }
        finally
        {
            changed = await context.Controls.AfterAsync(
                round, () => run is not null ? JournalJson.State(run) : begun ? JournalJson.State(probes) : null);
        }

        if (context.Compatible)
        {
            // The reference loses the state of a check that a control interrupts.
            cancellationToken.ThrowIfCancellationRequested();
        }

        return changed is not JsonObject state ? run : run with
        {
            Amended = state,
            Met = state["steady_state_met"] is JsonValue met && met.TryGetValue<bool>(out var flag) ? flag : run.Met,
        };
    }

    private async Task<HypothesisRun> ProbesAsync(
        SteadyStateHypothesis hypothesis, RunPhase phase, int iteration, List<ActivityRun> probes, CancellationToken cancellationToken)
    {
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

        return new HypothesisRun(phase, hypothesis.Title, iteration, met, probes)
        {
            WasLeftOut = !context.Compatible && probes.Count > 0 && probes.TrueForAll(static probe => probe.Dry),
        };
    }
}
