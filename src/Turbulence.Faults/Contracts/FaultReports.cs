using Turbulence.Events;

namespace Turbulence.Faults.Contracts;

/// <summary>Says a record in the engine's words.</summary>
internal static class FaultReports
{
    /// <summary>The report of a fault.</summary>
    public static FaultReport Of(FaultRecord record) => new(
        record.Id, record.Kind, record.Activity, Of(record.State), [.. record.Targets.Select(target => target.Text)], record.UndoText)
    {
        Due = record.Due,
        IsIrreversible = record.IsIrreversible,
        Effect = Of(record.Effect),
        Confirmation = Of(record.Confirmation),
        RevertedBy = record.RevertedBy,
        Problem = record.Problem,
    };

    private static FaultSight? Of(Evidence? evidence) => evidence is null ? null : new FaultSight(evidence.Seen, evidence.Text);

    private static FaultProgress Of(FaultState state) => state switch
    {
        FaultState.Planned => FaultProgress.Planned,
        FaultState.Injecting => FaultProgress.Injecting,
        FaultState.Active => FaultProgress.Active,
        FaultState.Reverting => FaultProgress.Reverting,
        FaultState.Reverted => FaultProgress.Reverted,
        _ => FaultProgress.Confirmed,
    };
}
