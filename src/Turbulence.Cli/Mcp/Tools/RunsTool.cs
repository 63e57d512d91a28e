using System.Text.Json.Nodes;
using Turbulence.Cli.Plans;
using Turbulence.Events;
using Turbulence.Faults.Recoveries;
using Turbulence.Runs.Requests;

namespace Turbulence.Cli.Mcp.Tools;

/// <summary>Says which runs go on, and what earlier ones have left.</summary>
/// <param name="place">What it works with.</param>
internal sealed class RunsTool(McpPlace place) : ITool
{
    public string Name => "runs";

    public string Description =>
        "Which runs go on on this machine, which faults are in, and what dead runs have left: 'chaos faults revert --all' takes that back.";

    public IReadOnlyList<ToolArgument> Arguments => [];

    public bool IsReadOnly => true;

    public Task<JsonObject> CallAsync(
        IReadOnlyDictionary<string, string> arguments, Action<string> progress, CancellationToken stop)
    {
        var ledger = new FaultRoom(place.Runs).Ledger;
        var content = ledger.Read();
        return Task.FromResult(new JsonObject
        {
            ["runs"] = new JsonArray([.. content.Runs.Where(static run => run.IsRunnerAlive).Select(run => new JsonObject
            {
                ["id"] = run.Id,
                ["title"] = run.Title,
                ["process"] = run.Runner.Id,
                ["started"] = run.Started,
                ["journal"] = run.Journal,
            })]),
            ["faults"] = new JsonArray(
            [
                .. content.Faults
                    .Where(static fault => fault.State != FaultState.Confirmed)
                    .Select(fault => OutstandingFaultJson.Of(fault, content)),
            ]),
            ["left"] = Recovery.Notice(ledger),
            ["halted"] = ledger.Halted?.ToString(),
        });
    }
}
