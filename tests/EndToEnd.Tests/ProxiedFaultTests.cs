using System.Text.Json.Nodes;
using Turbulence.Platform.Processes;

namespace EndToEnd.Tests;

/// <summary>A fault in the proxies of a run is taken back whatever becomes of the runner and of the proxies.</summary>
public sealed class ProxiedFaultTests : IDisposable
{
    private const string Slow =
        """{ "type": "action", "name": "slow", "provider": { "type": "fault", "kind": "network.latency", "arguments": { "service": "primary", "from": "require_rand", "latency": 1 } } }""";

    private readonly Room room = new();

    public void Dispose() => room.Dispose();

    [Fact]
    public async Task A_plan_says_what_it_would_hit_before_there_is_a_proxy()
    {
        await using var system = System();
        var plan = await ChaosRun.RunAsync(room, "plan", system.Sample.Save());

        Assert.True(plan.ExitCode == 0, plan.Said);
        Assert.Contains(
            $"hits    proxy 'require_rand-to-primary' (127.0.0.1:{system.PrimaryProxy} -> localhost:{system.Sample.PrimaryPort}) which the run starts\n",
            plan.Output,
            StringComparison.Ordinal);
        Assert.Contains("undo    remove the fault's toxic from proxy 'require_rand-to-primary'\n", plan.Output, StringComparison.Ordinal);
        Assert.True(system.IsGone());
    }

    [GateFact]
    public async Task A_runner_that_is_killed_leaves_neither_the_fault_nor_the_proxies()
    {
        await using var system = System();
        await using var run = await system.WaitingAsync();

        run.Signal(PosixSignalNumber.Kill);

        await Eventually.HoldsAsync(() => system.IsGone() && Directory.GetFiles(Path.Combine(room.State, "runs"), "*.json").Length == 0);
        Assert.Equal("confirmed", Fault()["state"]!.GetValue<string>());
        Assert.Equal("its guardian", Fault()["by"]!.GetValue<string>());
        Assert.Equal("proxy 'require_rand-to-primary' has no toxic turbulence-" +
            Fault()["id"], Fault()["confirmation"]!["text"]!.GetValue<string>());
        Assert.Empty(Directory.GetFiles(Path.Combine(room.State, "faults")));
    }

    [GateFact]
    public async Task The_death_of_the_proxies_takes_the_fault_with_it_and_the_run_is_no_pass()
    {
        var end = await SignalledAsync(PosixSignalNumber.Kill);

        Assert.True(end.ExitCode is 2 or 3, end.Said);
        Assert.Contains("the fault proxies are not there at the end of the run", end.Said, StringComparison.Ordinal);
        Assert.EndsWith("has ended, and the toxic with it", Fault()["confirmation"]!["text"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [GateFact]
    public async Task Proxies_that_somebody_stopped_are_woken_up_so_that_the_fault_is_taken_back_and_the_run_is_no_pass()
    {
        var end = await SignalledAsync(PosixSignalNumber.Stop);

        Assert.True(end.ExitCode == 3, end.Said);
        Assert.StartsWith(
            "proxy 'require_rand-to-primary' has no toxic ",
            Fault()["confirmation"]!["text"]!.GetValue<string>(),
            StringComparison.Ordinal);
    }

    private ProxiedSystem System()
    {
        var system = new ProxiedSystem(room);
        system.Sample.Experiment["method"]!.AsArray().Insert(0, JsonNode.Parse(Slow));
        return system;
    }

    private async Task<ChaosEnd> SignalledAsync(PosixSignalNumber signal)
    {
        await using var system = System();
        await using var run = await system.WaitingAsync();
        Assert.True(ProcessHandle.TryOpen(system.FindProxies()!.Identity, out var proxies, out _));
        using (proxies)
        {
            Assert.True(proxies.Signal(signal));
        }

        system.Go();
        var end = await run.EndAsync();
        Assert.True(system.IsGone());
        Assert.Equal("confirmed", Fault()["state"]!.GetValue<string>());
        Assert.Empty(Directory.GetFiles(Path.Combine(room.State, "faults")));
        return end;
    }

    private JsonObject Fault() => Assert.Single(room.Journal()["turbulence"]!["faults"]!.AsArray())!.AsObject();
}
