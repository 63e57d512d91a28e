using System.Globalization;
using System.Text.Json.Nodes;
using Turbulence.Platform.Processes;

namespace EndToEnd.Tests;

/// <summary>What a run has started is ended when its runner cannot do it any more.</summary>
public sealed class RunRemainsTests : IDisposable
{
    private const string Wait =
        """{ "type": "action", "name": "wait", "provider": { "type": "process", "path": "sh", "arguments": ["-c", "touch waiting; exec sleep 1000"] } }""";

    private readonly Room room = new();

    public void Dispose() => room.Dispose();

    [Fact]
    public async Task A_runner_that_is_killed_leaves_neither_its_fault_nor_its_services_nor_what_its_action_started()
    {
        await using var system = new SampleSystem(room);
        system.Experiment["method"] = new JsonArray(
            JsonNode.Parse(
                """{ "type": "action", "name": "pause", "provider": { "type": "fault", "kind": "process.pause", "arguments": { "service": "primary" } } }"""),
            JsonNode.Parse(Wait));
        await using var run = await WaitingAsync(system);
        Assert.Contains(room.Processes(), process => process.State == 'T');

        run.Signal(PosixSignalNumber.Kill);

        await Eventually.HoldsAsync(() => room.Processes().Count == 0 && Runs().Length == 0);
        Assert.False(system.IsListening(system.PrimaryPort));
        var list = await ChaosRun.RunAsync(room, "faults", "list");
        Assert.True(list.ExitCode == 0, list.Said);
    }

    [Fact]
    public async Task A_runner_that_is_killed_after_it_has_taken_its_faults_back_leaves_no_services()
    {
        // The third time that the probe is asked is the closing check.
        room.Write("e.yaml", """
            title: t
            description: d
            extensions: [{ name: turbulence, services: { sleeper: { run: [sleep, "1000"] } } }]
            steady-state-hypothesis:
              title: h
              probes:
                - type: probe
                  name: p
                  tolerance: 0
                  provider: { type: process, path: sh, arguments: [-c, 'echo x >> asked; [ $(wc -l < asked) != 3 ] || { touch waiting; exec sleep 1000; }'] }
            method:
              - { type: action, name: pause, provider: { type: fault, kind: process.pause, arguments: { service: sleeper } } }
            rollbacks:
              - { type: action, name: r, provider: { type: process, path: "true" } }
            """);
        await using var run = ChaosRun.Start(room, "run", "e.yaml");
        await run.UntilAsync(() => File.Exists(room.File("waiting")));
        Assert.DoesNotContain(room.Processes(), process => process.State == 'T');

        run.Signal(PosixSignalNumber.Kill);

        await Eventually.HoldsAsync(() => room.Processes().Count == 0 && Runs().Length == 0);
    }

    [GateFact]
    public async Task A_runner_that_is_stopped_and_later_killed_leaves_no_services()
    {
        await using var system = new SampleSystem(room);
        await using var run = await StoppedAsync(system);

        run.Signal(PosixSignalNumber.Kill);

        await Eventually.HoldsAsync(() => room.Processes().Count == 0 && Runs().Length == 0);
        Assert.Empty(Faults());
    }

    [GateFact]
    public async Task With_the_guardian_of_one_that_was_stopped_killed_as_well_revert_leaves_neither_services_nor_records()
    {
        await using var system = new SampleSystem(room);
        await using var run = await StoppedAsync(system);
        await KillGuardianAsync();
        run.Signal(PosixSignalNumber.Kill);
        await run.EndAsync();

        var revert = await ChaosRun.RunAsync(room, "faults", "revert", "--all");
        Assert.True(revert.ExitCode == 0, revert.Said);
        Assert.Empty(room.Processes());
        Assert.Empty(Runs());
        Assert.Empty(Faults());
    }

    [GateFact]
    public async Task With_the_guardian_killed_as_well_the_list_says_what_is_left_and_the_next_run_ends_it_and_adopts_nothing()
    {
        await using var system = new SampleSystem(room);
        var sample = system.Save("sample.json");
        await LeaveAsync(system);

        var list = await ChaosRun.RunAsync(room, "faults", "list");
        Assert.True(list.ExitCode == 5, list.Said);
        Assert.Contains("is dead and left running: process ", list.Said, StringComparison.Ordinal);
        Assert.Contains("(rand-server)", list.Said, StringComparison.Ordinal);

        var next = await ChaosRun.RunAsync(room, "run", sample);
        Assert.True(next.ExitCode == 0, next.Said);
        Assert.Contains("; they are ended", next.Said, StringComparison.Ordinal);
        Assert.DoesNotContain("adopted", next.Said, StringComparison.Ordinal);
        Assert.Empty(room.Processes());
        Assert.Empty(Runs());
    }

    [GateFact]
    public async Task What_a_dead_run_left_running_is_told_by_every_command_and_ended_by_revert()
    {
        await using var system = new SampleSystem(room);
        await LeaveAsync(system);

        var other = await ChaosRun.RunAsync(room, "info", "core");
        Assert.Contains("'chaos faults revert --all' ends them", other.Said, StringComparison.Ordinal);

        var revert = await ChaosRun.RunAsync(room, "faults", "revert", "--all");
        Assert.True(revert.ExitCode == 0, revert.Said);
        Assert.Contains("; they are ended", revert.Said, StringComparison.Ordinal);
        Assert.Empty(room.Processes());
        Assert.Empty(Runs());
        Assert.Equal(0, (await ChaosRun.RunAsync(room, "faults", "list")).ExitCode);
    }

    [GateFact]
    public async Task An_adopted_service_that_a_rollback_started_again_is_left_running()
    {
        await using var system = new SampleSystem(room);
        await system.StartPrimaryAsync();
        system.Experiment["rollbacks"]!.AsArray().Add(JsonNode.Parse(Wait));
        await using var run = await WaitingAsync(system);

        run.Signal(PosixSignalNumber.Kill);

        await Eventually.HoldsAsync(() => Runs().Length == 0);
        Assert.True(system.IsListening(system.PrimaryPort));
        Assert.Equal("rand-server", Assert.Single(room.Processes()).Name);
    }

    [GateFact]
    public async Task What_another_run_has_started_is_left_alone()
    {
        using var otherRoom = new Room();
        await using var system = new SampleSystem(room);
        await using var other = new SampleSystem(otherRoom);
        system.Experiment["method"] = new JsonArray(JsonNode.Parse(Wait));
        other.Experiment["method"] = new JsonArray(JsonNode.Parse(Wait));
        other.Experiment["rollbacks"]!.AsArray().Clear();
        await using var run = await WaitingAsync(system);
        await using var beside = ChaosRun.Start(
            otherRoom, new Dictionary<string, string> { ["TURBULENCE_STATE"] = room.State }, "run", other.Save());
        await beside.UntilAsync(() => File.Exists(otherRoom.File("waiting")));

        run.Signal(PosixSignalNumber.Kill);

        await Eventually.HoldsAsync(() => room.Processes().Count == 0 && Runs().Length == 1);
        Assert.True(other.IsListening(other.RequireRandPort));
        Assert.True(other.IsListening(other.PrimaryPort));
        beside.Signal(PosixSignalNumber.Terminate);
        var end = await beside.EndAsync();
        Assert.True(end.ExitCode == 4, end.Said);
        Assert.Empty(otherRoom.Processes());
    }

    private string[] Faults() => Directory.GetFiles(Path.Combine(room.State, "faults"), "*.json");

    private string[] Runs() => Directory.GetFiles(Path.Combine(room.State, "runs"), "*.json");

    // No fault is in, so the run does not get another guardian when this one is killed.
    private async Task LeaveAsync(SampleSystem system)
    {
        system.Experiment["method"] = new JsonArray(JsonNode.Parse(Wait));
        await using var run = await WaitingAsync(system);
        await KillGuardianAsync();
        run.Signal(PosixSignalNumber.Kill);
        Assert.Equal(-9, (await run.EndAsync()).ExitCode);
        Assert.True(system.IsListening(system.PrimaryPort));
    }

    private async Task KillGuardianAsync()
    {
        var record = JsonNode.Parse(await File.ReadAllBytesAsync(Assert.Single(Runs())))!;
        Assert.True(ProcessHandle.TryOpen(
            int.Parse(record["guardian"]!["pid"]!.ToString(), CultureInfo.InvariantCulture), out var guardian, out _));
        using (guardian)
        {
            Assert.True(guardian.Signal(PosixSignalNumber.Kill));
            await guardian.WaitForExitAsync(TestContext.Current.CancellationToken);
        }
    }

    // When its fault is taken back.
    private async Task<ChaosRun> StoppedAsync(SampleSystem system)
    {
        system.Experiment["method"] = new JsonArray(
            JsonNode.Parse(
                """{ "type": "action", "name": "pause", "provider": { "type": "fault", "kind": "process.pause", "arguments": { "service": "primary" } } }"""),
            JsonNode.Parse(Wait));
        var run = await WaitingAsync(system);
        run.Signal(PosixSignalNumber.Stop);
        await Eventually.HoldsAsync(
            () => Faults() is [var fault] && File.ReadAllText(fault).Contains("\"confirmed\"", StringComparison.Ordinal));
        return run;
    }

    private async Task<ChaosRun> WaitingAsync(SampleSystem system)
    {
        var run = ChaosRun.Start(room, "run", system.Save());
        await run.UntilAsync(() => File.Exists(room.File("waiting")));
        return run;
    }
}
