using System.Text.Json;
using System.Text.Json.Nodes;
using Turbulence.Cli.CommandLine;
using Turbulence.Cli.Lines;

namespace Turbulence.Cli.Mcp;

/// <summary>
/// Serves tools to one client until it is gone: the part of the Model Context Protocol that tools need, JSON-RPC 2.0 with a message a line
/// (https://modelcontextprotocol.io/specification/2025-06-18). Calls go on beside each other; a client cancels one by its id.
/// </summary>
/// <param name="tools">The tools.</param>
/// <param name="writer">Sends to the client.</param>
internal sealed class McpSession(IReadOnlyList<ITool> tools, MessageWriter writer)
{
    /// <summary>The longest message of a client, in bytes: tools take paths and words.</summary>
    public const int LongestMessage = 1 << 20;

    private const int MostCalls = 16;
    private const int NoJson = -32700;
    private const int NoRequest = -32600;
    private const int NoMethod = -32601;
    private const int NoParameters = -32602;

    private const string Instructions =
        "Chaos engineering for .NET: experiments hurt a system on purpose, take everything back, and say what its users felt. "
        + "Look before you run: discover, validate, plan. A verdict other than 'passed' has its reasons; 'explain' says them.";

    // Who closes the stream may still read what he has asked for; who stops the server wants its end.
    private static readonly TimeSpan EndPatience = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(2);

    // The newest first: it is what somebody is offered who asks for one that is not here. They differ in nothing that is used.
    private static readonly string[] Versions = ["2025-11-25", "2025-06-18", "2025-03-26", "2024-11-05"];

    private readonly Lock gate = new();
    private readonly Dictionary<string, (CancellationTokenSource Cancel, Task Call)> calls = [];

    /// <summary>Serves.</summary>
    /// <param name="input">What the client sends.</param>
    /// <param name="gone">Told when the client is gone: what it waits for is carried to its end, and a run would go on for nobody.</param>
    /// <param name="stop">Ends it.</param>
    public async Task ServeAsync(Stream input, Action gone, CancellationToken stop)
    {
        using var lines = new MessageLines(input, LongestMessage);
        await using var ending = stop.Register(() => writer.GiveUpAfter(StopPatience));
        try
        {
            while (await lines.ReadAsync(stop) is { } line)
            {
                await TakeAsync(line, stop);
            }

            gone();
            writer.GiveUpAfter(EndPatience);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // That is how it ends.
        }

        Task[] left;
        lock (gate)
        {
            left = [.. calls.Values.Select(static one => one.Call)];
        }

        await Task.WhenAll(left);
    }

    private async Task TakeAsync(byte[] line, CancellationToken stop)
    {
        JsonNode? message;
        try
        {
            message = JsonNode.Parse(line);
        }
        catch (JsonException)
        {
            await writer.RefuseAsync(null, NoJson, "The message is no JSON");
            return;
        }

        if (message is not JsonObject request)
        {
            await writer.RefuseAsync(null, NoRequest, "A message is an object; several at once are not taken");
            return;
        }

        var id = request["id"];
        var isNamed = id is JsonValue value && value.GetValueKind() is JsonValueKind.String or JsonValueKind.Number;
        if (request["method"] is not JsonValue named || !named.TryGetValue<string>(out var method) || (id is not null && !isNamed))
        {
            // An answer is to nothing of ours: nothing was asked.
            if (!request.ContainsKey("result") && !request.ContainsKey("error"))
            {
                await writer.RefuseAsync(isNamed ? id : null, NoRequest, "A request has a method, and an id that is a text or a number");
            }
        }
        else if (id is null)
        {
            Note(method, request["params"] as JsonObject);
        }
        else
        {
            await AnswerAsync(id, method, request["params"] as JsonObject, stop);
        }
    }

    private Task AnswerAsync(JsonNode id, string method, JsonObject? parameters, CancellationToken stop) => method switch
    {
        "initialize" => writer.AnswerAsync(id, Welcome(parameters)),
        "ping" => writer.AnswerAsync(id, []),
        "tools/list" => writer.AnswerAsync(id, new JsonObject { ["tools"] = new JsonArray([.. tools.Select(ToolMessages.Declared)]) }),
        "tools/call" => BeginAsync(id, parameters ?? [], stop),
        _ => writer.RefuseAsync(id, NoMethod, $"There is no method '{PrintableText.OneLine(method)}'"),
    };

    private static JsonObject Welcome(JsonObject? parameters) => new()
    {
        ["protocolVersion"] = Versions.FirstOrDefault(version => Text(parameters?["protocolVersion"]) == version) ?? Versions[0],
        ["capabilities"] = new JsonObject { ["tools"] = new JsonObject() },
        ["serverInfo"] = new JsonObject { ["name"] = "chaos", ["version"] = ProgramVersion.Text },
        ["instructions"] = Instructions,
    };

    private void Note(string method, JsonObject? parameters)
    {
        if (method == "notifications/cancelled" && parameters?["requestId"] is { } id)
        {
            lock (gate)
            {
                if (calls.TryGetValue(id.ToJsonString(), out var call))
                {
                    call.Cancel.Cancel();
                }
            }
        }
    }

    private async Task BeginAsync(JsonNode id, JsonObject parameters, CancellationToken stop)
    {
        var name = Text(parameters["name"]) ?? "";
        if (tools.FirstOrDefault(tool => tool.Name == name) is not { } tool)
        {
            await writer.RefuseAsync(id, NoParameters, $"There is no tool '{PrintableText.OneLine(name)}'");
            return;
        }

        string? problem = null;
        lock (gate)
        {
            problem = calls.ContainsKey(id.ToJsonString()) ? "A call with this id goes on"
                : calls.Count == MostCalls ? $"{MostCalls} calls go on, and more are not taken"
                : null;
            if (problem is null)
            {
                var cancel = CancellationTokenSource.CreateLinkedTokenSource(stop);
                calls[id.ToJsonString()] = (cancel, CallAsync(id, tool, parameters, cancel));
            }
        }

        if (problem is not null)
        {
            await writer.RefuseAsync(id, NoRequest, problem);
        }
    }

    private async Task CallAsync(JsonNode id, ITool tool, JsonObject parameters, CancellationTokenSource cancel)
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        var progress = new ProgressTeller(writer, (parameters["_meta"] as JsonObject)?["progressToken"]);
        JsonObject answer;
        try
        {
            var result = await tool.CallAsync(ToolMessages.Arguments(tool, parameters["arguments"]), progress.Tell, cancel.Token);
            answer = ToolMessages.Answered(result, isError: false);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            answer = [];
        }
#pragma warning disable CA1031 // Whatever a tool meets, its client is told, and the others go on.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            answer = ToolMessages.Answered(new JsonObject { ["error"] = PrintableText.OneLine(failure.Message) }, isError: true);
        }

        await progress.FlushAsync();
        bool isCancelled;
        lock (gate)
        {
            calls.Remove(id.ToJsonString());
            isCancelled = cancel.IsCancellationRequested;
            cancel.Dispose();
        }

        // Who has cancelled waits for no answer.
        if (!isCancelled)
        {
            await writer.AnswerAsync(id, answer);
        }
    }

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
