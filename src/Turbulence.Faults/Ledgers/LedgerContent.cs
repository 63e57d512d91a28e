using System.Globalization;
using Turbulence.Events;
using Turbulence.Faults.Contracts;

namespace Turbulence.Faults.Ledgers;

/// <summary>All that stands in the ledger, as it was when it was read.</summary>
/// <param name="Faults">The faults, the oldest first.</param>
/// <param name="Runs">The runs, the oldest first.</param>
/// <param name="Damaged">What could not be read.</param>
public sealed record LedgerContent(IReadOnlyList<FaultRecord> Faults, IReadOnlyList<RunRecord> Runs, IReadOnlyList<DamagedFile> Damaged)
{
    /// <summary>The run of a fault; null where the ledger does not know it.</summary>
    public RunRecord? RunOf(FaultRecord fault) => Runs.FirstOrDefault(run => run.Id == fault.Run);

    /// <summary>
    /// Whether somebody looks after a fault: its runner or its guardian; of a run on another host that is not ours to say, and counts as
    /// if.
    /// </summary>
    public bool IsAttended(FaultRecord fault) =>
        RunOf(fault)?.IsAttended ?? (IsElsewhere(fault) || (fault.Runner.Local is { } runner && RunRecord.IsAwake(runner)));

    /// <summary>Whether a fault is of a run on another host, and so none of ours.</summary>
    public static bool IsElsewhere(FaultRecord fault) => fault.Runner.IsElsewhere;

    /// <summary>One line for each run of another host, which is left alone.</summary>
    public IReadOnlyList<string> Elsewhere =>
    [
        .. Runs.Where(run => run.IsElsewhere)
            .Select(
                run =>
                    $"the run '{run.Title}' ({run.Runner.Text}) is left alone: only there it can be told whether it goes on, and taken back what it has put in"),
    ];

    /// <summary>
    /// Which runs what cannot be read may be of, in words that follow "a fault": those that are dead and have left the record of
    /// themselves, which stays as long as it may be needed for that. Empty where there is none.
    /// </summary>
    public string DamageOrigin => Runs.Where(run => run.IsDead).Select(run =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"'{run.Title}' ({run.Runner.Text}, begun {run.Started:yyyy-MM-dd HH:mm:ss} UTC)")).ToList() is { Count: > 0 } dead
        ? $" of {(dead.Count == 1 ? "the run" : "one of the runs")} {string.Join(", ", dead)}"
        : "";

    /// <summary>The faults that may still exist and that nobody looks after.</summary>
    public IReadOnlyList<FaultRecord> Abandoned => [.. Faults.Where(fault => fault.State != FaultState.Confirmed && !IsAttended(fault))];
}
