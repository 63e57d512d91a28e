using System.Text.Json.Nodes;
using FaultRunner;
using Turbulence.Events;
using Turbulence.Platform.Processes;

namespace Turbulence.Faults.Tests.Guardians;

/// <summary>What becomes of a fault when its runner dies, freezes or loses its guardian. All of them are processes of their own.</summary>
public sealed class GuardianTests : IDisposable
{
    private const string Journal = """
        {
          "title": "t",
          "run": [{"turbulence": {"status": "a \"trap\" }"}}],
          "turbulence": {
            "version": "1"
          }
        }
        """;

    // Promised are two seconds; what a loaded machine adds is its own.
    private static readonly TimeSpan Promise = TimeSpan.FromSeconds(Environment.GetEnvironmentVariable("STRICT_TIMES") is null ? 10 : 2);

    private readonly Room room = new();

    public void Dispose() => room.Dispose();

    [Theory]
    [InlineData(PosixSignalNumber.Kill)]
    [InlineData(PosixSignalNumber.Terminate)]
    [InlineData(PosixSignalNumber.Hangup)]
    public async Task A_runner_that_dies_of_a_signal_loses_its_fault_within_two_seconds(PosixSignalNumber signal)
    {
        File.WriteAllText(room["journal.json"], Journal);
        await using var runner = RunnerProcess.StartFile(room, journal: room["journal.json"]);
        var id = await runner.ActiveAsync();
        Assert.True(File.Exists(room["fault"]));

        Assert.True(runner.Signal(signal));

        var gone = await Eventually.HoldsAsync(() => !File.Exists(room["fault"]));
        TestContext.Current.SendDiagnosticMessage($"{signal}: gone after {gone.TotalMilliseconds:0} ms");
        Assert.InRange(gone, TimeSpan.Zero, Promise);
        await Eventually.HoldsAsync(() => room.Records().Count == 0);
        var section = JsonNode.Parse(File.ReadAllText(room["journal.json"]))!["turbulence"]!;
        var told = section["guardian"]!;
        Assert.Equal($"the runner, process {runner.Identity.Id}, died", told["reason"]!.GetValue<string>());
        Assert.True(told["confirmed"]!.GetValue<bool>());
        var fault = Assert.Single(section["faults"]!.AsArray())!;
        Assert.Equal((id, "confirmed", "its guardian"), ((string?)fault["id"], (string?)fault["state"], (string?)fault["by"]));
        Assert.Equal("the file is gone", fault["confirmation"]!["text"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_runner_that_is_stopped_loses_its_fault_and_finds_that_out_when_it_wakes_up()
    {
        await using var runner = RunnerProcess.StartFile(room);
        await runner.ActiveAsync();

        Assert.True(runner.Signal(PosixSignalNumber.Stop));

        var gone = await Eventually.HoldsAsync(() => !File.Exists(room["fault"]));
        TestContext.Current.SendDiagnosticMessage($"stopped: gone after {gone.TotalMilliseconds:0} ms");
        Assert.InRange(gone, TimeSpan.FromSeconds(1), Promise);
        await Eventually.HoldsAsync(() => room.Ledger.Read().Faults is [{ State: FaultState.Confirmed }]);
        Assert.True(runner.Signal(PosixSignalNumber.Continue));
        Assert.Equal(
            $"stop the run is lost: the runner, process {runner.Identity.Id}, was stopped, and its guardian took its faults back",
            await runner.LineAsync());
        Assert.Equal("confirmed", await runner.LineAsync());
        Assert.Equal(4, (await runner.Exited).ExitCode);
        Assert.Empty(room.Records());
    }

    [Fact]
    public async Task A_runner_that_is_stopped_and_later_killed_leaves_no_record_and_no_guardian()
    {
        await using var runner = RunnerProcess.StartFile(room);
        await runner.ActiveAsync();
        var guardian = Assert.Single(room.Ledger.Read().Runs).Guardian!.Value;
        Assert.True(runner.Signal(PosixSignalNumber.Stop));
        await Eventually.HoldsAsync(() => room.Ledger.Read().Faults is [{ State: FaultState.Confirmed }]);

        Assert.True(runner.Signal(PosixSignalNumber.Kill));

        await Eventually.HoldsAsync(() => room.Records().Count == 0 && !guardian.IsAlive);
    }

    [Fact]
    public async Task A_run_that_ends_in_order_leaves_nothing_and_its_guardian_ends_with_it()
    {
        await using var runner = RunnerProcess.StartFile(room);
        await runner.ActiveAsync();
        var guardian = Assert.Single(room.Ledger.Read().Runs).Guardian!.Value;
        Assert.True(guardian.IsAlive);
        Assert.NotEqual(ProcessTable.Find(runner.Identity.Id)!.SessionId, ProcessTable.Find(guardian.Id)!.SessionId);

        runner.EndInput();

        Assert.Equal("confirmed", await runner.LineAsync());
        Assert.Equal(0, (await runner.Exited).ExitCode);
        Assert.False(guardian.IsAlive);
        Assert.False(File.Exists(room["fault"]));
        Assert.Empty(room.Records());
    }

    [Fact]
    public async Task A_guardian_does_not_listen_to_signals_of_a_terminal()
    {
        await using var runner = RunnerProcess.StartFile(room);
        await runner.ActiveAsync();
        var guardian = Assert.Single(room.Ledger.Read().Runs).Guardian!.Value;
        Assert.True(ProcessHandle.TryOpen(guardian, out var handle, out _));
        using (handle)
        {
            Assert.True(handle.Signal(PosixSignalNumber.Interrupt)
                && handle.Signal(PosixSignalNumber.Terminate)
                && handle.Signal(PosixSignalNumber.Hangup));
            Assert.True(runner.Signal(PosixSignalNumber.Kill));
            await Eventually.HoldsAsync(() => !File.Exists(room["fault"]));
        }
    }

    [Theory]
    [InlineData(PosixSignalNumber.Kill)]
    [InlineData(PosixSignalNumber.Stop)]
    public async Task A_guardian_that_dies_or_is_stopped_is_replaced_and_the_next_one_does_its_work(PosixSignalNumber signal)
    {
        await using var runner = RunnerProcess.StartFile(room);
        await runner.ActiveAsync();
        var first = Assert.Single(room.Ledger.Read().Runs).Guardian!.Value;
        Assert.True(ProcessHandle.TryOpen(first, out var handle, out _));
        using (handle)
        {
            Assert.True(handle.Signal(signal));
        }

        await Eventually.HoldsAsync(() => room.Ledger.Read().Runs is [{ Guardian: { } now }] && now != first && now.IsAlive);
        Assert.False(first.IsAlive);
        Assert.True(File.Exists(room["fault"]));
        Assert.True(runner.Signal(PosixSignalNumber.Kill));
        await Eventually.HoldsAsync(() => !File.Exists(room["fault"]) && room.Records().Count == 0);
    }

    [Theory]
    [InlineData(Trouble.Open)]
    [InlineData(Trouble.Link)]
    [InlineData(Trouble.Gone)]
    [InlineData(Trouble.AFile)]
    [InlineData(Trouble.Foreign)]
    public async Task Whatever_becomes_of_the_ledger_the_guardian_takes_the_fault_back_and_complains_afterwards(string trouble)
    {
        if (trouble == Trouble.Foreign)
        {
            Needs.Root("to give a folder away");
        }

        File.WriteAllText(room["journal.json"], Journal);
        await using var runner = RunnerProcess.StartFile(room, journal: room["journal.json"]);
        await runner.ActiveAsync();
        Assert.True(runner.Signal(PosixSignalNumber.Stop));
        Trouble.Make(trouble, room.State);

        Assert.True(runner.Signal(PosixSignalNumber.Kill));

        await Eventually.HoldsAsync(() => !File.Exists(room["fault"]));
        await Eventually.HoldsAsync(() => File.ReadAllText(room["journal.json"]).Contains("\"complaints\"", StringComparison.Ordinal));
        var told = JsonNode.Parse(File.ReadAllText(room["journal.json"]))!["turbulence"]!["guardian"]!;
        Assert.True(told["confirmed"]!.GetValue<bool>());
        Assert.NotEmpty(told["complaints"]!.AsArray());
        await Eventually.HoldsAsync(() =>
            File.ReadAllText(room["errors"]).Contains("chaos: the guardian of the run 'a run of the tests'", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_guardian_that_was_stopped_before_its_runner_died_wakes_up_and_does_its_work(bool runnerToo)
    {
        await using var runner = RunnerProcess.StartFile(room);
        await runner.ActiveAsync();
        var guardian = Assert.Single(room.Ledger.Read().Runs).Guardian!.Value;
        if (runnerToo)
        {
            Assert.True(runner.Signal(PosixSignalNumber.Stop));
        }

        Assert.True(ProcessHandle.TryOpen(guardian, out var handle, out _));
        using (handle)
        {
            Assert.True(handle.Signal(PosixSignalNumber.Stop) && runner.Signal(PosixSignalNumber.Kill));
        }

        await Eventually.HoldsAsync(() => !File.Exists(room["fault"]) && room.Records().Count == 0);
    }

    [Fact]
    public async Task With_both_dead_the_fault_is_noticed_and_the_next_run_takes_it_back_first()
    {
        await using var runner = RunnerProcess.StartFile(room);
        var id = await runner.ActiveAsync();
        var guardian = Assert.Single(room.Ledger.Read().Runs).Guardian!.Value;
        Assert.True(runner.Signal(PosixSignalNumber.Stop));
        Assert.True(ProcessHandle.TryOpen(guardian, out var handle, out _));
        using (handle)
        {
            Assert.True(handle.Signal(PosixSignalNumber.Kill));
            await handle.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        Assert.True(runner.Signal(PosixSignalNumber.Kill));
        await runner.Exited;
        Assert.True(File.Exists(room["fault"]));
        Assert.Contains(id, Faults.Recoveries.Recovery.Notice(room.Ledger), StringComparison.Ordinal);

        Assert.Equal(0, await RunnerProcess.RecoverAsync(room));

        Assert.False(File.Exists(room["fault"]));
        Assert.Null(Faults.Recoveries.Recovery.Notice(room.Ledger));
        Assert.Empty(room.Records());
    }

    [Fact]
    public async Task A_second_run_cannot_have_the_same_target_and_is_told_whose_it_is()
    {
        await using var first = RunnerProcess.StartFile(room);
        await first.ActiveAsync();
        await using var second = RunnerProcess.StartFile(room);
        var refused = await second.LineAsync();
        Assert.StartsWith("refused", refused, StringComparison.Ordinal);
        Assert.Contains($"is held by the run 'a run of the tests' (process {first.Identity.Id})", refused, StringComparison.Ordinal);
        Assert.True(File.Exists(room["fault"]));
    }

    [Fact]
    public async Task A_duration_ends_the_fault_while_the_run_goes_on()
    {
        await using var runner = RunnerProcess.StartFile(room, duration: 0.3);
        await runner.ActiveAsync();
        await Eventually.HoldsAsync(() => !File.Exists(room["fault"]));
        Assert.True(runner.Identity.IsAlive);
        await Eventually.HoldsAsync(() => room.Ledger.Read().Faults is [{ State: FaultState.Confirmed }]);
    }

    [Fact]
    public async Task A_halt_stops_a_run_and_keeps_the_next_one_from_starting()
    {
        await using var runner = RunnerProcess.StartFile(room);
        await runner.ActiveAsync();
        room.Ledger.Halt("somebody said so");
        Assert.Equal("stop the run is halted: somebody said so", await runner.LineAsync());
        Assert.Equal(4, (await runner.Exited).ExitCode);
        Assert.False(File.Exists(room["fault"]));
        await using var next = RunnerProcess.StartFile(room);
        Assert.StartsWith("refused nothing is run: somebody said so", await next.LineAsync(), StringComparison.Ordinal);
        Assert.True(room.Ledger.ReleaseHalt());
        Assert.False(room.Ledger.ReleaseHalt());
    }
}
