using Turbulence.Events;
using Turbulence.Experiments;

namespace Turbulence.Verdicts;

/// <summary>What the faults of a run have to do with its verdict.</summary>
internal static class FaultReasons
{
    /// <summary>
    /// One line for each fault of the method that was carried out and had no effect, and for each that was in and has hit nothing.
    /// </summary>
    public static IEnumerable<string> WithoutEffect(RunFindings findings) => findings.MethodTroubles
        .Where(activity => activity.End == ActivityEnd.WithoutEffect)
        .Select(
            activity =>
                $"in the method: action '{activity.Activity.Name}' had no effect: {activity.Message?.TrimEnd('.')}; what the run saw does not come from it")
        .Concat((findings.Faults?.All ?? [])
            .Where(fault => fault is { WasIn: true, Effect.Seen: false, Lost: null })
            .Select(
                fault =>
                    $"fault {fault.Id} ({fault.Kind}, '{fault.Activity}') had no effect: {fault.Effect!.Text}; what the run saw does not come from it"));

    /// <summary>One line for each fault that was not in to its end.</summary>
    public static IEnumerable<string> LostEarly(RunFindings findings) => (findings.Faults?.All ?? [])
        .Where(fault => fault.Lost is not null || fault.RevertedBy is not null)
        .Select(fault => $"fault {fault.Id} ({fault.Kind}, '{fault.Activity}') was not in effect to its end: "
            + $"{(fault.RevertedBy is { } by ? $"it was taken back by {by}" : fault.Lost)}; what the run saw after that does not come from it");

    /// <summary>One line for each fault that was in, and neither then nor later anything looked at the system.</summary>
    public static IEnumerable<string> Untested(RunFindings findings) => (findings.Faults?.All ?? [])
        .Where(fault => fault is { WasIn: true, WasLookedAtSince: false })
        .Select(fault => $"no check, probe, load or tolerance looked while fault {fault.Id} ({fault.Kind}, '{fault.Activity}') was in, and none after it: "
            + "this run shows neither tolerance nor recovery");

    /// <summary>One line for each fault that was over before anybody looked, as somebody did later.</summary>
    public static IEnumerable<string> OverUnseen(RunFindings findings) => (findings.Faults?.All ?? [])
        .Where(fault => fault is { WasOverUnseen: true, WasLookedAtSince: true })
        .Select(fault => $"fault {fault.Id} ({fault.Kind}, '{fault.Activity}') was over by its own duration before any check, probe or load looked: "
            + "this run shows recovery, not tolerance");

    /// <summary>One line for each fault that may still be in: why, and exactly what a person has to do.</summary>
    public static IEnumerable<string> Outstanding(RunFindings findings) =>
        (findings.Faults?.All ?? []).Where(fault => fault.IsOutstanding).Select(Outstanding);

    private static string Outstanding(FaultReport fault)
    {
        var why = fault switch
        {
            { Problem: { } problem } => problem,
            { Confirmation: { Seen: false, Text: var seen } } => seen,
            _ => "nobody has seen that everything is as it was",
        };
        var what = fault.State == FaultState.Reverted ? "was taken back, but that could not be confirmed" : "could not be taken back";
        return fault.IsIrreversible
            ? $"fault {fault.Id} ({fault.Kind}, '{fault.Activity}') cannot be taken back: {why}"
            : $"fault {fault.Id} ({fault.Kind}, '{fault.Activity}') on {string.Join(", ", fault.Targets)} {what}: {why}; "
                + $"what to do: run 'chaos faults revert {fault.Id}', or by hand: {fault.Undo}";
    }
}
