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

    /// <summary>The faults that may still exist and that nobody looks after.</summary>
    public IReadOnlyList<FaultRecord> Abandoned => [.. Faults.Where(fault => fault.State != FaultState.Confirmed && !IsAttended(fault))];
}
