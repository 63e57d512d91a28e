using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Turbulence.Hosts.Python;
using Turbulence.Platform.Processes;

namespace PythonWorker.Tests;

/// <summary>A worker that was started as <c>chaos</c> starts it, and the other side of its conversation.</summary>
internal sealed class RunningWorker : IAsyncDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<long, TaskCompletionSource<JsonObject>> pending = new();
    private readonly Channel<JsonObject> unasked = Channel.CreateUnbounded<JsonObject>();
    private readonly SemaphoreSlim writing = new(1);
    private readonly ChildProcess process;
    private readonly Task reading;
    private long lastId;

    private RunningWorker(ChildProcess process)
    {
        this.process = process;
        reading = ReadAsync();
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>The process id of the worker.</summary>
    public int Id => process.Id;

    /// <summary>Whether the worker has ended.</summary>
    public bool HasEnded => process.Exited.IsCompleted;

    /// <summary>Starts a worker and initializes it.</summary>
    public static async Task<RunningWorker> StartAsync(Room room, string? interpreter = null, string? directory = null)
    {
        var worker = await StartAloneAsync(room, interpreter);
        var answer = await worker.RequestAsync("initialize", Initialize(directory ?? room.Path));
        Assert.True(answer["result"] is JsonObject, answer.ToJsonString());
        return worker;
    }

    /// <summary>Starts a worker and says nothing to it yet.</summary>
    public static async Task<RunningWorker> StartAloneAsync(
        Room room, string? interpreter = null, IReadOnlyDictionary<string, string>? environment = null)
    {
        var options = new ProcessStartOptions
        {
            FileName = interpreter ?? await Interpreters.DefaultAsync(),
            Arguments = PythonWorkerSource.Arguments,
            WorkingDirectory = room.Path,
            Environment = environment,
            StandardInput = ChildInput.Stream,
            StandardOutput = ChildOutput.Stream,
            StandardError = ChildOutput.Capture(4_000_000),
        };
        Assert.True(ChildProcess.TryStart(options, out var process, out var failure), failure?.ToString());
        var worker = new RunningWorker(process);
        await worker.WriteAsync(PythonWorkerSource.Preamble);
        return worker;
    }

    /// <summary>The parameters of <c>initialize</c>.</summary>
    public static string Initialize(string directory, int protocol = 1) =>
        $$"""{"protocol": {{protocol}}, "client": {"name": "test", "version": "1"}, "directory": "{{directory}}", "compatibility": "none"}""";

    /// <summary>Sends a request without waiting for its answer.</summary>
    public async Task<(long Id, Task<JsonObject> Answer)> BeginAsync(string method, string? parameters = null)
    {
        var id = Interlocked.Increment(ref lastId);
        var answer = pending.GetOrAdd(id, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
        await SendAsync(
            $$"""{"jsonrpc":"2.0","id":{{id}},"method":"{{method}}","params":{{parameters?.ReplaceLineEndings(" ") ?? "null"}}}""");
        return (id, answer.Task.WaitAsync(Deadline, Token));
    }

    /// <summary>Sends a request; the whole answer.</summary>
    public async Task<JsonObject> RequestAsync(string method, string? parameters = null) =>
        await (await BeginAsync(method, parameters)).Answer;

    /// <summary>Sends a request; the result of its answer.</summary>
    public async Task<JsonObject> ResultAsync(string method, string? parameters = null)
    {
        var answer = await RequestAsync(method, parameters);
        Assert.True(answer["result"] is JsonObject, answer.ToJsonString());
        return answer["result"]!.AsObject();
    }

    /// <summary>The parameters of <c>run</c> for a function of <c>sample.py</c>.</summary>
    public static string Call(string function, string arguments = "{}", string more = "", string module = "sample") =>
        $$"""
        {"name": "the-activity", "type": "probe", "provider": {"type": "python", "module": "{{module}}", "func": "{{function}}"},
         "arguments": {{arguments}}{{(more.Length > 0 ? ", " + more : "")}} }
        """;

    /// <summary>Runs a function; the outcome.</summary>
    public Task<JsonObject> RunAsync(string function, string arguments = "{}", string more = "", string module = "sample") =>
        ResultAsync("run", Call(function, arguments, more, module));

    /// <summary>Runs a function that has to succeed; its output.</summary>
    public async Task<JsonNode?> OutputAsync(string function, string arguments = "{}", string module = "sample")
    {
        var outcome = await RunAsync(function, arguments, module: module);
        Assert.True(Json.Text(outcome["end"]) == "succeeded", outcome.ToJsonString());
        return outcome["output"];
    }

    /// <summary>Sends a notification.</summary>
    public Task NotifyAsync(string method, string parameters) =>
        SendAsync($$"""{"jsonrpc":"2.0","method":"{{method}}","params":{{parameters}}}""");

    /// <summary>Sends a line as it is.</summary>
    public Task SendAsync(string line) => WriteAsync(Encoding.UTF8.GetBytes(line + "\n"));

    /// <summary>The next line that answers nothing that was asked: a notification, or an error without an id.</summary>
    public async Task<JsonObject> UnaskedAsync() => await unasked.Reader.ReadAsync(Token).AsTask().WaitAsync(Deadline, Token);

    /// <summary>Whether such a line has come already.</summary>
    public bool HasUnasked => unasked.Reader.TryPeek(out _);

    /// <summary>The end of the worker's input.</summary>
    public void Hang() => process.StandardInput.Dispose();

    /// <summary>How the worker ended, and what it wrote to its standard error.</summary>
    public async Task<(ProcessExitStatus Status, string Error)> EndAsync()
    {
        var output = await process.ReadOutputAsync(TimeProvider.System, Token).WaitAsync(Deadline, Token);
        return (output.Status, Encoding.UTF8.GetString(output.StandardError.Bytes.Span));
    }

    /// <summary>Ends the worker's input; what it had written to its standard error.</summary>
    public async Task<string> ErrorsAsync()
    {
        Hang();
        return (await EndAsync()).Error;
    }

    public async ValueTask DisposeAsync()
    {
        await process.DisposeAsync();
        await Task.WhenAny(reading);
        writing.Dispose();
    }

    private async Task WriteAsync(ReadOnlyMemory<byte> bytes)
    {
        await writing.WaitAsync(Token);
        try
        {
            await process.StandardInput.WriteAsync(bytes, Token);
            await process.StandardInput.FlushAsync(Token);
        }
        catch (IOException)
        {
            // The worker has ended; the test looks at how.
        }
        finally
        {
            writing.Release();
        }
    }

    private async Task ReadAsync()
    {
        using var lines = new StreamReader(process.StandardOutput, new UTF8Encoding(false, throwOnInvalidBytes: true), leaveOpen: true);
        while (await lines.ReadLineAsync() is { } line)
        {
            // The first line only ends what was printed before the worker took its streams.
            if (!line.StartsWith('{'))
            {
                continue;
            }

            var message = JsonNode.Parse(line)!.AsObject();
            if (message["id"] is { } id && pending.TryRemove(long.Parse(id.ToJsonString(), CultureInfo.InvariantCulture), out var waiting))
            {
                waiting.SetResult(message);
            }
            else
            {
                unasked.Writer.TryWrite(message);
            }
        }
    }
}
