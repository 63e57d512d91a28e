using System.Text.Json.Nodes;
using Turbulence.Cli.CommandLine;
using Turbulence.Cli.Lines;
using Turbulence.Cli.Rpc;

namespace Turbulence.Cli.Mcp;

/// <summary>
/// Serves tools to one client until it is gone: the part of the Model Context Protocol that tools need
/// (https://modelcontextprotocol.io/specification/2025-06-18). A client cancels a call by its id.
/// </summary>
internal sealed class McpSession
{
    private const string Instructions =
        "Chaos engineering for .NET: experiments hurt a system on purpose, take everything back, and say what its users felt. "
        + "Look before you run: discover, validate, plan. A verdict other than 'passed' has its reasons; 'explain' says them.";

    // The newest first: it is what somebody is offered who asks for one that is not here. They differ in nothing that is used.
    private static readonly string[] Versions = ["2025-11-25", "2025-06-18", "2025-03-26", "2024-11-05"];

    private readonly IReadOnlyList<ITool> tools;
    private readonly MessageWriter writer;
    private readonly RpcServer server;

    /// <summary>Makes one.</summary>
    /// <param name="tools">The tools.</param>
    /// <param name="writer">Sends to the client.</param>
    public McpSession(IReadOnlyList<ITool> tools, MessageWriter writer)
    {
        this.tools = tools;
        this.writer = writer;
        server = new RpcServer(
            new Dictionary<string, RpcMethod>
            {
                ["initialize"] = RpcMethod.Quick(Welcome),
                ["ping"] = RpcMethod.Quick(static _ => []),
                ["tools/list"] = RpcMethod.Quick(_ => new JsonObject { ["tools"] = new JsonArray([.. tools.Select(ToolMessages.Declared)]) }),
                ["tools/call"] = new(CallAsync),
            },
            writer)
        {
            Noted = Note,
        };
    }

    /// <inheritdoc cref="RpcServer.ServeAsync"/>
    public Task ServeAsync(Stream input, Action gone, CancellationToken stop) => server.ServeAsync(input, gone, stop);

    private static JsonObject Welcome(JsonObject parameters) => new()
    {
        ["protocolVersion"] = Versions.FirstOrDefault(version => Text(parameters["protocolVersion"]) == version) ?? Versions[0],
        ["capabilities"] = new JsonObject { ["tools"] = new JsonObject() },
        ["serverInfo"] = new JsonObject { ["name"] = "chaos", ["version"] = ProgramVersion.Text },
        ["instructions"] = Instructions,
    };

    private void Note(string method, JsonObject? parameters)
    {
        if (method == "notifications/cancelled" && parameters?["requestId"] is { } id)
        {
            server.Cancel(id);
        }
    }

    private async Task<JsonObject> CallAsync(JsonObject parameters, CancellationToken stop)
    {
        var name = Text(parameters["name"]) ?? "";
        var tool = tools.FirstOrDefault(tool => tool.Name == name)
            ?? throw new RpcException(RpcException.Parameters, $"There is no tool '{name}'");
        var progress = new ProgressTeller(writer, (parameters["_meta"] as JsonObject)?["progressToken"]);
        try
        {
            return ToolMessages.Answered(
                await tool.CallAsync(ToolMessages.Arguments(tool, parameters["arguments"]), progress.Tell, stop), isError: false);
        }
#pragma warning disable CA1031 // Whatever a tool meets is its answer, as the protocol wants it.
        catch (Exception failure) when (failure is not OperationCanceledException || !stop.IsCancellationRequested)
#pragma warning restore CA1031
        {
            return ToolMessages.Answered(new JsonObject { ["error"] = PrintableText.OneLine(failure.Message) }, isError: true);
        }
        finally
        {
            await progress.FlushAsync();
        }
    }

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
