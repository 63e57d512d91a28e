using System.Text.Json.Nodes;
using Turbulence.Events;
using Turbulence.Faults.Arguments;
using Turbulence.Faults.Contracts;

namespace FaultRunner;

/// <summary>Makes a file in two steps, with a change of its undo between them, and takes it away.</summary>
public sealed class FileKind : IFaultKind
{
    public FaultKindDescription Description { get; } = new(
        "test.file", "Makes a file.", [new FaultArgument("path", ArgumentType.Path, "The file.") { IsRequired = true }])
    {
        Platforms = ["linux", "macos", "windows"],
    };

    public ValueTask<FaultPlanning> PlanAsync(FaultRequest request, CancellationToken cancellationToken)
    {
        var path = request.Arguments["path"]!.GetValue<string>();
        var plan = new FaultPlan([new FaultTarget("file:" + path, path)], new JsonObject { ["path"] = path }, $"rm {path}")
        {
            Text = $"make {path}",
        };
        return ValueTask.FromResult(FaultPlanning.Of(plan));
    }

    public async ValueTask<StepResult> InjectAsync(FaultRecord record, FaultTools tools, CancellationToken cancellationToken)
    {
        await File.WriteAllTextAsync(PathOf(record), "half", cancellationToken);
        var undo = (JsonObject)record.Undo.DeepClone();
        undo["half"] = true;
        await tools.SaveAsync(undo);
        await File.WriteAllTextAsync(PathOf(record), "whole", cancellationToken);
        return StepResult.Done;
    }

    public ValueTask<Evidence> ObserveAsync(FaultRecord record, FaultTools tools, CancellationToken cancellationToken) =>
        ValueTask.FromResult(new Evidence(File.Exists(PathOf(record)), "the file is there"));

    public ValueTask<StepResult> RevertAsync(FaultRecord record, FaultTools tools, CancellationToken cancellationToken)
    {
        File.Delete(PathOf(record));
        return ValueTask.FromResult(StepResult.Done);
    }

    public ValueTask<Evidence> CheckAsync(FaultRecord record, FaultTools tools, CancellationToken cancellationToken) =>
        ValueTask.FromResult(File.Exists(PathOf(record))
            ? new Evidence(false, "the file is there")
            : new Evidence(true, "the file is gone"));

    private static string PathOf(FaultRecord record) => record.Undo["path"]!.GetValue<string>();
}
