using System.Collections.Concurrent;
using System.Text.Json.Nodes;

namespace ScriptedWorker;

/// <summary>Speaks the protocol as documented, and plays the part that a call names.</summary>
internal sealed class Session(string[] habits)
{
    private readonly ConcurrentDictionary<long, CancellationTokenSource> running = [];
    private readonly Lock gate = new();
    private readonly Stream output = Console.OpenStandardOutput();
    private volatile bool isDeaf;

    /// <summary>From now on no ping is answered.</summary>
    public void BeDeaf() => isDeaf = true;

    public async Task<int> RunAsync(bool newLine = false)
    {
        if (newLine)
        {
            Line("\n");
        }

        using var input = new StreamReader(Console.OpenStandardInput());
        while (await input.ReadLineAsync() is { } line)
        {
            var message = JsonNode.Parse(line)!;
            var parameters = message["params"] as JsonObject ?? [];
            switch ((string)message["method"]!)
            {
                case "initialize":
                    var can = new JsonArray([.. habits.Where(habit => habit is "ping" or "unread").Select(habit => (JsonNode)habit)]);
                    Answer(message, new JsonObject
                    {
                        ["protocol"] = habits.Contains("version2") ? 2 : 1,
                        ["told"] = parameters.DeepClone(),
                        ["capabilities"] = can,
                    });
                    break;
                case "ping" when isDeaf:
                    break;
                case "ping":
                    Answer(message, null);
                    break;
                case "shutdown" when habits.Contains("stays"):
                    break;
                case "shutdown":
                    Answer(message, null);
                    return 0;
                case "cancel":
                    if (running.TryGetValue((long)parameters["id"]!, out var call))
                    {
                        await call.CancelAsync();
                    }

                    break;
                default:
                    var cancelled = running[(long)message["id"]!] = new CancellationTokenSource();
                    _ = Task.Run(() => CarryOutAsync(message, parameters, cancelled.Token));
                    break;
            }
        }

        return 0;
    }

    public void Notify(string method, JsonNode parameters) =>
        Line(new JsonObject { ["jsonrpc"] = "2.0", ["method"] = method, ["params"] = parameters }.ToJsonString() + "\n");

    public void Line(string text)
    {
        lock (gate)
        {
            output.Write(System.Text.Encoding.UTF8.GetBytes(text));
            output.Flush();
        }
    }

    private void Answer(JsonNode message, JsonNode? result) =>
        Line(new JsonObject { ["jsonrpc"] = "2.0", ["id"] = (long)message["id"]!, ["result"] = result }.ToJsonString() + "\n");

    private async Task CarryOutAsync(JsonNode message, JsonObject parameters, CancellationToken cancelled)
    {
        JsonNode? result = (string)message["method"]! switch
        {
            "validate" => Validation.Of(parameters),
            "run" => await new Parts(this, parameters, cancelled).PlayAsync(),
            "configure" => Hooks.Configure(parameters),
            "hook" or "cleanup" => await Hooks.CallAsync(parameters, cancelled),
            _ => null,
        };
        running.TryRemove((long)message["id"]!, out _);
        Answer(message, result);
    }
}
