using Turbulence.Interruptions;
using Turbulence.Reports.Runs;

namespace Turbulence.Reports.Reading;

/// <summary>What a journal says that its run has shown, or what follows from it.</summary>
internal static class ReportedVerdicts
{
    /// <summary>The verdict of a journal of ours.</summary>
    public static ReportedRun Told(ReportedRun run, JournalContent content)
    {
        if (content.VerdictWord is null || content.IsRunning)
        {
            return run with { Verdict = ReportedVerdict.Unfinished, IsVerdictDerived = true, Reasons = [.. Lost(run), .. run.Reasons] };
        }

        return ReportedVerdictWord.Parse(content.VerdictWord) is { } verdict
            ? run with { Verdict = verdict }
            : run with
            {
                Verdict = ReportedVerdict.Failed,
                IsVerdictDerived = true,
                Reasons = [$"the journal says '{content.VerdictWord}', which is no verdict that this program knows", .. run.Reasons],
            };
    }

    /// <summary>
    /// The verdict of a journal that has none, by the rules of our default mode, as far as the journal says what these ask for: the
    /// reference calls a run completed whose gate was not met, or whose actions failed.
    /// </summary>
    public static ReportedRun Derived(ReportedRun run, JournalContent content)
    {
        var method = run.Activities.Where(static one => one.Phase == RunPhase.Method).ToList();
        var failedActions = method.Where(static one => one is { Type: "action", Status: not ActivityStatus.Succeeded }).ToList();
        var failedProbes = method.Where(static one => one is { Type: not "action", Status: not ActivityStatus.Succeeded }).ToList();
        var failedRollbacks = run.Activities
            .Where(static one => one is { Phase: RunPhase.Rollbacks, Status: not ActivityStatus.Succeeded }).ToList();
        var gate = content.Before is { Met: false };
        var missed = Missed(run, content).ToList();
        var verdict = run.Status switch
        {
            null => ReportedVerdict.Unfinished,
            "interrupted" => ReportedVerdict.Interrupted,
            _ when gate => ReportedVerdict.Inconclusive,
            "aborted" => ReportedVerdict.Failed,
            _ when failedActions.Count > 0 => ReportedVerdict.Failed,
            _ when missed.Count > 0 || run.Deviated => ReportedVerdict.Deviated,
            "completed" when failedProbes.Count == 0 => run.Dry is null ? ReportedVerdict.Passed : ReportedVerdict.Dry,
            _ => ReportedVerdict.Failed,
        };
        List<string> reasons = [];
        if (gate)
        {
            reasons.AddRange(run.Activities
                .Where(static one => one is { Phase: RunPhase.Gate } && one.IsTrouble).Select(static one => $"before the method: {Why(one)}"));
            reasons.Add("the steady state was not met before the method, so nothing was tried and nothing was proven");
        }

        reasons.AddRange(failedActions.Select(static one => $"in the method: {Why(one)}"));
        reasons.AddRange(missed);
        reasons.AddRange(failedProbes.Select(static one => $"in the method: {Why(one)}"));
        reasons.AddRange(failedRollbacks.Select(
            static one => $"in the rollbacks: {Why(one)}; what it takes back may still be there, see to it by hand"));
        if (verdict is not (ReportedVerdict.Passed or ReportedVerdict.Dry) && reasons.Count == 0)
        {
            reasons.Add(run.Status is null ? "the journal has no status" : $"the journal's status is '{run.Status}'");
        }

        if (run.Deviated && missed.Count == 0)
        {
            reasons.Add("the journal says that the steady state has deviated");
        }

        var needsAPerson = failedRollbacks.Count > 0;
        return run with
        {
            Verdict = needsAPerson && verdict is (ReportedVerdict.Passed or ReportedVerdict.Dry) ? ReportedVerdict.NeedsAPerson : verdict,
            IsVerdictDerived = true,
            NeedsAPerson = needsAPerson,
            Reasons = reasons,
        };
    }

    private static IEnumerable<string> Lost(ReportedRun run)
    {
        if (run.Guardian is { } guardian)
        {
            yield return $"the runner was lost: {guardian.Reason}; "
                + (guardian.Confirmed ? "its guardian has seen that everything is as it was" : "its guardian has not seen everything taken back");
            foreach (var complaint in guardian.Complaints)
            {
                yield return $"its guardian: {complaint}";
            }
        }
        else
        {
            yield return "the journal has no end: the run goes on, or its runner was killed";
        }

        foreach (var fault in run.Faults.Where(static fault => fault.IsOutstanding))
        {
            yield return $"fault {fault.Id} ({fault.Kind}, '{fault.Activity}') was {fault.State} when the journal was written last"
                + (fault.Undo is { } undo ? $"; its undo: {undo}" : "");
        }
    }

    private static IEnumerable<string> Missed(ReportedRun run, JournalContent content)
    {
        foreach (var one in run.Activities.Where(static one => one is { Phase: RunPhase.Method, ToleranceMet: false }))
        {
            yield return $"in the method: {Why(one)}";
        }

        if (content.During.Count(static check => check.Met == false) is > 0 and var count)
        {
            var first = run.Activities.FirstOrDefault(static one => one.Phase == RunPhase.During && one.IsTrouble);
            yield return $"while the method played: {count} of {content.During.Count} checks were not met"
                + (first is null ? "" : $"; first, {Why(first)}");
        }

        if (content.After is { Met: false })
        {
            foreach (var one in run.Activities.Where(static one => one.Phase == RunPhase.After && one.IsTrouble))
            {
                yield return $"after the method: {Why(one)}";
            }
        }
    }

    private static string Why(ReportedActivity one)
    {
        var what = one.Type == "action" ? "action" : "probe";
        return one.Status switch
        {
            ActivityStatus.Succeeded => $"{what} '{one.Name}': expected {one.Tolerance ?? "what it tolerates"}, got {one.Output ?? "nothing"}",
            ActivityStatus.Failed => $"{what} '{one.Name}' failed: {one.Error ?? "nobody said why"}",
            var status => $"{what} '{one.Name}' was not carried out to its end ({ActivityStatusWord.Of(status)})",
        };
    }
}
