using System.Text.Json.Nodes;
using Turbulence.Interruptions;
using Turbulence.Runs;
using Turbulence.Runs.Requests;

namespace Turbulence.Cli.Mcp.Tools;

/// <summary>Finds every problem of an experiment.</summary>
/// <param name="place">What it works with.</param>
internal sealed class ValidateTool(McpPlace place) : ITool
{
    public string Name => "validate";

    public string Description => "Finds every problem of an experiment, each with its place in the file; runs nothing.";

    public IReadOnlyList<ToolArgument> Arguments => [ExperimentArgument.Of];

    public bool IsReadOnly => true;

    public async Task<JsonObject> CallAsync(
        IReadOnlyDictionary<string, string> arguments, Action<string> progress, CancellationToken stop)
    {
        var file = place.Policy.Resolve(arguments[ExperimentArgument.Name]);
        var found = new FoundProblems();
        using var asked = new RunStop();
        await using var cancelled = Cancellation.Of(asked, stop);
        await using var run = await Chaos.Load(file).PrepareAsync(place.Request, place.Runs, RunPurpose.Look, asked, found);
        stop.ThrowIfCancellationRequested();
        return new JsonObject
        {
            ["valid"] = run.Refusal is null,
            ["refusal"] = run.Refusal?.Text,
            ["problems"] = found.Problems,
        };
    }
}
