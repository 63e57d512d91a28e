using Turbulence.Interruptions;
using Turbulence.Reports.Runs;

namespace Turbulence.Reports.Texts;

/// <summary>
/// The four things that who looks for ten seconds wants to know of a run: what was done to the system, what its users felt, whether it is
/// as it was, and what is to be done now.
/// </summary>
/// <param name="run">The run.</param>
internal sealed class RunInShort(ReportedRun run)
{
    private const int MostNamed = 3;

    private readonly FaultServices services = FaultServices.Of(run);

    /// <summary>What was done to the system.</summary>
    public string Done
    {
        get
        {
            var put = run.Faults.Where(static fault => fault.WasIn).ToList();
            if (put.Count > 0)
            {
                return string.Join("; ", put.Take(MostNamed).Select(Fault)) + (put.Count > MostNamed ? $"; and {put.Count - MostNamed} more" : "");
            }

            var actions = run.Activities.Where(static one => one is { Type: "action", Phase: RunPhase.Method, Begin: not null }
                && one.Provider is not "load").Select(static one => one.Name).Distinct().ToList();
            return !run.Activities.Any(static one => one.Phase == RunPhase.Method) ? "nothing: it came to no activity of the method"
                : actions.Count > 0 ? $"{Named(actions)}; no fault of ours was put in"
                : "no fault was put in";
        }
    }

    /// <summary>What its users felt.</summary>
    public string Users
    {
        get
        {
            var load = run.Loads.FirstOrDefault(static load => load.Intended > 0);
            if (load is null)
            {
                return "not measured: no load was sent";
            }

            var lost = load.Lost == 0 ? $"none of {FigureText.Count(load.Intended)} requests was lost"
                : $"{FigureText.Count(load.Lost)} of {FigureText.Count(load.Intended)} requests were lost{When(load)}";
            return load.Bottleneck is not null || run.Verdict == ReportedVerdict.Inconclusive
                ? $"{lost}; but this run proves nothing, so neither do its figures" : lost;
        }
    }

    /// <summary>Whether everything is as it was.</summary>
    public string Now
    {
        get
        {
            var left = run.Faults.Where(static fault => fault.IsOutstanding).ToList();
            return run.Verdict == ReportedVerdict.Unfinished && run.Guardian is null ? "not known yet: the run has no end"
                : left.Count > 0 ? $"not known: {Named([.. left.Select(static fault => $"{fault.Kind} of '{fault.Activity}'")])} was not seen to be taken back"
                : run.NeedsAPerson ? "not known: somebody has to look"
                : run.Faults.Any(static fault => fault.WasIn) ? "yes: each fault was seen to be taken back"
                : run.IsReference ? "not known: a journal of the reference runner does not say"
                : "yes: no fault of ours was in";
        }
    }

    /// <summary>What is to be done now.</summary>
    public string Next => run.NeedsAPerson ? Person() : run.Verdict switch
    {
        ReportedVerdict.Passed => "nothing",
        ReportedVerdict.Deviated => "mend the weakness, or expect it until you can (chaos run --weaknesses), and run it again",
        ReportedVerdict.Failed => "mend what could not be carried out, and run it again",
        ReportedVerdict.Inconclusive => Inconclusive(),
        ReportedVerdict.Interrupted => "run it again when nobody stops it",
        ReportedVerdict.Dry => "run it without leaving anything out",
        ReportedVerdict.Unfinished => "wait for its end, or see with 'chaos faults list' what is left of it",
        _ => Person(),
    };

    private string Inconclusive() =>
        run.Checks.Any(static check => check is { Phase: RunPhase.Gate, Met: false })
            ? "bring the system to its steady state (it was not met before anything was done), and run it again"
        : run.Loads.Any(static load => load.Bottleneck is not null)
            ? "send fewer requests a second, or use a machine with less to do, and run it again"
        : run.Faults.Any(static fault => fault.Effect is not { Seen: true })
            ? "see below why a fault had no effect, or why nobody could see it, and run it again"
        : "see the reasons above, and run it again";

    private string Person()
    {
        List<string> steps = [.. run.Faults.Where(static fault => fault.IsOutstanding).Take(MostNamed).Select(static fault =>
            $"look at {(fault.Targets.Count > 0 ? string.Join(", ", fault.Targets) : fault.Kind)}"
            + (fault.Undo is { } undo ? $"; its undo: {undo}" : ""))];
        steps.AddRange(run.Activities.Where(static one => one is { Phase: RunPhase.Rollbacks, IsTrouble: true }).Take(MostNamed)
            .Select(static one => $"do by hand what the rollback '{one.Name}' could not{(one.Error is { } error ? $": {error}" : "")}"));
        return steps.Count > 0 ? string.Join("; ", steps) : "look at the system before anything else";
    }

    private static string When(ReportedLoad load) => load.Faults is [{ Before: { } before, During: { } during, After: { } after }]
        ? $": {FigureText.Count(before.Lost)} before the fault, {FigureText.Count(during.Lost)} that it can have hurt, {FigureText.Count(after.Lost)} after it"
        : "";

    private string Fault(ReportedFault fault)
    {
        var times = fault.Times;
        var end = times.Lost ?? times.Reverting ?? times.Reverted ?? times.Confirmed;
        var service = services[fault];
        return $"{fault.Kind}{(service is null ? "" : $" of {service}")}"
            + ((times.Active ?? times.Effective) is { } from && end - from is { } seconds and >= 0 ? $" for {FigureText.Time(1000 * seconds)}" : "")
            + (fault.Effect is { Seen: true } ? "" : ", without an effect that was seen");
    }

    private static string Named(List<string> names) =>
        string.Join(", ", names.Take(MostNamed)) + (names.Count > MostNamed ? $" and {names.Count - MostNamed} more" : "");
}
