using System.Collections;
using System.Text;
using System.Text.Json.Nodes;
using Turbulence.Faults.Ledgers;
using Turbulence.Platform.Processes;

namespace Turbulence.Faults.Tests;

/// <summary>The program <c>fault-runner</c>, as a process of its own.</summary>
internal sealed class RunnerProcess : IAsyncDisposable
{
    // Generous: a machine that builds and tests at once may be slow, and nothing here is about time.
    public static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);

    private readonly ChildProcess process;
    private readonly StreamReader output;

    private RunnerProcess(ChildProcess process)
    {
        this.process = process;
        output = new StreamReader(process.StandardOutput, Encoding.UTF8);
    }

    public ProcessIdentity Identity => process.Identity;

    public Task<ProcessExitStatus> Exited => process.Exited.WaitAsync(Deadline);

    /// <summary>Starts a run that puts <c>test.file</c> in.</summary>
    public static RunnerProcess StartFile(
        Room room, string name = "fault", double duration = 0, string? journal = null, string variables = "") =>
        Start(room, ["run", "test.file", new JsonObject { ["path"] = room[name] }.ToJsonString(), $"{duration}", .. journal is null
            ? Array.Empty<string>()
            : [journal]], variables);

    public static RunnerProcess Start(Room room, string[] arguments, string variables = "")
    {
        var environment = Environment
            .GetEnvironmentVariables()
            .Cast<DictionaryEntry>()
            .ToDictionary(entry => (string)entry.Key, entry => (string?)entry.Value ?? "");
        environment[StateFolder.Variable] = room.State;
        environment["DOTNET_TieredPGO"] = "0";
        foreach (var variable in variables.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            environment[variable.Split('=')[0]] = variable.Split('=')[1];
        }

        var options = new ProcessStartOptions
        {
            FileName = Crashes.Scenario.Program,
            Arguments = arguments,
            WorkingDirectory = room.Path,
            Environment = environment,
            StandardInput = ChildInput.Stream,
            StandardOutput = ChildOutput.Stream,
            StandardError = ChildOutput.AppendTo(room["errors"]),
        };
        Assert.True(ChildProcess.TryStart(options, out var process, out var failure), failure?.Message);
        return new RunnerProcess(process);
    }

    /// <summary>Recovers as any chaos run does first, and returns the exit code.</summary>
    public static async Task<int> RecoverAsync(Room room, string variables = "")
    {
        await using var recovery = Start(room, ["recover"], variables);
        return (await recovery.Exited).ReturnCode;
    }

    public bool Signal(PosixSignalNumber signal) => process.Signal(signal);

    /// <summary>The next line of its output; null at its end.</summary>
    public async Task<string?> LineAsync()
    {
        using var deadline = new CancellationTokenSource(Deadline);
        return await output.ReadLineAsync(deadline.Token);
    }

    /// <summary>Waits until the fault is in, and returns its id.</summary>
    public async Task<string> ActiveAsync()
    {
        var line = await LineAsync();
        Assert.StartsWith("active ", line, StringComparison.Ordinal);
        return line!["active ".Length..];
    }

    /// <summary>Lets the run come to its end.</summary>
    public void EndInput() => process.StandardInput.Dispose();

    public async ValueTask DisposeAsync()
    {
        output.Dispose();
        await process.DisposeAsync();
    }
}
