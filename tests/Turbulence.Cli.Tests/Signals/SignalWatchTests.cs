using System.Diagnostics;
using Turbulence.Cli.Tests.Verbs;
using Turbulence.Platform.Processes;

namespace Turbulence.Cli.Tests.Signals;

/// <summary>Signals to the built command while it runs; the rollbacks leave files behind that tell.</summary>
public sealed class SignalWatchTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public SignalWatchTests()
    {
        Needs.That(!OperatingSystem.IsWindows(), "Windows has no signals");
        folder.Write("experiment.json", SampleExperiments.Waiting);
        using var pipe = Process.Start("mkfifo", [folder["gate"]]);
        pipe.WaitForExit();
    }

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(PosixSignalNumber.Interrupt, "Received a termination signal (Ctrl-C)...")]
    [InlineData(PosixSignalNumber.Terminate, "SIGTERM signal received")]
    [InlineData(PosixSignalNumber.Hangup, "SIGHUP signal received")]
    [InlineData(PosixSignalNumber.Quit, "SIGQUIT signal received")]
    [InlineData(PosixSignalNumber.User1, "Received the exit signal: 20")]
    public async Task A_signal_ends_the_run_and_the_rollbacks_are_played(PosixSignalNumber signal, string line)
    {
        await using var command = await WaitingAsync();
        command.Signal(signal);
        await command.ReadUntilAsync(line);
        await command.ReadUntilAsync("Action: first");
        OpenGate();
        var (code, _) = await command.EndAsync();
        Assert.Equal(4, code);
        Assert.True(File.Exists(folder["second"]));
    }

    [Fact]
    public async Task The_ungraceful_exit_signal_leaves_the_rollbacks_out()
    {
        await using var command = await WaitingAsync();
        command.Signal(PosixSignalNumber.User2);
        var (code, error) = await command.EndAsync();
        Assert.Contains("Ignoring rollbacks as per signal", error, StringComparison.Ordinal);
        Assert.Equal(4, code);
        Assert.False(File.Exists(folder["first"]));
    }

    [Fact]
    public async Task A_second_signal_is_answered_and_a_third_leaves_the_remaining_rollbacks_out()
    {
        await using var command = await WaitingAsync();
        command.Signal(PosixSignalNumber.Terminate);
        await command.ReadUntilAsync("Action: first");
        command.Signal(PosixSignalNumber.Interrupt);
        await command.ReadUntilAsync("ask once more to leave the remaining rollbacks out");
        command.Signal(PosixSignalNumber.Terminate);
        var (code, _) = await command.EndAsync();
        Assert.Equal(5, code);
        Assert.False(File.Exists(folder["second"]));
    }

    [Fact]
    public async Task A_reader_that_hangs_up_does_not_cost_the_rollbacks()
    {
        await using var command = await WaitingAsync();
        command.HangUp();
        command.Signal(PosixSignalNumber.Terminate);
        OpenGate();
        var (code, _) = await command.EndAsync(read: false);
        Assert.Equal(4, code);
        Assert.True(File.Exists(folder["second"]));
    }

    private async Task<StartedCommand> WaitingAsync()
    {
        var command = StartedCommand.Start(folder, StartedCommand.Program, "--no-log-file", "run", "experiment.json");
        await command.ReadUntilAsync("Action: wait");
        return command;
    }

    // Opening a pipe for writing waits until the rollback reads it.
    private void OpenGate() => File.WriteAllText(folder["gate"], "go\n");
}
