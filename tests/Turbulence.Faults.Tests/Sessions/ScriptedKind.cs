using System.Text.Json.Nodes;
using Turbulence.Events;
using Turbulence.Faults.Contracts;

namespace Turbulence.Faults.Tests.Sessions;

/// <summary>A kind that does what a test says, and writes down what it was asked.</summary>
internal sealed class ScriptedKind(string name = "test.scripted") : IFaultKind
{
    public List<string> Asked { get; } = [];

    public FaultKindDescription Description { get; } = new(name, "Does what a test says.", [])
    {
        Platforms = ["linux", "macos", "windows"],
    };

    public IReadOnlyList<FaultTarget> Targets { get; init; } = [new("thing", "the thing")];

    public bool IsIrreversible { get; init; }

    public Func<FaultTools, CancellationToken, ValueTask<StepResult>> Inject { get; set; } =
        static (_, _) => ValueTask.FromResult(StepResult.Done);

    public Func<Evidence> Observe { get; set; } = static () => new Evidence(true, "it is in");

    public Func<ValueTask<StepResult>> Revert { get; set; } = static () => ValueTask.FromResult(StepResult.Done);

    public Func<FaultTools, ValueTask<StepResult>>? RevertWith { get; set; }

    public Func<Evidence> Check { get; set; } = static () => new Evidence(true, "it is gone");

    public ValueTask<FaultPlanning> PlanAsync(FaultRequest request, CancellationToken cancellationToken) => ValueTask.FromResult(
        FaultPlanning.Of(
            new FaultPlan(Targets, new JsonObject { ["id"] = request.Id }, "undo it") { Text = "do it", IsIrreversible = IsIrreversible }));

    public ValueTask<StepResult> InjectAsync(FaultRecord record, FaultTools tools, CancellationToken cancellationToken)
    {
        Asked.Add($"inject {record.State}");
        return Inject(tools, cancellationToken);
    }

    public ValueTask<Evidence> ObserveAsync(FaultRecord record, FaultTools tools, CancellationToken cancellationToken)
    {
        Asked.Add($"observe {record.State} {record.Undo.ToJsonString()}");
        return ValueTask.FromResult(Observe());
    }

    public ValueTask<StepResult> RevertAsync(FaultRecord record, FaultTools tools, CancellationToken cancellationToken)
    {
        Asked.Add($"revert {record.State}");
        return RevertWith?.Invoke(tools) ?? Revert();
    }

    public ValueTask<Evidence> CheckAsync(FaultRecord record, FaultTools tools, CancellationToken cancellationToken)
    {
        Asked.Add($"check {record.State}");
        return ValueTask.FromResult(Check());
    }
}
