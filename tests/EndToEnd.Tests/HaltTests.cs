using Turbulence.Platform.Processes;

namespace EndToEnd.Tests;

/// <summary>The commands for the person who has to stop it all: <c>chaos halt</c> and <c>chaos faults</c>, beside a run and after its death.</summary>
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

        room.Write("next.yaml", "title: t\ndescription: d\nmethod: [{ type: action, name: a, provider: { type: process, path: touch, arguments: [played] } }]\n");
        var refused = await ChaosRun.RunAsync(room, "run", "next.yaml");
        Assert.True(refused.ExitCode == 4, refused.Said);
        Assert.Contains("chaos halt --release", refused.Said, StringComparison.Ordinal);
        Assert.False(File.Exists(room.File("played")));

        Assert.Equal(0, (await ChaosRun.RunAsync(room, "halt", "--release")).ExitCode);
        Assert.Equal(0, (await ChaosRun.RunAsync(room, "halt", "--release")).ExitCode);
        Assert.Equal(0, (await ChaosRun.RunAsync(room, "run", "next.yaml")).ExitCode);
        Assert.True(File.Exists(room.File("played")));
    }

    [Fact]
    public async Task Halt_takes_back_itself_what_a_frozen_run_has_in()
    {
        await using var victim = await Victim.StartAsync(room);
        await using var run = await PausedAsync();
        run.Signal(PosixSignalNumber.Stop);

        var halt = await ChaosRun.RunAsync(room, "halt", "--timeout", "0.1");

        Assert.False(victim.IsStopped);
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

    private async Task<ChaosRun> PausedAsync()
    {
        room.Write("paused.yaml", Paused);
        var run = ChaosRun.Start(room, "run", "paused.yaml");
        await run.UntilAsync(() => File.Exists(room.File("waiting")));
        return run;
    }
}
