using System.Text.Json.Nodes;
using Turbulence.Cli.Plans;
using Turbulence.Interruptions;
using Turbulence.Runs;
using Turbulence.Runs.Requests;

namespace Turbulence.Cli.Mcp.Tools;

/// <summary>Says what a run would do.</summary>
/// <param name="place">What it works with.</param>
internal sealed class PlanTool(McpPlace place) : ITool
{
    public string Name => "plan";

    public string Description =>
        "What a run of an experiment would do, what each fault would hit as things are now, and its undo; touches nothing.";

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
        if (run.Refusal is { } refusal)
        {
            throw new ToolException($"it cannot be planned: {refusal.Text}; validate says what is wrong with it");
        }

        var plan = PlanJson.Of(await run.PlanAsync());
        plan["not_allowed"] = place.Policy.AllowsRuns
            ? place.Policy.Refusal(run.Document!)
            : "this server was started without --allow-run: a person has to run it";
        plan["halted"] = new FaultRoom(place.Runs).Ledger.Halted?.ToString();
        return plan;
    }
}
