using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Turbulence.Platform.Processes;
using Turbulence.Platform.Sockets;

namespace EndToEnd.Tests;

/// <summary>Services that are reached through fault proxies: the run starts these, and nothing of them outlives it.</summary>
public sealed partial class ServiceProxyTests : IDisposable
{
    private readonly Room room = new();

    public void Dispose() => room.Dispose();

    [Fact]
    public async Task A_plan_tells_them_and_a_run_reaches_its_services_through_them()
    {
        await using var system = new ProxiedSystem(room);
        var plan = await ChaosRun.RunAsync(room, "plan", system.Sample.Save());
        Assert.True(plan.ExitCode == 0, plan.Said);
        Assert.Contains(
            $"proxy   require_rand-to-primary: 127.0.0.1:{system.PrimaryProxy} -> localhost:{system.Sample.PrimaryPort}, for require_rand\n",
            plan.Output,
            StringComparison.Ordinal);
        Assert.Contains(
            $"proxy   secondary: 127.0.0.1:{system.SecondaryProxy} -> localhost:{system.Sample.SecondaryPort}\n",
            plan.Output,
            StringComparison.Ordinal);

        system.Go();
        var end = await ChaosRun.RunAsync(room, "run", system.Sample.Save());

        Assert.True(end.ExitCode == 0, end.Said);
        Assert.Matches(
            @"Fault proxies: ready \(require_rand-to-primary 127\.0\.0\.1:\d+ -> localhost:\d+, secondary 127\.0\.0\.1:\d+ -> localhost:\d+; process \d+, after ",
            end.Said);
        Assert.Equal(["Fault proxies: ready", "Fault proxies: stopped"], ProxySteps().Matches(end.Said).Select(match => match.Value));
        Assert.True(end.Said.IndexOf(
            "Fault proxies: ready", StringComparison.Ordinal) < end.Said.IndexOf("Service primary: ready", StringComparison.Ordinal));
        Assert.True(end.Said.IndexOf(
            "Fault proxies: stopped", StringComparison.Ordinal) > end.Said.IndexOf("Service primary: stopped", StringComparison.Ordinal));
        Assert.Equal("stopped", room.Journal()["turbulence"]!["services"]!["fault proxies"]!.GetValue<string>());
        Assert.True(system.IsGone());
    }

    [GateFact]
    public async Task Their_token_is_asked_for_and_is_seen_by_nobody()
    {
        await using var system = new ProxiedSystem(room);
        await using var run = await system.WaitingAsync();
        var proxies = system.FindProxies()!;

        // One port of it is nobody's service: that of its API.
        var api = Assert.Single(ListeningProcess.Ports(proxies.Id), port => port != system.PrimaryProxy && port != system.SecondaryProxy);
        using var http = new HttpClient();
        using var refused = await http.GetAsync(new Uri($"http://127.0.0.1:{api}/proxies"), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        var mark = Assert.Single(Directory
            .GetFiles(Path.Combine(room.State, "runs"), "*.json")
            .Select(file => JsonNode.Parse(File.ReadAllBytes(file))!["mark"]!.GetValue<string>()));
        Assert.Contains(ProxiedSystem.Marked(mark), process => process.Id == proxies.Id);
        foreach (var process in ProxiedSystem.Marked(mark))
        {
            Assert.DoesNotMatch(Token(), string.Join(
                '\n', [.. ProcessTable.CommandLine(process.Id) ?? [], .. ProcessTable.EnvironmentEntries(process.Id) ?? []]));
        }

        Assert.All(Files(), file => Assert.DoesNotMatch(Token(), File.ReadAllText(file)));
        system.Go();
        var end = await run.EndAsync();
        Assert.True(end.ExitCode == 0, end.Said);
        Assert.DoesNotMatch(Token(), end.Said + string.Concat(Files().Select(File.ReadAllText)));
    }

    [Theory]
    [GateData("proxies")]
    [GateData("services")]
    [InlineData("method")]
    [GateData("rollbacks")]
    public async Task A_runner_that_is_killed_leaves_none(string when)
    {
        await using var system = new ProxiedSystem(room);
        if (when == "services")
        {
            system.Sample.Services["primary"]![
                "ready"] = JsonNode.Parse("""{ "command": ["sh", "-c", "touch waiting; exec sleep 1000"], "timeout": 3600 }""");
            system.Sample.Services["primary"]!["proxy"]!["upstream"] = system.Sample.PrimaryPort;
        }
        else if (when == "rollbacks")
        {
            (system.Sample.Experiment["rollbacks"], system.Sample.Experiment["method"]) =
                (system.Sample.Experiment["method"]!.DeepClone(), JsonNode.Parse(
                    """[{ "type": "action", "name": "a", "provider": { "type": "process", "path": "true" } }]"""));
        }

        await using var run = ChaosRun.Start(room, "run", system.Sample.Save());
        await run.UntilAsync(when == "proxies" ? () => system.FindProxies() is not null : () => File.Exists(room.File("waiting")));
        Assert.NotNull(system.FindProxies());

        run.Signal(PosixSignalNumber.Kill);

        await Eventually.HoldsAsync(() => system.IsGone() && Runs().Length == 0);
        var list = await ChaosRun.RunAsync(room, "faults", "list");
        Assert.True(list.ExitCode == 0, list.Said);
    }

    [GateFact]
    public async Task With_the_guardian_killed_as_well_the_list_tells_them_and_revert_ends_them()
    {
        await using var system = new ProxiedSystem(room);
        await using var run = await system.WaitingAsync();
        var proxies = system.FindProxies()!;
        var record = JsonNode.Parse(await File.ReadAllBytesAsync(Assert.Single(Runs()), TestContext.Current.CancellationToken))!;
        await EndAsync(int.Parse(record["guardian"]!["pid"]!.ToString(), CultureInfo.InvariantCulture));
        run.Signal(PosixSignalNumber.Kill);
        await run.EndAsync();
        Assert.NotNull(system.FindProxies());

        var list = await ChaosRun.RunAsync(room, "faults", "list");
        Assert.True(list.ExitCode == 5, list.Said);
        Assert.Contains($"process {proxies.Id} (", list.Said, StringComparison.Ordinal);
        var revert = await ChaosRun.RunAsync(room, "faults", "revert", "--all");

        Assert.True(revert.ExitCode == 0, revert.Said);
        Assert.True(system.IsGone());
        Assert.Empty(Runs());
    }

    [Theory]
    [InlineData(PosixSignalNumber.Kill, "was ended by signal 9")]
    [GateData(PosixSignalNumber.Stop, "gives no answer within 5 s")]
    public async Task A_run_whose_proxies_die_or_stop_is_no_pass_and_says_so(PosixSignalNumber signal, string expected)
    {
        await using var system = new ProxiedSystem(room);
        system.Sample.Experiment.Remove("steady-state-hypothesis");
        await using var run = await system.WaitingAsync();
        var proxies = system.FindProxies()!;
        Assert.True(ProcessHandle.TryOpen(proxies.Identity, out var handle, out _));
        using (handle)
        {
            Assert.True(handle.Signal(signal));
        }

        system.Go();
        var end = await run.EndAsync();

        Assert.True(end.ExitCode == 2, end.Said);
        Assert.Contains(
            $"the fault proxies are not there at the end of the run: their process {proxies.Id} ", end.Said, StringComparison.Ordinal);
        Assert.Contains(expected, end.Said, StringComparison.Ordinal);
        Assert.False(proxies.Identity.IsAlive);
        Assert.True(system.IsGone());
    }

    [GateFact]
    public async Task A_port_that_somebody_has_makes_the_run_fail_and_he_is_named()
    {
        await using var system = new ProxiedSystem(room);
        await using var stranger = new Stranger(system.SecondaryProxy, answers: false);

        var plan = await ChaosRun.RunAsync(room, "plan", system.Sample.Save());
        Assert.Contains($"({Stranger.Named}", plan.Output, StringComparison.Ordinal);
        var end = await ChaosRun.RunAsync(room, "run", system.Sample.Save());

        Assert.True(end.ExitCode == 2, end.Said);
        Assert.Contains(
            $"the fault proxies were not started: the proxy 'secondary' cannot listen on 127.0.0.1:{system.SecondaryProxy}: {Stranger.Named}",
            end.Said,
            StringComparison.Ordinal);
        Assert.DoesNotContain("Service primary: starting", end.Said, StringComparison.Ordinal);
        Assert.False(system.Sample.IsListening(system.PrimaryProxy));
        Assert.Empty(room.Processes());
    }

    [Fact]
    public async Task A_port_that_nobody_could_know_is_refused_where_it_stands()
    {
        await using var system = new ProxiedSystem(room);
        system.Sample.Services["primary"]!["proxy"]!["listen"] = 0;
        var end = await ChaosRun.RunAsync(room, "validate", system.Sample.Save());
        Assert.True(end.ExitCode == 64, end.Said);
        Assert.Contains("listen must be a port of this machine, 1 to 65535", end.Said, StringComparison.Ordinal);
    }

    [GateFact]
    public async Task Two_runs_have_each_their_own()
    {
        using var otherRoom = new Room();
        await using var system = new ProxiedSystem(room);
        await using var other = new ProxiedSystem(otherRoom);
        await using var run = await system.WaitingAsync();
        await using var beside = await other.WaitingAsync(room.State);
        Assert.NotEqual(system.FindProxies()!.Id, other.FindProxies()!.Id);

        run.Signal(PosixSignalNumber.Kill);
        await Eventually.HoldsAsync(() => system.IsGone() && Runs().Length == 1);
        Assert.NotNull(other.FindProxies());
        other.Go();
        var end = await beside.EndAsync();

        Assert.True(end.ExitCode == 0, end.Said);
        Assert.True(other.IsGone());
    }

    [GateFact]
    public async Task Each_caller_of_a_service_may_have_its_own_and_the_system_may_be_run_by_the_rules_of_the_reference()
    {
        await using var system = new ProxiedSystem(room);
        system.Sample.Services["primary"]!["proxy"] = new JsonArray(
            new JsonObject { ["listen"] = system.PrimaryProxy, ["from"] = "require_rand" },
            new JsonObject { ["listen"] = FreePort.Next(), ["from"] = "secondary", ["name"] = "back" });
        await using var run = await system.WaitingAsync(null, "--compat", "chaostoolkit");
        Assert.Equal(4, ListeningProcess.Ports(system.FindProxies()!.Id).Count);
        system.Go();
        var end = await run.EndAsync();

        Assert.True(end.ExitCode == 0, end.Said);
        Assert.Contains(", back 127.0.0.1:", end.Said, StringComparison.Ordinal);
        Assert.True(system.IsGone());
    }

    [GateFact]
    public async Task The_proxy_of_a_service_that_runs_already_is_the_runs_own()
    {
        await using var system = new ProxiedSystem(room);
        await system.Sample.StartPrimaryAsync();
        await using var run = await system.WaitingAsync();
        Assert.NotNull(system.FindProxies());
        system.Go();
        var end = await run.EndAsync();

        Assert.True(end.ExitCode == 0, end.Said);
        Assert.Contains("Service primary: adopted", end.Said, StringComparison.Ordinal);
        Assert.True(system.Sample.IsListening(system.Sample.PrimaryPort));
        Assert.False(system.Sample.IsListening(system.PrimaryProxy));
    }

    private static async Task EndAsync(int process)
    {
        Assert.True(ProcessHandle.TryOpen(process, out var handle, out _));
        using (handle)
        {
            Assert.True(handle.Signal(PosixSignalNumber.Kill));
            await handle.WaitForExitAsync(TestContext.Current.CancellationToken);
        }
    }

    private string[] Runs() => Directory.GetFiles(Path.Combine(room.State, "runs"), "*.json");

    private string[] Files() => Directory.GetFiles(room.Path, "*", SearchOption.AllDirectories);

    [GeneratedRegex("Fault proxies: (ready|stopped)")]
    private static partial Regex ProxySteps();

    // As many hexadecimal digits as the token has.
    [GeneratedRegex("[0-9a-f]{64}")]
    private static partial Regex Token();
}
