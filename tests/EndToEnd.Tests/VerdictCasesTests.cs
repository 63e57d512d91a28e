using Turbulence.Platform.Processes;

namespace EndToEnd.Tests;

/// <summary>
/// The seven ways in which an experiment can pass that should not, or leaves its fault in: each has the verdict here that a user would
/// expect.
/// </summary>
public sealed class VerdictCasesTests : IDisposable
{
    private readonly Room room = new();

    public void Dispose() => room.Dispose();

    [Fact]
    public async Task V1_a_steady_state_that_is_not_met_before_the_method_is_inconclusive_and_nothing_is_played()
    {
        room.Write(
            "e.yaml", Experiment(probe: "[ -e never ]", method: Action("a", "touch played"), rollbacks: Action("r", "touch played")));
        var end = await ChaosRun.RunAsync(room, "run", "e.yaml");
        Assert.True(end.ExitCode == 3, end.Said);
        Assert.Contains("Verdict: inconclusive", end.Said, StringComparison.Ordinal);
        Assert.False(File.Exists(room.File("played")));
    }

    [Theory]
    [InlineData("continuously")]
    [InlineData("during-method-only")]
    public async Task V2_a_system_that_is_broken_for_a_while_and_heals_deviates(string strategy)
    {
        // Broken until it was asked while it was: no clock decides what is seen.
        room.Write("e.yaml", Experiment(
            probe: "[ ! -e broken ] || { touch seen; exit 1; }",
            method: Action("break-and-heal", "touch broken; while [ ! -e seen ]; do sleep 0.01; done; rm broken")));
        var end = await ChaosRun.RunAsync(room, "run", "--hypothesis-strategy", strategy, "--hypothesis-frequency", "0.02", "e.yaml");
        Assert.True(end.ExitCode == 1, end.Said);
        Assert.Contains("because while the method played", end.Said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{ type: process, path: sh, arguments: [-c, 'kill $(cat nonexistent.pid)'] }")]
    [InlineData("{ type: fault, kind: process.kill, arguments: { pid_file: nonexistent.pid } }")]
    [InlineData("{ type: fault, kind: process.kill, arguments: { command: 'no such program runs here [0-9]{9}' } }")]
    public async Task V3_a_fault_that_was_never_injected_is_a_failed_experiment(string provider)
    {
        room.Write("e.yaml", Experiment(probe: "true", method: $"  - {{ type: action, name: kill, provider: {provider} }}\n"));
        var end = await ChaosRun.RunAsync(room, "run", "e.yaml");
        Assert.True(end.ExitCode == 2, end.Said);
        Assert.Contains("because in the method: action 'kill' failed", end.Said, StringComparison.Ordinal);
        Assert.Equal("failed", room.Journal()["run"]![0]!["status"]!.GetValue<string>());
    }

    [Fact]
    public async Task V4_a_tolerance_that_is_missed_in_the_method_deviates()
    {
        room.Write("e.yaml", Experiment(
            probe: "true",
            method: "  - { type: probe, name: m, tolerance: 0, provider: { type: process, path: sh, arguments: [-c, exit 7] } }\n"));
        var end = await ChaosRun.RunAsync(room, "run", "e.yaml");
        Assert.True(end.ExitCode == 1, end.Said);
        Assert.Contains("because in the method: probe 'm'", end.Said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(PosixSignalNumber.Interrupt)]
    [InlineData(PosixSignalNumber.Terminate)]
    public async Task V5_a_signal_during_the_method_takes_everything_back(PosixSignalNumber signal)
    {
        await using var victim = await Victim.StartAsync(room);
        room.Write("e.yaml", Experiment(probe: "true", method: Victim.Pause +
            Action("wait", "touch waiting; exec sleep 1000"), rollbacks: Action("r", "touch played")));
        await using var run = ChaosRun.Start(room, "run", "e.yaml");
        await run.UntilAsync(() => File.Exists(room.File("waiting")));
        Assert.True(victim.IsStopped);

        run.Signal(signal);

        var end = await run.EndAsync();
        Assert.True(end.ExitCode == 4, end.Said);
        Assert.False(victim.IsStopped);
        Assert.True(File.Exists(room.File("played")));
        Assert.Equal("interrupted", room.Journal()["status"]!.GetValue<string>());
    }

    [Fact]
    public async Task V6_a_runner_that_is_killed_during_the_method_leaves_no_fault_and_a_journal_that_is_whole()
    {
        await using var victim = await Victim.StartAsync(room);
        room.Write("e.yaml", Experiment(probe: "true", method: Victim.Pause + Action("wait", "touch waiting; exec sleep 1000")));
        await using var run = ChaosRun.Start(room, "run", "e.yaml");
        await run.UntilAsync(() => File.Exists(room.File("waiting")));
        Assert.True(victim.IsStopped);

        run.Signal(PosixSignalNumber.Kill);

        Assert.Equal(-9, (await run.EndAsync()).ExitCode);
        await Eventually.HoldsAsync(() => !victim.IsStopped);
        await Eventually.HoldsAsync(() => room.Journal()["turbulence"]!["guardian"] is not null);
        var journal = room.Journal();
        Assert.Equal("running", journal["status"]!.GetValue<string>());
        Assert.True(journal["turbulence"]!["guardian"]!["confirmed"]!.GetValue<bool>());
        var fault = Assert.Single(journal["turbulence"]!["faults"]!.AsArray())!;
        Assert.Equal(("confirmed", "its guardian", true), ((string?)fault["state"], (string?)fault["by"], (bool?)fault["effect"]!["seen"]));
        Assert.Contains("active", fault["times"]!.AsObject().Select(time => time.Key));
        Assert.Equal(0, (await ChaosRun.RunAsync(room, "faults", "list")).ExitCode);
    }

    [Fact]
    public async Task V7_an_action_that_stays_in_the_foreground_is_ended_at_its_time_limit_with_all_that_it_started()
    {
        room.Write("e.yaml", Experiment(
            probe: "true",
            method: "  - { type: action, name: server, timeout: 0.3, provider: { type: process, path: sh, arguments: [-c, sleep 1000 & sleep 1000] } }\n",
            rollbacks: Action("r", "touch played")));
        var end = await ChaosRun.RunAsync(room, "run", "e.yaml");
        Assert.True(end.ExitCode == 2, end.Said);
        Assert.Contains("took too long", end.Said, StringComparison.Ordinal);
        Assert.True(File.Exists(room.File("played")));
        Assert.Empty(room.Processes());
    }

    [Fact]
    public async Task V7_an_experiment_that_never_ends_is_interrupted_at_its_time_limit()
    {
        // Long enough that even a busy machine has come to the method by then: before it there would be nothing to roll back.
        room.Write("e.yaml", Experiment(
            probe: "true",
            method: Action("server", "sleep 1000 & sleep 1000"),
            rollbacks: Action("r", "touch played"),
            more: "runtime: { timeout: 5 }\n"));
        var end = await ChaosRun.RunAsync(room, "run", "e.yaml");
        Assert.True(end.ExitCode == 4, end.Said);
        Assert.True(File.Exists(room.File("played")));
        Assert.Empty(room.Processes());
    }

    private static string Action(string name, string script) =>
        $"  - {{ type: action, name: {name}, provider: {{ type: process, path: sh, arguments: [-c, '{script}'] }} }}\n";

    private static string Experiment(string probe, string method, string rollbacks = "", string more = "") => $$"""
        title: t
        description: d
        {{more}}steady-state-hypothesis:
          title: h
          probes:
            - type: probe
              name: p
              tolerance: 0
              provider: { type: process, path: sh, arguments: [-c, '{{probe}}'] }
        method:
        {{method}}{{(rollbacks.Length > 0 ? $"rollbacks:\n{rollbacks}" : "")}}
        """;
}
