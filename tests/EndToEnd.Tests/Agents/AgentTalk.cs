using System.Collections;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Turbulence.Platform.Processes;

namespace EndToEnd.Tests.Agents;

/// <summary>A <c>chaos agent</c>, and its coordinator: a line each way at a time.</summary>
internal sealed class AgentTalk : IAsyncDisposable
{
    private readonly ChildProcess process;
    private readonly StreamReader answers;
    private readonly List<JsonNode> unread = [];
    private int asked;

    private AgentTalk(ChildProcess process)
    {
        this.process = process;
        answers = new StreamReader(process.StandardOutput, leaveOpen: true);
    }

    public static AgentTalk Start(Room room)
    {
        var environment = Environment
            .GetEnvironmentVariables()
            .Cast<DictionaryEntry>()
            .ToDictionary(entry => (string)entry.Key, entry => (string?)entry.Value ?? "");
        environment["TURBULENCE_STATE"] = room.State;
        var options = new ProcessStartOptions
        {
            FileName = BuiltPrograms.Chaos,
            Arguments = ["agent"],
            WorkingDirectory = room.Path,
            Environment = environment,
            StandardInput = ChildInput.Stream,
            StandardOutput = ChildOutput.Stream,
            StandardError = ChildOutput.AppendTo(room.File("agent.err")),
        };
        Assert.True(ChildProcess.TryStart(options, out var process, out var failure), failure?.Message);
        return new AgentTalk(process);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Sends a line as it is.</summary>
    public async Task SendAsync(string line)
    {
        await process.StandardInput.WriteAsync(Encoding.UTF8.GetBytes(line + "\n"), Token);
        await process.StandardInput.FlushAsync(Token);
    }

    /// <summary>The next line that it says.</summary>
    public async Task<JsonNode> ReadAsync() =>
        JsonNode.Parse((await answers.ReadLineAsync(Token).AsTask().WaitAsync(ChaosRun.Deadline, Token))!)!;

    /// <summary>Asks for something without waiting for the answer.</summary>
    /// <returns>What the answer will be known by.</returns>
    public async Task<int> AskAsync(string method, string parameters)
    {
        var id = ++asked;
        await SendAsync(string.Create(
            CultureInfo.InvariantCulture, $$"""{"jsonrpc": "2.0", "id": {{id}}, "method": "{{method}}", "params": {{parameters}} }"""));
        return id;
    }

    /// <summary>The answer to something that was asked: its result, or its error.</summary>
    public async Task<JsonNode> AnswerAsync(int id)
    {
        while (true)
        {
            if (unread.Find(answer => (int?)answer["id"] == id) is { } found)
            {
                unread.Remove(found);
                return found["result"] ?? found["error"]!;
            }

            unread.Add(await ReadAsync());
        }
    }

    /// <summary>Asks, and waits for the answer.</summary>
    public async Task<JsonNode> CallAsync(string method, string parameters = "{}") => await AnswerAsync(await AskAsync(method, parameters));

    /// <summary>The coordinator goes: nothing more comes.</summary>
    public void HangUp() => process.StandardInput.Dispose();

    public void Signal(PosixSignalNumber signal) => Assert.True(process.Signal(signal));

    /// <summary>How it ends.</summary>
    public async Task<ProcessExitStatus> EndAsync() => await process.WaitForExitAsync(Token).WaitAsync(ChaosRun.Deadline, Token);

    public async ValueTask DisposeAsync()
    {
        answers.Dispose();
        if (!process.Exited.IsCompleted)
        {
            process.Signal(PosixSignalNumber.Kill);
        }

        await process.DisposeAsync();
    }
}
