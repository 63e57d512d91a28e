using Turbulence.Events;
using Turbulence.Faults.Contracts;

namespace NoEffectChaos;

/// <summary>A kind of fault that says that it was injected, and does nothing. Everything else is as the real one has it.</summary>
internal sealed class NoEffectKind(IFaultKind real) : IFaultKind
{
    public FaultKindDescription Description => real.Description;

    public ValueTask<FaultPlanning> PlanAsync(FaultRequest request, CancellationToken cancellationToken) =>
        real.PlanAsync(request, cancellationToken);

    public ValueTask<StepResult> InjectAsync(FaultRecord record, FaultTools tools, CancellationToken cancellationToken) =>
        ValueTask.FromResult(StepResult.Done);

    public ValueTask<Evidence> ObserveAsync(FaultRecord record, FaultTools tools, CancellationToken cancellationToken) =>
        real.ObserveAsync(record, tools, cancellationToken);

    public ValueTask<StepResult> RevertAsync(FaultRecord record, FaultTools tools, CancellationToken cancellationToken) =>
        real.RevertAsync(record, tools, cancellationToken);

    public ValueTask<Evidence> CheckAsync(FaultRecord record, FaultTools tools, CancellationToken cancellationToken) =>
        real.CheckAsync(record, tools, cancellationToken);
}
