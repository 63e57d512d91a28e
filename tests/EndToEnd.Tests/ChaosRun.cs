using System.Collections;
using System.Text;
using Turbulence.Platform.Processes;

namespace EndToEnd.Tests;

/// <summary>One <c>chaos</c> command, run as a user would: a process of its own, in a folder of the test's.</summary>
internal sealed class ChaosRun : IAsyncDisposable
{
    // Generous: a machine that builds and tests at once may be slow, and nothing here is about time.
    public static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);

    private readonly ChildProcess process;

    private ChaosRun(ChildProcess process) => this.process = process;

    public static ChaosRun Start(Room room, params string[] arguments) => StartProgram(BuiltPrograms.Chaos, room, arguments);

    public static ChaosRun StartProgram(string program, Room room, params string[] arguments) =>
        Start(program, room, new Dictionary<string, string>(), arguments);

    /// <summary>Starts a command with more in its environment than is in ours.</summary>
    public static ChaosRun Start(Room room, IReadOnlyDictionary<string, string> more, params string[] arguments) =>
        Start(BuiltPrograms.Chaos, room, more, arguments);

    /// <summary>Starts another program with more in its environment than is in ours.</summary>
    public static ChaosRun StartProgram(
        string program, Room room, IReadOnlyDictionary<string, string> more, params string[] arguments) =>
        Start(program, room, more, arguments);

    private static ChaosRun Start(string program, Room room, IReadOnlyDictionary<string, string> more, string[] arguments)
    {
        var environment = Environment
            .GetEnvironmentVariables()
            .Cast<DictionaryEntry>()
            .ToDictionary(entry => (string)entry.Key, entry => (string?)entry.Value ?? "");
        environment["TURBULENCE_STATE"] = room.State;
        foreach (var (name, value) in more)
        {
            environment[name] = value;
        }

        var options = new ProcessStartOptions
        {
            FileName = program,
            Arguments = arguments,
            WorkingDirectory = room.Path,
            Environment = environment,
            StandardOutput = ChildOutput.Capture(1 << 20),
            StandardError = ChildOutput.Capture(1 << 20),
        };
        Assert.True(ChildProcess.TryStart(options, out var process, out var failure), failure?.Message);
        return new ChaosRun(process);
    }

    public static async Task<ChaosEnd> RunAsync(Room room, params string[] arguments)
    {
        await using var run = Start(room, arguments);
        return await run.EndAsync();
    }

    public int Id => process.Id;

    public void Signal(PosixSignalNumber signal) => Assert.True(process.Signal(signal));

    /// <summary>Sends a signal to a command that may have come to its end by itself.</summary>
    public void SignalUnlessEnded(PosixSignalNumber signal) => Assert.True(process.Signal(signal) || process.HasEnded);

    /// <summary>Waits until <paramref name="condition"/> holds; fails when the command ends before that.</summary>
    public Task UntilAsync(Func<bool> condition) => Eventually.HoldsAsync(() =>
    {
        var holds = condition();
        Assert.True(holds || !process.Exited.IsCompleted, "chaos ended before that");
        return holds;
    });

    public async Task<ChaosEnd> EndAsync()
    {
        var status = await process
            .WaitForExitAsync(TestContext.Current.CancellationToken)
            .WaitAsync(Deadline, TestContext.Current.CancellationToken);
        var output = await process.ReadOutputAsync(TimeProvider.System, TestContext.Current.CancellationToken);
        return new ChaosEnd(
            status,
            Encoding.UTF8.GetString(output.StandardOutput.Bytes.Span),
            Encoding.UTF8.GetString(output.StandardError.Bytes.Span));
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.Exited.IsCompleted)
        {
            await process.TerminateGroupAsync(TimeSpan.FromSeconds(10), TimeProvider.System);
        }

        await process.DisposeAsync();
    }
}
