using System.Text.Json.Nodes;
using Turbulence.Faults;

namespace FaultRunner;

/// <summary>Does nothing, and sees that.</summary>
public sealed class EmptyKind : IFaultKind
{
    public FaultKindDescription Description { get; } = new("test.empty", "Does nothing.", []);

    public ValueTask<FaultPlanning> PlanAsync(FaultRequest request, CancellationToken cancellationToken) =>
        ValueTask.FromResult(FaultPlanning.Of(new FaultPlan([new FaultTarget("nothing", "nothing")], [], "nothing") { Text = "do nothing" }));

    public ValueTask<StepResult> InjectAsync(FaultRecord record, FaultTools tools, CancellationToken cancellationToken) =>
        ValueTask.FromResult(StepResult.Done);

    public ValueTask<Evidence> ObserveAsync(FaultRecord record, FaultTools tools, CancellationToken cancellationToken) =>
        ValueTask.FromResult(new Evidence(false, "nothing has changed"));

    public ValueTask<StepResult> RevertAsync(FaultRecord record, FaultTools tools, CancellationToken cancellationToken) =>
        ValueTask.FromResult(StepResult.Done);

    public ValueTask<Evidence> CheckAsync(FaultRecord record, FaultTools tools, CancellationToken cancellationToken) =>
        ValueTask.FromResult(new Evidence(true, "nothing has changed"));
}
