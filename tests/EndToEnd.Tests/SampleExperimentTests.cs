using System.Text.Json.Nodes;

namespace EndToEnd.Tests;

/// <summary>The sample's experiment with the real services and the real command.</summary>
public sealed class SampleExperimentTests : IDisposable
{
    private readonly Room room = new();

    public void Dispose() => room.Dispose();

    [GateFact]
    public async Task Running_services_are_adopted_and_left_running()
    {
        await using var system = new SampleSystem(room);
        await system.StartPrimaryAsync();
        await system.StartSecondaryAsync();
        await system.StartRequireRandAsync();
        var first = await File.ReadAllTextAsync(room.File("primary.pid"), TestContext.Current.CancellationToken);

        var end = await ChaosRun.RunAsync(room, "run", system.Save());

        Assert.True(end.ExitCode == 0, end.Said);
        Assert.Equal(3, end.Lines.Count(line => line.Contains(": adopted", StringComparison.Ordinal)));
        Assert.Contains("Verdict: passed", end.Said, StringComparison.Ordinal);
        Assert.Equal(3, end.Lines.Count(line => line.Contains("was not started by this run: process ", StringComparison.Ordinal)));
        Assert.True(system.IsListening(system.RequireRandPort));
        Assert.True(system.IsListening(system.PrimaryPort));
        Assert.True(system.IsListening(system.SecondaryPort));
        Assert.NotEqual(first, await File.ReadAllTextAsync(room.File("primary.pid"), TestContext.Current.CancellationToken));
        Assert.StartsWith("response from service: secondary", Asked("after"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Services_that_are_not_there_are_started_and_nothing_is_left_of_them()
    {
        await using var system = new SampleSystem(room);

        var end = await ChaosRun.RunAsync(room, "run", system.Save());

        Assert.True(end.ExitCode == 0, end.Said);
        Assert.Empty(room.Processes());
        Assert.False(system.IsListening(system.RequireRandPort));
        Assert.False(system.IsListening(system.PrimaryPort));
        Assert.False(system.IsListening(system.SecondaryPort));
        Assert.Empty(Directory.GetFiles(room.Path, "*.pid"));
        Assert.Contains(
            "listens on",
            await File.ReadAllTextAsync(room.File("require_rand.log"), TestContext.Current.CancellationToken),
            StringComparison.Ordinal);
        var journal = room.Journal();
        Assert.Equal("completed", journal["status"]!.GetValue<string>());
        Assert.Equal("stopped", journal["turbulence"]!["services"]!["primary"]!.GetValue<string>());
        Assert.StartsWith("response from service: primary", Asked("before"), StringComparison.Ordinal);
        Assert.StartsWith("response from service: secondary", Asked("after"), StringComparison.Ordinal);
    }

    [GateFact]
    public async Task Without_failover_the_run_deviates_and_says_which_probe_and_what_came()
    {
        await using var system = new SampleSystem(room);
        system.Services["require_rand"]!["run"]!.AsArray().Add((JsonNode)"--failover");
        system.Services["require_rand"]!["run"]!.AsArray().Add((JsonNode)"off");

        var end = await ChaosRun.RunAsync(room, "run", system.Save());

        Assert.True(end.ExitCode == 1, end.Said);
        Assert.Contains("Experiment ended with status: deviated", end.Said, StringComparison.Ordinal);
        var reason = Assert.Single(end.Lines, line => line.Contains("because", StringComparison.Ordinal));
        Assert.Contains("'random-value-can-be-requested'", reason, StringComparison.Ordinal);
        Assert.Contains("expected", reason, StringComparison.Ordinal);
        Assert.Contains("no rand server answered", reason, StringComparison.Ordinal);
        Assert.Empty(room.Processes());
    }

    [GateFact]
    public async Task With_the_secondary_down_nothing_is_proven_and_the_method_never_runs()
    {
        await using var system = new SampleSystem(room);
        system.Services.Remove("secondary");

        var end = await ChaosRun.RunAsync(room, "run", system.Save());

        Assert.True(end.ExitCode == 3, end.Said);
        Assert.Contains("Verdict: inconclusive", end.Said, StringComparison.Ordinal);
        Assert.DoesNotContain("kill-primary-server", end.Said, StringComparison.Ordinal);
        Assert.Empty(room.Journal()["run"]!.AsArray());
        Assert.Empty(room.Processes());
    }

    [Fact]
    public async Task A_service_that_never_gets_ready_is_told_with_the_tail_of_its_output()
    {
        await using var system = new SampleSystem(room);
        system.Services["secondary"]!["run"] = new JsonArray("sh", "-c", "echo first; echo the disk is full >&2; exec sleep 1000");
        system.Services["secondary"]!["ready"]!["timeout"] = 0.3;

        var end = await ChaosRun.RunAsync(room, "run", system.Save());

        Assert.True(end.ExitCode == 2, end.Said);
        Assert.Contains("service 'secondary' did not get ready", end.Said, StringComparison.Ordinal);
        Assert.Contains("the disk is full", end.Said, StringComparison.Ordinal);
        Assert.Empty(room.Processes());
    }

    [GateFact]
    public async Task A_service_that_ends_at_once_is_told_at_once()
    {
        await using var system = new SampleSystem(room);
        system.Services["secondary"]!["run"] = new JsonArray("sh", "-c", "echo no such disk >&2; exit 7");
        system.Services["secondary"]!["ready"]!["timeout"] = 3600;

        var end = await ChaosRun.RunAsync(room, "run", system.Save());

        Assert.True(end.ExitCode == 2, end.Said);
        Assert.Contains("it ended with exit code 7", end.Said, StringComparison.Ordinal);
        Assert.Contains("no such disk", end.Said, StringComparison.Ordinal);
    }

    private string Asked(string when) =>
        room.Journal()["steady_states"]![when]!["probes"]![2]!["output"]!["body"]!.GetValue<string>();
}
