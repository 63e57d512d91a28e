using System.Globalization;
using System.Text.Json.Nodes;
using Turbulence.Platform.Processes;

namespace EndToEnd.Tests;

/// <summary>
/// The commands for the person who has to stop it all: <c>chaos halt</c> and <c>chaos faults</c>, beside a run and after its death.
/// </summary>
public sealed class HaltTests : IDisposable
{
    private const string Paused = $$"""
        title: A paused process
        description: d
        method:
        {{Victim.Pause}}  - { type: action, name: wait, provider: { type: process, path: sh, arguments: [-c, 'touch waiting; exec sleep 1000'] } }
        """;

    private readonly Room room = new();

    public void Dispose() => room.Dispose();

    [Fact]
    public async Task Halt_stops_a_run_takes_its_faults_back_and_keeps_new_ones_from_starting_until_it_is_released()
    {
        await using var victim = await Victim.StartAsync(room);
        await using var run = await PausedAsync();
        await run.UntilAsync(() => victim.IsStopped);

        var halt = await ChaosRun.RunAsync(room, "halt", "--timeout", "60");

        Assert.True(halt.ExitCode == 0, halt.Said);
        Assert.Contains("Stopping the run 'A paused process'", halt.Said, StringComparison.Ordinal);
        Assert.False(victim.IsStopped);
        var end = await run.EndAsync();
        Assert.True(end.ExitCode == 4, end.Said);
        Assert.Contains("halted", end.Said, StringComparison.Ordinal);
        Assert.Equal(0, (await ChaosRun.RunAsync(room, "halt")).ExitCode);

        room.Write(
            "next.yaml",
            "title: t\ndescription: d\nmethod: [{ type: action, name: a, provider: { type: process, path: touch, arguments: [played] } }]\n");
        var refused = await ChaosRun.RunAsync(room, "run", "next.yaml");
        Assert.True(refused.ExitCode == 4, refused.Said);
        Assert.Contains("chaos halt --release", refused.Said, StringComparison.Ordinal);
        Assert.False(File.Exists(room.File("played")));

        Assert.Equal(0, (await ChaosRun.RunAsync(room, "halt", "--release")).ExitCode);
        Assert.Equal(0, (await ChaosRun.RunAsync(room, "halt", "--release")).ExitCode);
        Assert.Equal(0, (await ChaosRun.RunAsync(room, "run", "next.yaml")).ExitCode);
        Assert.True(File.Exists(room.File("played")));
    }

    [GateFact]
    public async Task Halt_takes_back_itself_what_a_frozen_run_has_in()
    {
        await using var victim = await Victim.StartAsync(room);
        await using var run = await PausedAsync();
        run.Signal(PosixSignalNumber.Stop);

        var halt = await ChaosRun.RunAsync(room, "halt", "--timeout", "0.1");

        Assert.False(victim.IsStopped);
        if (halt.ExitCode == 0)
        {
            // It was stopped in the middle of a look, with the fault's lock in its hand. One that could wake up there is ended.
            Assert.True((await run.EndAsync()).ExitCode == -(int)PosixSignalNumber.Kill, halt.Said);
            return;
        }

        Assert.True(halt.ExitCode == 5, halt.Said);
        Assert.Contains($"end its process {run.Id} by hand", halt.Said, StringComparison.Ordinal);
        run.Signal(PosixSignalNumber.Continue);
        var end = await run.EndAsync();
        Assert.True(end.ExitCode == 4, end.Said);
    }

    [Fact]
    public async Task A_fault_is_listed_and_taken_back_beside_its_run_and_a_second_time_is_nothing_to_do()
    {
        await using var victim = await Victim.StartAsync(room);
        await using var run = await PausedAsync();

        var list = await ChaosRun.RunAsync(room, "faults", "list");
        Assert.True(list.ExitCode == 0, list.Said);
        Assert.Contains("process.pause  active", list.Output, StringComparison.Ordinal);
        Assert.Contains("of the run 'A paused process'", list.Output, StringComparison.Ordinal);
        var id = list.Output.Split(' ')[0];

        foreach (var expected in (string[])["is taken back", "nothing to take back"])
        {
            var revert = await ChaosRun.RunAsync(room, "faults", "revert", id);
            Assert.True(revert.ExitCode == 0, revert.Said);
            Assert.Contains(expected, revert.Said, StringComparison.Ordinal);
            Assert.False(victim.IsStopped);
        }

        run.Signal(PosixSignalNumber.Interrupt);
        Assert.Equal(4, (await run.EndAsync()).ExitCode);
        Assert.Equal("confirmed", room.Journal()["turbulence"]!["faults"]![0]!["state"]!.GetValue<string>());
    }

    [GateFact]
    public async Task A_run_whose_fault_was_taken_back_beside_it_has_not_passed()
    {
        await using var victim = await Victim.StartAsync(room);
        room.Write("e.yaml", $$"""
            title: t
            description: d
            steady-state-hypothesis: { title: h, probes: [{ type: probe, name: p, tolerance: 0, provider: { type: process, path: "true" } }] }
            method:
            {{Victim.Pause}}  - { type: action, name: wait, provider: { type: process, path: sh, arguments: [-c, 'touch waiting; while [ ! -e go ]; do sleep 0.01; done'] } }
            """);
        await using var run = ChaosRun.Start(room, "run", "e.yaml");
        await run.UntilAsync(() => File.Exists(room.File("waiting")));

        var revert = await ChaosRun.RunAsync(room, "faults", "revert", "--all");
        Assert.True(revert.ExitCode == 0, revert.Said);
        room.Write("go", "");

        var end = await run.EndAsync();
        Assert.True(end.ExitCode == 3, end.Said);
        Assert.Contains("Verdict: inconclusive", end.Said, StringComparison.Ordinal);
        Assert.False(victim.IsStopped);
    }

    [GateFact]
    public async Task A_run_whose_fault_was_over_before_anybody_looked_says_that_it_shows_recovery()
    {
        await using var victim = await Victim.StartAsync(room);
        room.Write("e.yaml", $$"""
            title: t
            description: d
            steady-state-hypothesis: { title: h, probes: [{ type: probe, name: p, tolerance: 0, provider: { type: process, path: "true" } }] }
            method:
            {{Victim.Pause.Replace("kind: process.pause,", "kind: process.pause, duration: 0.1,", StringComparison.Ordinal)}}  - { type: action, name: wait, provider: { type: process, path: sh, arguments: [-c, 'until grep -qsE "^ *.state.: *.confirmed" state/faults/*.json; do sleep 0.01; done'] } }
            """);

        var end = await ChaosRun.RunAsync(room, "run", "e.yaml");

        Assert.True(end.ExitCode == 0, end.Said);
        Assert.Contains("recovery", end.Said, StringComparison.Ordinal);
    }

    [GateFact]
    public async Task With_runner_and_guardian_stopped_the_list_says_that_nobody_looks_after_the_fault_and_revert_takes_it_back()
    {
        await using var victim = await Victim.StartAsync(room);
        await using var run = await PausedAsync();
        var guardian = int.Parse(Directory
            .GetFiles(Path.Combine(room.State, "runs"), "*.json")
            .Select(file => JsonNode.Parse(File.ReadAllText(file))!["guardian"]!["pid"]!.ToString())
            .Single(), CultureInfo.InvariantCulture);
        run.Signal(PosixSignalNumber.Stop);
        Assert.True(ProcessHandle.TryOpen(guardian, out var handle, out _));
        using (handle)
        {
            Assert.True(handle.Signal(PosixSignalNumber.Stop));
            Assert.True(victim.IsStopped);

            var list = await ChaosRun.RunAsync(room, "faults", "list");
            Assert.Equal(5, list.ExitCode);
            Assert.Contains("is stopped, and so nobody looks after it", list.Output, StringComparison.Ordinal);
            var revert = await ChaosRun.RunAsync(room, "faults", "revert", "--all");
            Assert.True(revert.ExitCode == 0, revert.Said);
            Assert.False(victim.IsStopped);
            await handle.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        // It may see at once that its fault was taken back, and end before it is asked to.
        run.Signal(PosixSignalNumber.Continue);
        run.SignalUnlessEnded(PosixSignalNumber.Interrupt);
        var end = await run.EndAsync();
        Assert.True(end.ExitCode == 4, end.Said);
        Assert.False(victim.IsStopped);
    }

    [Fact]
    public async Task A_record_that_cannot_be_read_is_never_no_fault()
    {
        Directory.CreateDirectory(Path.Combine(room.State, "faults"), (UnixFileMode)0b111_000_000);
        File.WriteAllText(Path.Combine(room.State, "faults", "k3f9.json"), "");
        var list = await ChaosRun.RunAsync(room, "faults", "list");
        Assert.Equal(5, list.ExitCode);
        Assert.DoesNotContain("No fault is in.", list.Output, StringComparison.Ordinal);
        Assert.Equal(5, (await ChaosRun.RunAsync(room, "faults", "revert", "--all")).ExitCode);
        Assert.Equal(5, (await ChaosRun.RunAsync(room, "halt")).ExitCode);
    }

    [Theory]
    [InlineData("faults", "revert", "--all")]
    [InlineData("run", "next.yaml")]
    public async Task The_run_of_a_damaged_record_stays_in_the_ledger_as_long_as_that(params string[] command)
    {
        room.Write(
            "next.yaml", "title: t\ndescription: d\nmethod: [{ type: action, name: a, provider: { type: process, path: 'true' } }]\n");
        Assert.Equal(0, (await ChaosRun.RunAsync(room, "faults", "list")).ExitCode);
        foreach (var folder in (string[])["faults", "runs"])
        {
            Directory.CreateDirectory(Path.Combine(room.State, folder), (UnixFileMode)0b111_000_000);
        }

        File.SetUnixFileMode(room.State, (UnixFileMode)0b111_000_000);
        var (fault, run) = (Path.Combine(room.State, "faults", "k3f9.json"), Path.Combine(room.State, "runs", "r2.json"));
        File.WriteAllText(fault, "{");
        File.WriteAllText(run, """
            { "schema": 1, "id": "r2", "title": "the one that died", "runner": { "pid": 2147483647, "start_time": 1 }, "started": "2020-01-02T03:04:05.0000000+00:00", "boot": "another" }
            """);

        var said = await ChaosRun.RunAsync(room, command);
        Assert.Equal(5, said.ExitCode);
        Assert.Contains(
            "of a fault of the run 'the one that died' (process 2147483647, begun 2020-01-02 03:04:05 UTC)",
            said.Said,
            StringComparison.Ordinal);
        Assert.True(File.Exists(run));

        File.Delete(fault);
        await ChaosRun.RunAsync(room, "run", "next.yaml");
        Assert.False(File.Exists(run));
    }

    [GateFact]
    public async Task A_halt_waits_for_a_run_that_only_resolves_its_configuration()
    {
        room.Write("slow.yaml", """
            title: A slow configuration
            description: d
            configuration:
              slow: { type: probe, name: slow, provider: { type: process, path: sh, arguments: [-c, 'touch resolving; exec sleep 1000'] } }
            method: [{ type: action, name: a, provider: { type: process, path: touch, arguments: [played] } }]
            """);
        await using var run = ChaosRun.Start(room, "run", "slow.yaml");
        await run.UntilAsync(() => File.Exists(room.File("resolving")));

        var halt = await ChaosRun.RunAsync(room, "halt", "--timeout", "60");

        Assert.True(halt.ExitCode == 0, halt.Said);
        Assert.Contains("Stopping the run 'A slow configuration'", halt.Said, StringComparison.Ordinal);
        var end = await run.EndAsync();
        Assert.True(end.ExitCode == 4, end.Said);
        Assert.False(File.Exists(room.File("played")));
    }

    [GateFact]
    public async Task A_ledger_that_is_opened_to_others_in_mid_run_stops_the_run_and_the_fault_is_taken_back_first()
    {
        await using var victim = await Victim.StartAsync(room);
        await using var run = await PausedAsync();
        File.SetUnixFileMode(room.State, (UnixFileMode)0b111_111_111);
        var end = await run.EndAsync();
        Assert.False(victim.IsStopped);
        Assert.True(end.ExitCode == 5, end.Said);
        Assert.Contains("counts as halted", end.Said, StringComparison.Ordinal);
        Assert.Contains("goes on saying that they are in", end.Said, StringComparison.Ordinal);
        Assert.Equal("confirmed", room.Journal()["turbulence"]!["faults"]![0]!["state"]!.GetValue<string>());
        Assert.NotEqual(0, (await ChaosRun.RunAsync(room, "run", "paused.yaml")).ExitCode);
    }

    [Fact]
    public async Task A_fault_that_nobody_knows_is_a_mistake()
    {
        var revert = await ChaosRun.RunAsync(room, "faults", "revert", "k3f9");
        Assert.Equal(64, revert.ExitCode);
        Assert.Contains("There is no fault 'k3f9'", revert.Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Which_fault_to_take_back_has_to_be_said()
    {
        Assert.Equal(64, (await ChaosRun.RunAsync(room, "faults", "revert")).ExitCode);
        Assert.Equal(64, (await ChaosRun.RunAsync(room, "faults", "revert", "k3f9", "--all")).ExitCode);
        Assert.Equal(0, (await ChaosRun.RunAsync(room, "faults", "revert", "--all")).ExitCode);
    }

    [Fact]
    public async Task With_nothing_in_the_list_says_so()
    {
        var list = await ChaosRun.RunAsync(room, "faults", "list");
        Assert.Equal((0, "No fault is in.\n"), (list.ExitCode, list.Output));
        Assert.Equal("[]\n", (await ChaosRun.RunAsync(room, "faults", "list", "--json")).Output);
    }

    [Fact]
    public async Task Two_runs_cannot_fight_over_one_process()
    {
        await using var victim = await Victim.StartAsync(room);
        await using var run = await PausedAsync();
        room.Write("second.yaml", $"title: t\ndescription: d\nmethod:\n{Victim.Pause}");
        var second = await ChaosRun.RunAsync(room, "run", "--journal-path", "second.json", "second.yaml");
        Assert.True(second.ExitCode == 2, second.Said);
        Assert.Contains("because in the method: action 'pause-victim' failed", second.Said, StringComparison.Ordinal);
        Assert.True(victim.IsStopped);
        run.Signal(PosixSignalNumber.Interrupt);
        Assert.Equal(4, (await run.EndAsync()).ExitCode);
        Assert.False(victim.IsStopped);
    }

    [GateFact]
    public async Task What_is_said_of_a_halt_mark_that_is_none_is_what_helps()
    {
        Assert.Equal(0, (await ChaosRun.RunAsync(room, "halt")).ExitCode);
        Assert.Equal(0, (await ChaosRun.RunAsync(room, "halt", "--release")).ExitCode);
        room.Write(
            "next.yaml",
            "title: t\ndescription: d\nmethod: [{ type: action, name: a, provider: { type: process, path: touch, arguments: [played] } }]\n");
        var mark = Path.Combine(room.State, "halt");
        Directory.CreateDirectory(mark);
        foreach (var command in (string[][])[["run", "next.yaml"], ["halt"], ["halt", "--release"], ["faults", "list"]])
        {
            var said = await ChaosRun.RunAsync(room, command);
            Assert.Contains("by hand", said.Said, StringComparison.Ordinal);
            Assert.DoesNotContain("'chaos halt --release' lets", said.Said, StringComparison.Ordinal);
            Assert.DoesNotContain("new runs can start", said.Said, StringComparison.Ordinal);
            Assert.Equal(command switch { ["run", _] => 4, ["halt", _] => 5, _ => 0 }, said.ExitCode);
        }

        Directory.Delete(mark);
        File.WriteAllText(mark, "");
        Assert.Contains("everything is halted, and", (await ChaosRun.RunAsync(room, "run", "next.yaml")).Said, StringComparison.Ordinal);
        Assert.Equal(0, (await ChaosRun.RunAsync(room, "halt", "--release")).ExitCode);
        Assert.Equal(0, (await ChaosRun.RunAsync(room, "run", "next.yaml")).ExitCode);
    }

    private async Task<ChaosRun> PausedAsync()
    {
        room.Write("paused.yaml", Paused);
        var run = ChaosRun.Start(room, "run", "paused.yaml");
        await run.UntilAsync(() => File.Exists(room.File("waiting")));
        return run;
    }
}
