using System.Text.Json;
using System.Text.Json.Nodes;
using Turbulence.Cli.Lines;

namespace Turbulence.Cli.Rpc;

/// <summary>
/// Serves one client until it is gone: JSON-RPC 2.0 with a message a line. Calls go on beside each other and are answered as they end;
/// whatever one meets, its caller is told, and the others go on.
/// </summary>
/// <param name="methods">What can be asked for, by name.</param>
/// <param name="writer">Sends to the client.</param>
internal sealed class RpcServer(IReadOnlyDictionary<string, RpcMethod> methods, MessageWriter writer)
{
    /// <summary>The longest message of a client, in bytes: they are words, names and paths.</summary>
    public const int LongestMessage = 1 << 20;

    private const int NoJson = -32700;
    private const int NoRequest = -32600;
    private const int NoMethod = -32601;

    private static readonly JsonDocumentOptions Reading = new() { AllowDuplicateProperties = false };

    // Who closes the stream may still read what he has asked for; who stops the server wants its end.
    private static readonly TimeSpan EndPatience = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(2);

    private readonly Lock gate = new();
    private readonly Dictionary<string, (CancellationTokenSource Cancel, Task Call)> calls = [];

    /// <summary>How many calls may go on at a time. Default: 16.</summary>
    public int MostCalls { get; init; } = 16;

    /// <summary>Hears what is told without being asked. Default: nobody does.</summary>
    public Action<string, JsonObject?> Noted { get; init; } = static (_, _) => { };

    /// <summary>Told of each message, before anything is done with it. Default: nobody is.</summary>
    public Action Heard { get; init; } = static () => { };

    /// <summary>Serves.</summary>
    /// <param name="input">What the client sends.</param>
    /// <param name="gone">Told when the client is gone: what it waits for is carried to its end.</param>
    /// <param name="stop">Ends it.</param>
    public async Task ServeAsync(Stream input, Action gone, CancellationToken stop)
    {
        using var lines = new MessageLines(input, LongestMessage);
        await using var ending = stop.Register(() => writer.GiveUpAfter(StopPatience));
        try
        {
            while (await lines.ReadAsync(stop) is { } line)
            {
                Heard();
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

    /// <summary>Cancels a call, which is then answered by nothing; one that is not there has ended.</summary>
    /// <param name="id">What its caller knows it by.</param>
    public void Cancel(JsonNode id)
    {
        lock (gate)
        {
            if (calls.TryGetValue(id.ToJsonString(), out var call))
            {
                call.Cancel.Cancel();
            }
        }
    }

    private async Task TakeAsync(byte[] line, CancellationToken stop)
    {
        JsonNode? message;
        try
        {
            message = Read(line);
        }
        catch (Exception wrong) when (wrong is JsonException or InvalidOperationException)
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
            Noted(method, request["params"] as JsonObject);
        }
        else if (!methods.TryGetValue(method, out var found))
        {
            await writer.RefuseAsync(id, NoMethod, $"There is no method '{PrintableText.OneLine(method)}'");
        }
        else
        {
            await BeginAsync(id, found, request["params"] as JsonObject ?? [], stop);
        }
    }

    // Strictly: nobody has said what a key means that stands twice, or half a surrogate pair, and JsonNode throws over both when it is
    // looked at.
    private static JsonNode? Read(byte[] line)
    {
        var reader = new Utf8JsonReader(line);
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName)
            {
                reader.GetString();
            }
        }

        return JsonNode.Parse(line, documentOptions: Reading);
    }

    private async Task BeginAsync(JsonNode id, RpcMethod method, JsonObject parameters, CancellationToken stop)
    {
        if (method.IsQuick)
        {
            await TellAsync(id, await AnsweredAsync(method, parameters, stop));
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
                calls[id.ToJsonString()] = (cancel, CallAsync(id, method, parameters, cancel));
            }
        }

        if (problem is not null)
        {
            await writer.RefuseAsync(id, NoRequest, problem);
        }
    }

    private async Task CallAsync(JsonNode id, RpcMethod method, JsonObject parameters, CancellationTokenSource cancel)
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        var answer = await AnsweredAsync(method, parameters, cancel.Token);
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
            await TellAsync(id, answer);
        }
    }

    private static async Task<(JsonObject Result, RpcException? Problem)> AnsweredAsync(
        RpcMethod method, JsonObject parameters, CancellationToken stop)
    {
        try
        {
            return (await method.AnswerAsync(parameters, stop), null);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return ([], new RpcException(RpcException.NotDone, "It was cancelled"));
        }
        catch (RpcException refused)
        {
            return ([], refused);
        }
#pragma warning disable CA1031 // Whatever a call meets, its caller is told, and the others go on.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            return ([], new RpcException(RpcException.NotDone, failure.Message));
        }
    }

    private Task TellAsync(JsonNode id, (JsonObject Result, RpcException? Problem) answer) => answer.Problem is { } problem
        ? writer.RefuseAsync(id, problem.Code, PrintableText.OneLine(problem.Message))
        : writer.AnswerAsync(id, answer.Result);
}
