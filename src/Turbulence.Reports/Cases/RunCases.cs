using System.Globalization;
using Turbulence.Interruptions;
using Turbulence.Reports.Runs;

namespace Turbulence.Reports.Cases;

/// <summary>
/// The cases of a run. Whoever adds them up and knows nothing but passed and failed is not misled: the verdict is a case of its own, which
/// passes only where the run did and nothing is left that needs a person, and is skipped only where the run was a rehearsal.
/// </summary>
internal static class RunCases
{
    /// <summary>All of them, the verdict first.</summary>
    public static IReadOnlyList<ReportedCase> Of(ReportedRun run)
    {
        var names = new Dictionary<(string, string), int>();
        return
        [
            .. ((IEnumerable<ReportedCase>)[Verdict(run)])
                .Concat(run.Activities.Select(one => Activity(one, run)))
                .Concat(run.Checks.Where(check => check.IsMissedAlone(run)).Select(Check))
                .Concat(run.Faults.SelectMany((fault, place) => Fault(fault, place + 1, run)))
                .Concat(run.Loads.Where(static load => load.ToleranceMet is not null).Select(load => Load(load, run)))
                .Concat(Safeguards(run))
                .Select(one => Apart(one, names)),
        ];
    }

    /// <summary>The case of a run that nobody can read of.</summary>
    public static ReportedCase Unread(string problem) =>
        new("verdict", "verdict", CaseOutcome.Error) { Type = "unreadable", Message = $"the journal cannot be read: {problem}" };

    private static ReportedCase Verdict(ReportedRun run)
    {
        var word = ReportedVerdictWord.Of(run.Verdict);
        var reasons = run.Reasons.Count == 0 ? "" : $": {string.Join("; ", run.Reasons)}";
        return new ReportedCase("verdict", "verdict", run switch
        {
            { NeedsAPerson: true } => CaseOutcome.Error,
            { Verdict: ReportedVerdict.Passed } => CaseOutcome.Passed,
            { Verdict: ReportedVerdict.Dry } => CaseOutcome.Skipped,
            { Verdict: ReportedVerdict.Deviated } => CaseOutcome.Failed,
            _ => CaseOutcome.Error,
        })
        {
            Type = run is { NeedsAPerson: true, Verdict: not ReportedVerdict.NeedsAPerson } ? $"{word}, needs-a-person" : word,
            Message = word + (run is { NeedsAPerson: true, Verdict: not ReportedVerdict.NeedsAPerson } ? ", and the system needs a person" : "") + reasons,
            Duration = run.Duration ?? 0,
        };
    }

    private static ReportedCase Activity(ReportedActivity one, ReportedRun run)
    {
        var (outcome, type, message) = one switch
        {
            { Status: ActivityStatus.Dry } => (CaseOutcome.Skipped, "dry", "it was left out on request"),
            { Status: ActivityStatus.Inconclusive } => (CaseOutcome.Skipped, "inconclusive", one.Error ?? "what it measured proves nothing"),
            { Status: ActivityStatus.WithoutEffect } => (CaseOutcome.Skipped, "without-effect", one.Error ?? "it had no effect"),
            { Status: ActivityStatus.Interrupted } => (CaseOutcome.Skipped, "interrupted", "the run was stopped meanwhile"),
            { Status: ActivityStatus.Unfinished } => (
                run.Verdict == ReportedVerdict.Unfinished ? CaseOutcome.Skipped : CaseOutcome.Error, "unfinished", "the journal has no end of it"),
            { Status: ActivityStatus.Crashed } => (CaseOutcome.Error, "crashed", one.Error ?? "it could not be carried out"),
            { ToleranceMet: false } => (CaseOutcome.Failed, "tolerance-missed", Missed(one)),
            { Status: ActivityStatus.Failed } => (CaseOutcome.Error, "failed", one.Error ?? "it failed"),
            _ => (CaseOutcome.Passed, "", null),
        };
        var what = one.Type is "action" or "probe" ? one.Type : "activity";
        return new ReportedCase(Group(one.Phase), $"{what} {one.Name}", outcome)
        {
            Type = type,
            Message = message,
            Duration = one.Duration ?? 0,
            Begin = one.Begin ?? 0,
        };
    }

    private static string Missed(ReportedActivity one) => one.Error is { } error
        ? $"expected {one.Tolerance ?? "an answer"}, and it failed: {error}"
        : $"expected {one.Tolerance ?? "what it tolerates"}, got {one.Output ?? "nothing"}";

    private static ReportedCase Check(ReportedCheck check) => new(Group(check.Phase), "steady state", CaseOutcome.Failed)
    {
        Type = "steady-state-missed",
        Message = "the steady state was not met, whatever its probes say",
        Begin = check.Begin ?? 0,
        Duration = Math.Max(0, check.End - check.Begin ?? 0),
    };

    private static IEnumerable<ReportedCase> Fault(ReportedFault fault, int number, ReportedRun run)
    {
        // Ids differ from run to run; whoever follows a case through many of them wants one name.
        var name = $"{fault.Kind} of {fault.Activity} ({number.ToString(CultureInfo.InvariantCulture)})";
        var (outcome, type, message) = fault switch
        {
            { Lost: { } lost } => (CaseOutcome.Skipped, "lost", $"it was not in effect to its end: {lost}"),
            { Effect: { Seen: true, Text: var seen } } => (CaseOutcome.Passed, "", seen),
            { Effect: { Seen: false, Text: var seen } } => (CaseOutcome.Skipped, "without-effect", $"it had no effect: {seen}"),
            { WasIn: true } => (CaseOutcome.Skipped, "unseen", "nobody has looked at its effect"),
            _ => (CaseOutcome.Skipped, "not-in", fault.Problem ?? $"it was not in: {fault.State}"),
        };
        yield return new ReportedCase("faults", $"effect of {name}", outcome)
        {
            Type = type,
            Message = message,
            Begin = fault.Times.Injecting ?? 0,
            Duration = Math.Max(0, (fault.Times.Reverting ?? fault.Times.Lost) - fault.Times.Injecting ?? 0),
        };
        if (fault.State == "planned")
        {
            yield break;
        }

        var by = fault.RevertedBy is { } who ? $"taken back by {who}: " : "";
        yield return new ReportedCase("faults", $"undo of {name}", !fault.IsOutstanding ? CaseOutcome.Passed
            : run.Verdict == ReportedVerdict.Unfinished && run.Guardian is null ? CaseOutcome.Skipped
            : CaseOutcome.Error)
        {
            Type = fault.IsOutstanding ? "not-taken-back" : "",
            Message = by + (fault.IsOutstanding ? Outstanding(fault) : fault.Confirmation?.Text ?? "confirmed"),
            Begin = fault.Times.Reverting ?? 0,
            Duration = Math.Max(0, fault.Times.Confirmed - fault.Times.Reverting ?? 0),
        };
    }

    private static string Outstanding(ReportedFault fault)
    {
        var why = fault.Problem ?? (fault.Confirmation is { Seen: false, Text: var seen } ? seen : "nobody has seen that everything is as it was");
        return fault.IsIrreversible
            ? $"it cannot be taken back: {why}"
            : $"it is {fault.State}: {why}" + (fault.Undo is { } undo ? $"; what to do: {undo}" : "");
    }

    private static ReportedCase Load(ReportedLoad load, ReportedRun run)
    {
        var reasons = run.Reasons.Where(static reason => reason.StartsWith("users: ", StringComparison.Ordinal)).ToList();
        return new ReportedCase("users", load.Name, load.ToleranceMet == true ? CaseOutcome.Passed

            // What nobody knows is not met either, and no miss.
            : run.Verdict == ReportedVerdict.Inconclusive ? CaseOutcome.Skipped
            : CaseOutcome.Failed)
        {
            Type = load.ToleranceMet == true ? "" : "tolerance-missed",
            Message = load.ToleranceMet == true ? null : reasons.Count > 0 ? string.Join("; ", reasons) : $"expected {load.Tolerance}",
            Begin = load.Begin ?? 0,
            Duration = load.Elapsed ?? 0,
        };
    }

    private static IEnumerable<ReportedCase> Safeguards(ReportedRun run) => run.Safeguards is not { } safeguards ? [] :
    [
        new ReportedCase("safeguards", "safeguards", safeguards.Missed is null ? CaseOutcome.Passed : CaseOutcome.Error)
        {
            Type = safeguards.Missed is null ? "" : "safeguard-missed",
            Message = safeguards.Missed is { } missed ? $"'{missed.Name}' was missed: {Missed(missed)}" : null,
            Begin = safeguards.Begin ?? 0,
            Duration = Math.Max(0, safeguards.End - safeguards.Begin ?? 0),
        },
    ];

    private static string Group(RunPhase phase) => phase switch
    {
        RunPhase.Gate => "before",
        RunPhase.After => "after",
        RunPhase.Closing => "after-rollbacks",
        _ => phase.ToString().ToLowerInvariant(),
    };

    // Somebody may have called his probe as the second of another is called here.
    private static ReportedCase Apart(ReportedCase one, Dictionary<(string, string), int> names)
    {
        var apart = one;
        while (!names.TryAdd((apart.Group, apart.Name), 1))
        {
            var count = ++names[(one.Group, one.Name)];
            apart = one with { Name = $"{one.Name} ({count.ToString(CultureInfo.InvariantCulture)})" };
        }

        return apart;
    }
}
