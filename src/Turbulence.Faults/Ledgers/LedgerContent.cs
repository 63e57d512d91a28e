using System.Globalization;
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

    /// <summary>Whether somebody looks after a fault: its runner or its guardian.</summary>
    public bool IsAttended(FaultRecord fault) => RunOf(fault)?.IsAttended ?? RunRecord.IsAwake(fault.Runner);

    /// <summary>
    /// Which runs what cannot be read may be of, in words that follow "a fault": those that are dead and have left the record of themselves, which stays as long as it may be
    /// needed for that. Empty where there is none.
    /// </summary>
    public string DamageOrigin => Runs.Where(run => !run.IsRunnerAlive && !run.IsGuardianAlive).Select(run =>
        string.Create(CultureInfo.InvariantCulture, $"'{run.Title}' (process {run.Runner.Id}, begun {run.Started:yyyy-MM-dd HH:mm:ss} UTC)")).ToList() is { Count: > 0 } dead
        ? $" of {(dead.Count == 1 ? "the run" : "one of the runs")} {string.Join(", ", dead)}"
        : "";

    /// <summary>The faults that may still exist and that nobody looks after.</summary>
    public IReadOnlyList<FaultRecord> Abandoned => [.. Faults.Where(fault => fault.State != FaultState.Confirmed && !IsAttended(fault))];
}
