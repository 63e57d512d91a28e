using System.Globalization;
using Turbulence.Documents;
using Turbulence.Events;
using Turbulence.Experiments;

namespace Turbulence.Verdicts;

/// <summary>
/// Makes the verdict of a run from what it found. The first line that applies wins:
/// <list type="number">
/// <item><c>interrupted</c>: something asked the run to stop;</item>
/// <item><c>failed</c>: the system could not be started, or a probe of the gate is broken;</item>
/// <item><c>inconclusive</c>: the gate was not met;</item>
/// <item><c>failed</c>: an action of the method failed, so the experiment was not the one that was written;</item>
/// <item><c>inconclusive</c>: a fault of the method had no effect, or lost it early, or what was measured there proves nothing. Again the
/// experiment was not the one that was written: a steady state that was met then proves nothing, and one that was missed was missed for
/// another reason than the fault. The miss stands among the reasons and as the journal's <c>deviated</c>;</item>
/// <item><c>deviated</c>: a steady state or a tolerance was missed from the method on, or the users felt what theirs does not allow;</item>
/// <item><c>failed</c>: a probe of the method failed, or one of the hypothesis is broken;</item>
/// <item><c>dry</c>: something was left out on request, so that nothing was proven;</item>
/// <item><c>inconclusive</c>: a fault was in, and nothing looked at the system then or later, or nobody knows whether the users felt what
/// they may, so that nothing was proven either;</item>
/// <item><c>passed</c>.</item>
/// </list>
/// A run whose record is not complete has <c>failed</c>, where it was not interrupted: what it found can be read nowhere. That the system
/// needs a person stands above all of them, when a rollback failed, a fault was not seen to be taken back (it may still be there), or a
/// service that was there before the run is not there after it.
/// </summary>
internal static class VerdictRules
{
    /// <summary>Whether a steady state or a tolerance was missed from the method on.</summary>
    public static bool Deviates(RunFindings findings) => Misses(findings).Any();

    /// <summary>The verdict in the default mode.</summary>
    public static RunOutcome Decide(RunFindings findings)
    {
        var misses = Misses(findings).ToList();
        var failedActions = Failures(findings, ActivityType.Action).ToList();
        var failedProbes = Failures(findings, ActivityType.Probe).Concat(Broken(findings)).ToList();
        List<string> withoutEffect = [.. FaultReasons.WithoutEffect(findings), .. FaultReasons.LostEarly(findings), .. Unproven(findings)];
        List<string> untested = [.. FaultReasons.Untested(findings), .. findings.UnprovenByUsers];
        var verdict = Choose(findings, misses.Count > 0, failedActions.Count > 0, withoutEffect.Count > 0, failedProbes.Count > 0);
        if (verdict != Verdict.Passed)
        {
            // It has another word already, for a reason that says more.
            untested.Clear();
        }

        verdict = untested.Count > 0 ? Verdict.Inconclusive : verdict;
        verdict = findings.IncompleteRecord is not null && verdict != Verdict.Interrupted ? Verdict.Failed : verdict;

        List<string> reasons = [];
        if (findings.Interruption is { } interruption)
        {
            reasons.Add(interruption.Message);
        }

        reasons.AddRange(findings.Problems);
        if (findings.Gate is { Met: false } gate)
        {
            reasons.AddRange(gate.Probes.Where(probe => probe.ToleranceMet != true).Select(probe => $"before the method: {Why(probe)}"));
            reasons.Add("the steady state was not met before the method, so nothing was tried and nothing was proven");
        }

        reasons.AddRange(failedActions);
        reasons.AddRange(withoutEffect);
        reasons.AddRange(misses);
        reasons.AddRange(failedProbes);
        reasons.AddRange(findings.LeftOut);
        reasons.AddRange(untested);
        reasons.AddRange(FaultReasons.OverUnseen(findings));
        List<string> left = [
            .. RollbackReasons(findings), .. FaultReasons.Outstanding(findings), .. findings.LeftToAPerson, .. findings.LostServices,
        ];
        reasons.AddRange(left);
        if (findings.IncompleteRecord is { } incomplete)
        {
            reasons.Add(incomplete);
        }

        var status = verdict switch
        {
            Verdict.Interrupted => RunStatus.Interrupted,
            Verdict.Failed or Verdict.Inconclusive => RunStatus.Failed,
            _ => RunStatus.Completed,
        };
        return new RunOutcome(status, misses.Count > 0, verdict, left.Count > 0, reasons)
        {
            Faults = findings.Faults?.All ?? [],
            Notes = findings.Notes,
        };
    }

    /// <summary>
    /// The outcome as the reference gives it; the verdict is the nearest of ours. The reference has no faults: one that may still be in is
    /// never a 0.
    /// </summary>
    public static RunOutcome DecideAsReference(RunFindings findings)
    {
        var ours = Decide(findings);
        var status = findings.Status ?? RunStatus.Completed;
        var verdict = (status, findings.Deviated) switch
        {
            (RunStatus.Interrupted, _) => Verdict.Interrupted,
            (_, true) => Verdict.Deviated,
            (RunStatus.Completed, false) when findings.IncompleteRecord is null =>
                findings.LeftOut.Count > 0 ? Verdict.Dry : Verdict.Passed,
            _ => Verdict.Failed,
        };
        // A rollback that failed is the reference's own matter.
        var needsAPerson = findings.LostServices.Count > 0 || FaultReasons.Outstanding(findings).Any();
        var reasons = ours.Reasons.Except(FaultReasons.Untested(findings)).Except(findings.UnprovenByUsers);
        return new RunOutcome(status, findings.Deviated, verdict, needsAPerson, [.. reasons])
        {
            Faults = ours.Faults,
            Notes = ours.Notes,
            Compatibility = Compatibility.ChaosToolkit,
        };
    }

    private static IEnumerable<string> Unproven(RunFindings findings) =>
        Unproven("in the method", findings.MethodTroubles)
            .Concat(Unproven("while the method played", findings.During?.FirstMiss?.Probes ?? []))
            .Concat(Unproven("after the method", findings.After?.Probes ?? []))
            .Concat(Unproven("after the rollbacks", findings.Closing?.Probes ?? []));

    private static IEnumerable<string> Unproven(string when, IEnumerable<ActivityRun> activities) => activities
        .Where(static activity => activity.End == ActivityEnd.Inconclusive)
        .Select(activity => $"{when}: what '{activity.Activity.Name}' measured proves nothing: {activity.Message?.TrimEnd('.')}");

    private static Verdict Choose(RunFindings findings, bool missed, bool actionFailed, bool withoutEffect, bool probeFailed)
    {
        if (findings.Interruption is not null)
        {
            return Verdict.Interrupted;
        }

        if (findings.Problems.Count > 0 && !findings.MethodStarted)
        {
            return Verdict.Failed;
        }

        if (findings.Gate is { Met: false } gate)
        {
            return gate.Probes.Any(probe => probe.End == ActivityEnd.Crashed) ? Verdict.Failed : Verdict.Inconclusive;
        }

        return actionFailed ? Verdict.Failed
            : withoutEffect ? Verdict.Inconclusive
            : missed ? Verdict.Deviated
            : probeFailed || findings.Problems.Count + findings.LostServices.Count > 0 ? Verdict.Failed
            : findings.LeftOut.Count > 0 ? Verdict.Dry
            : Verdict.Passed;
    }

    // A broken probe (one that ended in an unforeseen way) says nothing about the system; a refused or late one does.
    private static bool IsMiss(ActivityRun probe) => probe is { ToleranceMet: false, End: ActivityEnd.Succeeded or ActivityEnd.Failed };

    private static IEnumerable<string> Misses(RunFindings findings)
    {
        foreach (var activity in findings.MethodTroubles.Where(
            activity => activity.Activity.Type == ActivityType.Probe || activity.End == ActivityEnd.Succeeded))
        {
            if (IsMiss(activity))
            {
                yield return $"in the method: {Why(activity)}";
            }
        }

        if (findings.During is { Missed: > 0, FirstMiss: { } first } during)
        {
            foreach (var miss in Misses(first))
            {
                yield return $"while the method played: {during.Missed} of {during.Iterations} checks were not met; first, {miss}";
            }
        }

        foreach (var miss in Misses(findings.After))
        {
            yield return $"after the method: {miss}";
        }

        foreach (var miss in Misses(findings.Closing))
        {
            yield return $"after the rollbacks{Waited(findings.Closing!)}: {miss}";
        }

        // What they felt of a system that was not well before the method is nothing that the method did.
        foreach (var miss in findings.Gate is { Met: false } ? [] : findings.MissedByUsers)
        {
            yield return miss;
        }
    }

    private static string Waited(HypothesisRun closing) => closing is { Iteration: > 0, Settled: { } settled }
        ? string.Create(CultureInfo.InvariantCulture, $", and still {settled.TotalSeconds:0.0} s later")
        : "";

    // A control may have had the last word on a check.
    private static IEnumerable<string> Misses(HypothesisRun? check) => check switch
    {
        null or { Met: true, Amended: not null } => [],
        { Met: false, Amended: not null, Missed: null } => ["a control says that the steady state is not met"],
        _ => check.Probes.Where(IsMiss).Select(Why),
    };

    private static IEnumerable<string> Failures(RunFindings findings, ActivityType type) => findings.MethodTroubles
        .Where(activity => activity.Activity.Type == type
            && activity.End is not (ActivityEnd.Succeeded or ActivityEnd.WithoutEffect or ActivityEnd.Inconclusive)
            && (type == ActivityType.Action || !IsMiss(activity)))
        .Select(activity => $"in the method: {Why(activity)}");

    private static IEnumerable<string> Broken(RunFindings findings) =>
        new[] { findings.During?.FirstMiss, findings.After, findings.Closing }
            .Where(check => check is not null)
            .SelectMany(check => check!.Probes)
            .Where(probe => probe.End == ActivityEnd.Crashed)
            .Select(probe => $"in the steady state: {Why(probe)}");

    private static IEnumerable<string> RollbackReasons(RunFindings findings)
    {
        foreach (var rollback in findings.RollbackTroubles)
        {
            yield return $"in the rollbacks: {Why(rollback).TrimEnd('.')}; what it takes back may still be there, see to it by hand";
        }

        if (findings.RollbacksLeftOut > 0)
        {
            yield return $"{findings.RollbacksLeftOut} rollbacks were left out on request; what they take back may still be there, see to it by hand";
        }
    }

    private static string Why(ActivityRun run)
    {
        var what = run.Activity.Type == ActivityType.Action ? "action" : "probe";
        return run.End == ActivityEnd.Succeeded && run.Tolerance is { } tolerance
            ? $"{what} '{run.Activity.Name}': {tolerance.Rule}: expected {tolerance.Expected}, got {tolerance.Actual}"
            : $"{what} '{run.Activity.Name}' {(run.End == ActivityEnd.Crashed ? "could not be carried out" : "failed")}: {run.Message ?? "it was interrupted"}";
    }
}
