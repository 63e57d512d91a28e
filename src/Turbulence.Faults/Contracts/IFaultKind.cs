using Turbulence.Events;

namespace Turbulence.Faults.Contracts;

/// <summary>
/// One kind of fault, such as <c>process.kill</c>. A fault goes this way, and only this way:
/// <code>
///   plan ─▶ record on disk: planned ─▶ injecting ─▶ inject ─▶ observe ─▶ active
///                                                                          │ duration, end of the run, guardian, a person
///                                     confirmed ◀─ check ◀─ reverted ◀─ revert ◀─ reverting
/// </code>
/// A kind keeps nothing: what <see cref="RevertAsync"/> and <see cref="CheckAsync"/> need stands in the record, because another process
/// than the one that injected carries them out when that one is dead. Both can be called at any state from
/// <see cref="FaultState.Injecting"/> on, also when the fault was never injected, was injected by half, or was reverted already; doing it
/// again changes nothing.
/// </summary>
public interface IFaultKind
{
    /// <summary>What people and validation are told.</summary>
    FaultKindDescription Description { get; }

    /// <summary>Resolves the targets to exact things and says how they would be put back. Touches nothing.</summary>
    /// <param name="request">What is asked for.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>The plan, or why there is none: no target, too many, an argument that does not fit, a privilege that is missing.</returns>
    ValueTask<FaultPlanning> PlanAsync(FaultRequest request, CancellationToken cancellationToken);

    /// <summary>Does it. Its record is on disk by now, and says <see cref="FaultState.Injecting"/>.</summary>
    /// <param name="record">The record, as planned.</param>
    /// <param name="tools">What a kind may use.</param>
    /// <param name="cancellationToken">Ends the work; what was done by then is reverted.</param>
    ValueTask<StepResult> InjectAsync(FaultRecord record, FaultTools tools, CancellationToken cancellationToken);

    /// <summary>Reads back whether the fault took effect, by looking at the system and not at what was done.</summary>
    ValueTask<Evidence> ObserveAsync(FaultRecord record, FaultTools tools, CancellationToken cancellationToken);

    /// <summary>Takes it back.</summary>
    ValueTask<StepResult> RevertAsync(FaultRecord record, FaultTools tools, CancellationToken cancellationToken);

    /// <summary>Reads back whether everything is as it was before.</summary>
    ValueTask<Evidence> CheckAsync(FaultRecord record, FaultTools tools, CancellationToken cancellationToken);
}
