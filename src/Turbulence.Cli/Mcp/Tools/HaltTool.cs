using System.Text.Json.Nodes;
using Turbulence.Interruptions;

namespace Turbulence.Cli.Mcp.Tools;

/// <summary>Stops the run of this server.</summary>
/// <param name="slot">Holds the run.</param>
internal sealed class HaltTool(RunSlot slot) : ITool
{
    public string Name => "halt";

    public string Description => "Stops the run of this server, and answers when everything is taken back.";

    public IReadOnlyList<ToolArgument> Arguments => [];

    public bool IsReadOnly => false;

    public async Task<JsonObject> CallAsync(
        IReadOnlyDictionary<string, string> arguments, Action<string> progress, CancellationToken stop)
    {
        var ended = slot.WaitAsync();
        var halted = slot.Request(
            new Interruption(InterruptionCause.Termination, "The client has halted the run"), insists: false);
        await ended.WaitAsync(stop);
        return new JsonObject { ["halted"] = halted };
    }
}
