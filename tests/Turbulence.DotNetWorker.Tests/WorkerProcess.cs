using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Turbulence.Platform.Processes;

namespace Turbulence.DotNetWorker.Tests;

/// <summary>The real worker, spoken to over its protocol.</summary>
internal sealed class WorkerProcess : IAsyncDisposable
{
    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private readonly ConcurrentDictionary<long, TaskCompletionSource<JsonObject>> waiting = new();
    private readonly Channel<JsonObject> notifications = Channel.CreateUnbounded<JsonObject>();
    private readonly StringBuilder errors = new();
    private readonly Task reading;
    private readonly Task erring;
    private long lastId;

    private WorkerProcess(ChildProcess child)
    {
        Child = child;
        reading = ReadAsync();
        erring = ReadErrorsAsync();
    }

    public ChildProcess Child { get; }

    public static WorkerProcess StartBare()
    {
        var options = new ProcessStartOptions
        {
            FileName = ExecutableSearch.Find("dotnet")!,
            Arguments = ["exec", BuiltFiles.Worker],
            StandardInput = ChildInput.Stream,
            StandardOutput = ChildOutput.Stream,
            StandardError = ChildOutput.Stream,
        };
        Assert.True(ChildProcess.TryStart(options, out var child, out var failure), failure?.Message);
        return new(child);
    }

    public static async Task<WorkerProcess> StartAsync(string? directory = null)
    {
        var worker = StartBare();
        await worker.RequestAsync(
            "initialize", new JsonObject { ["protocol"] = 1, ["directory"] = directory ?? Path.GetTempPath(), ["compatibility"] = "none" });
        return worker;
    }

    public async Task<bool> HasOutputEndedAsync()
    {
        await reading.WaitAsync(Deadline);
        return reading.IsCompletedSuccessfully;
    }

    public async Task<string> ErrorsAsync()
    {
        await erring.WaitAsync(Deadline);
        return errors.ToString();
    }

    public long Send(string method, JsonNode? parameters)
    {
        var id = Interlocked.Increment(ref lastId);
        waiting[id] = new(TaskCreationOptions.RunContinuationsAsynchronously);
        SendLine(new JsonObject { ["jsonrpc"] = "2.0", ["id"] = id, ["method"] = method, ["params"] = parameters }.ToJsonString());
        return id;
    }

    public void Notify(string method, JsonNode parameters) =>
        SendLine(new JsonObject { ["jsonrpc"] = "2.0", ["method"] = method, ["params"] = parameters }.ToJsonString());

    public void SendLine(string line) => Child.StandardInput.Write(Encoding.UTF8.GetBytes(line + "\n"));

    public Task<JsonObject> AnswerAsync(long id) => waiting[id].Task.WaitAsync(Deadline);

    public async Task<JsonNode?> RequestAsync(string method, JsonNode? parameters)
    {
        var answer = await AnswerAsync(Send(method, parameters));
        Assert.True(answer["error"] is null, answer.ToJsonString());
        return answer["result"];
    }

    public async Task<JsonObject> RunAsync(string type, string method, JsonObject? arguments = null, JsonObject? more = null) =>
        Assert.IsType<JsonObject>(await RequestAsync("run", Call(type, method, arguments, more)));

    public async Task<string?> OutputAsync(string type, string method, JsonObject? arguments = null, JsonObject? more = null)
    {
        var outcome = await RunAsync(type, method, arguments, more);
        Assert.True((string?)outcome["end"] == "succeeded", outcome.ToJsonString());
        return outcome["output"]?.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
    }

    public async Task<JsonObject> NotificationAsync() =>
        await notifications.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(Deadline);

    public static JsonObject Call(string type, string method, JsonObject? arguments = null, JsonObject? more = null)
    {
        var call = new JsonObject
        {
            ["name"] = "it",
            ["type"] = "probe",
            ["provider"] = Provider(type, method),
            ["arguments"] = arguments?.DeepClone(),
            ["configuration"] = new JsonObject(),
        };
        foreach (var (key, value) in more ?? [])
        {
            call[key] = value?.DeepClone();
        }

        return call;
    }

    public static JsonObject Provider(string type, string method) => new()
    {
        ["type"] = "dotnet",
        ["assembly"] = BuiltFiles.Sample,
        ["class"] = $"SampleExtension.{type}",
        ["method"] = method,
    };

    public async ValueTask DisposeAsync()
    {
        await Child.DisposeAsync();
        await Task.WhenAny(Task.WhenAll(reading, erring));
    }

    private async Task ReadAsync()
    {
        using var reader = new StreamReader(Child.StandardOutput, leaveOpen: true);
        while (await reader.ReadLineAsync() is { } line)
        {
            // The first line only ends what was printed before the worker took its streams.
            if (line.Length == 0)
            {
                continue;
            }

            var message = JsonNode.Parse(line)!.AsObject();
            if (message["id"] is { } id && waiting.TryGetValue(id.GetValue<long>(), out var answer))
            {
                answer.SetResult(message);
            }
            else
            {
                notifications.Writer.TryWrite(message);
            }
        }
    }

    private async Task ReadErrorsAsync()
    {
        using var reader = new StreamReader(Child.StandardError, leaveOpen: true);
        var buffer = new char[4096];
        int count;
        while ((count = await reader.ReadAsync(buffer)) > 0)
        {
            errors.Append(buffer, 0, count);
        }
    }
}
