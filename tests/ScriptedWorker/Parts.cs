using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;

namespace ScriptedWorker;

/// <summary>The parts that an activity may play, by the name of its function.</summary>
internal sealed class Parts(Session session, JsonObject call, CancellationToken cancelled)
{
    private static readonly List<byte[]> Leaked = [];

    public async Task<JsonNode?> PlayAsync()
    {
        switch ((string)call["provider"]!["func"]!)
        {
            case "echo":
                return Succeeded(call["arguments"]!.DeepClone());
            case "tell":
                return Succeeded(call.DeepClone());
            case "pid":
                return Succeeded(Environment.ProcessId);
            case "fail":
                return new JsonObject { ["end"] = "failed", ["message"] = "ValueError: no", ["trace"] = new JsonArray("first", "last") };
            case "crash":
                return new JsonObject { ["end"] = "crashed", ["message"] = "there is no such function" };
            case "leave":
                return new JsonObject { ["end"] = "exited", ["code"] = 30, ["message"] = "SystemExit: 30" };
            case "riddle":
                return new JsonObject { ["what"] = "is this" };
            case "exit":
                await Console.Error.WriteLineAsync("out of ideas");
                Environment.Exit(7);
                break;
            case "set":
                session.Notify("environment", new JsonObject { ["changes"] = call["arguments"]!.DeepClone() });
                return Succeeded(null);
            case "environment":
                return Succeeded(Environment.GetEnvironmentVariable((string)call["arguments"]!["name"]!));
            case "deaf":
                session.BeDeaf();
                return Succeeded(null);
            case "ask for the end":
                session.Notify("exit", new JsonObject { ["code"] = 20 });
                await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, CancellationToken.None);
                return Succeeded("asked");
            case "long words":
                return new JsonObject
                {
                    ["end"] = "failed",
                    ["message"] = new string('m', 1_000_000) + "the-secret",
                    ["trace"] = new JsonArray(
                        "outermost", new string('t', (16 * 1024) - 5) + "the-secret" + new string('t', 1_000_000), "innermost"),
                };
            case "kill":
                Process.GetCurrentProcess().Kill();
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, CancellationToken.None);
                break;
            case "hang":
                await Task.WhenAny(Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancelled));
                break;
            case "hang for ever":
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, CancellationToken.None);
                break;
            case "wait":
                await Task.Delay(TimeSpan.FromMilliseconds((int)call["arguments"]!["ms"]!), TimeProvider.System, cancelled);
                break;
            case "garbage":
                session.Line("this is no message\n");
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, CancellationToken.None);
                break;
            case "half":
                session.Line("{\"jsonrpc\": \"2.0\", \"id\": ");
                Environment.Exit(0);
                break;
            case "stranger":
                session.Line("{\"jsonrpc\": \"2.0\", \"id\": 4711, \"result\": null}\n");
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, CancellationToken.None);
                break;
            case "endless line":
                while (true)
                {
                    session.Line(new string('x', 1024 * 1024));
                }

            case "errors":
                for (var i = 0; i < 5000; i++)
                {
                    await Console.Error.WriteLineAsync(i.ToString(CultureInfo.InvariantCulture) + new string('e', 1000));
                }

                break;
            case "long error":
                await Console.Error.WriteLineAsync(new string('e', 1_000_000));
                break;
            case "log":
                session.Notify("log", new JsonObject { ["level"] = "warning", ["logger"] = "drivers", ["message"] = "careful" });
                break;
            case "end the run":
                session.Notify("exit", new JsonObject { ["code"] = 20, ["message"] = "enough" });
                break;
            case "leak":
                while (true)
                {
                    var block = new byte[16 * 1024 * 1024];
                    Array.Fill(block, (byte)1);
                    Leaked.Add(block);
                    await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, CancellationToken.None);
                }

            case "daemon":
                using (var process = Process.Start(
                    (string)call["arguments"]!["program"]!, call["arguments"]!["of"]!.AsArray().Select(text => (string)text!)))
                {
                    return Succeeded(process.Id);
                }
        }

        return Succeeded(null);
    }

    private static JsonObject Succeeded(JsonNode? output) => new() { ["end"] = "succeeded", ["output"] = output };
}
