using System.Collections;
using System.Text;
using Turbulence.Platform.Processes;

namespace Turbulence.Telemetry.Tests;

/// <summary>One <c>chaos run</c>, started as a user would, with variables of the environment.</summary>
internal sealed class ChaosProgram : IAsyncDisposable
{
    // Generous: a machine that builds and tests at once may be slow, and nothing here is about time.
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);

    private readonly ChildProcess process;

    private ChaosProgram(ChildProcess process) => this.process = process;

    public static ChaosProgram Start(TemporaryFolder folder, IReadOnlyDictionary<string, string> more, params string[] arguments) =>
        StartProgram(BuiltProgram.Shipped("Turbulence.Cli", "chaos"), folder, more, arguments);

    public static ChaosProgram StartProgram(
        string program, TemporaryFolder folder, IReadOnlyDictionary<string, string> more, params string[] arguments)
    {
        var environment = Environment
            .GetEnvironmentVariables()
            .Cast<DictionaryEntry>()
            .Where(entry => !((string)entry.Key).StartsWith("OTEL_", StringComparison.Ordinal))
            .ToDictionary(entry => (string)entry.Key, entry => (string?)entry.Value ?? "");
        environment["TURBULENCE_STATE"] = folder["state"];
        environment["HOME"] = folder.Path;
        foreach (var (name, value) in more)
        {
            environment[name] = value;
        }

        var options = new ProcessStartOptions
        {
            FileName = program,
            Arguments = arguments,
            WorkingDirectory = folder.Path,
            Environment = environment,
            StandardOutput = ChildOutput.Capture(1 << 20),
            StandardError = ChildOutput.Capture(1 << 20),
        };
        Assert.True(ChildProcess.TryStart(options, out var process, out var failure), failure?.Message);
        return new ChaosProgram(process);
    }

    /// <summary>Runs an experiment to its end.</summary>
    /// <returns>The exit code and everything that was printed.</returns>
    public static async Task<(int Exit, string Said)> RunAsync(
        TemporaryFolder folder, string experiment, params (string Name, string Value)[] environment)
    {
        folder.Write("experiment.json", experiment);
        await using var program = Start(
            folder, environment.ToDictionary(one => one.Name, one => one.Value), "run", "experiment.json", "--seed", "7");
        return await program.EndAsync();
    }

    public void Signal(PosixSignalNumber signal) => Assert.True(process.Signal(signal));

    public async Task<(int Exit, string Said)> EndAsync()
    {
        var status = await process
            .WaitForExitAsync(TestContext.Current.CancellationToken)
            .WaitAsync(Deadline, TestContext.Current.CancellationToken);
        var output = await process.ReadOutputAsync(TimeProvider.System, TestContext.Current.CancellationToken);
        return (
            status.ReturnCode,
            Encoding.UTF8.GetString(output.StandardOutput.Bytes.Span) + Encoding.UTF8.GetString(output.StandardError.Bytes.Span));
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
