using System.Text.Json.Nodes;

namespace EndToEnd.Tests;

/// <summary>From a running service to an experiment that hurts what it depends on, as a person goes that way.</summary>
public sealed class SpansTests : IDisposable
{
    private readonly Room room = new();

    public void Dispose() => room.Dispose();

    [GateFact]
    public async Task What_a_service_does_is_seen_and_becomes_an_experiment()
    {
        await using var service = await InnerProcess.StartAsync();
        await using var dependency = await InnerProcess.StartAsync();
        var calling = $"/call?url={Uri.EscapeDataString($"http://127.0.0.1:{dependency.Port}/ping")}";
        using var end = new CancellationTokenSource();
        var users = UseAsync(service, calling, end.Token);
        var id = $"{service.Id}";
        var table = await SeeAsync("System.Net.Http", "spans", "--pid", id, "--for", "1");
        Assert.Matches(@"process \d+ \(inner-target\), \.NET 10\.", table);
        Assert.Matches(@"Microsoft\.AspNetCore\.Hosting\.HttpRequestIn .*/call\n.*  System\.Net\.Http\.HttpRequestOut .*127\.0\.0\.1", table);
        var json = await SeeAsync("System.Net.Http", "spans", "--pid", id, "--for", "1", "--output", "json");
        var operations = JsonNode.Parse(json)!["operations"]!.AsArray();
        var call = operations.Single(operation => (string?)operation!["source"] == "System.Net.Http")!;
        Assert.Equal($"{dependency.Port}", (string?)call["tags"]!["server.port"]);
        Assert.True((long)call["count"]! > 0);

        await SeeAsync("", "discover", "--pid", id, "--for", "1");
        var made = await ChaosRun.RunAsync(
            room, "init", "--yes", "--discovery-path", "discovery.json", "--action", $"127-0-0-1-{dependency.Port}-is-gone",
            "--url", $"http://127.0.0.1:{service.Port}/ping");
        Assert.True(made.ExitCode == 0, made.Said);
        var run = await ChaosRun.RunAsync(room, "run", "experiment.json", "--journal-path", "journal.json");
        Assert.True(run.ExitCode == 0, run.Said);
        Assert.Matches(@"process \d+: \d+ of \d+ calls that matched hit", run.Said);
        await end.CancelAsync();
        await users;
        await Eventually.HoldsAsync(() => service.Residue() is null);
        Assert.Equal("200", (await service.CallAsync($"http://127.0.0.1:{dependency.Port}/ping"))[0]);
    }

    // On a busy machine nothing may have been asked in that second.
    private async Task<string> SeeAsync(string seen, params string[] arguments)
    {
        var said = "";
        await Eventually.HoldsAsync(async () =>
        {
            var end = await ChaosRun.RunAsync(room, arguments);
            said = end.Output;
            return end.ExitCode == 0 && said.Contains(seen, StringComparison.Ordinal);
        });
        return said;
    }

    private static async Task UseAsync(InnerProcess service, string path, CancellationToken end)
    {
        while (!end.IsCancellationRequested)
        {
            await service.AskAsync(path);
        }
    }

    [Theory]
    [InlineData("--pid N or --service NAME is missing", "spans")]
    [InlineData("exclude each other", "spans", "e.json", "--service", "a", "--pid", "7")]
    [InlineData("SOURCE is missing", "spans", "--service", "a")]
    [InlineData("--pid takes no SOURCE", "spans", "e.json", "--pid", "7")]
    [InlineData("'x' is not a value for --pid", "spans", "--pid", "x")]
    [InlineData("NAME or --pid N is missing", "discover")]
    [InlineData("NAME and --pid exclude each other", "discover", "chaosaws", "--pid", "7")]
    public async Task A_mistake_in_the_command_is_told(string said, params string[] arguments)
    {
        var end = await ChaosRun.RunAsync(room, arguments);
        Assert.Equal(64, end.ExitCode);
        Assert.Contains(said, end.Complaints, StringComparison.Ordinal);
    }

    [GateFact]
    public async Task The_map_of_a_run_stands_in_its_journal_when_it_is_asked_for()
    {
        await using var service = await InnerProcess.StartAsync();
        room.Write("e.json", """
            {"title": "t", "description": "d", "method": [
              {"type": "probe", "name": "map", "background": true,
               "provider": {"type": "spans", "arguments": {"port": PORT}, "duration": 2}},
              {"type": "action", "name": "slow", "pauses": {"before": 1},
               "provider": {"type": "fault", "kind": "dotnet.request", "arguments": {"port": PORT, "route": "/ping", "delay": 0.01}}},
              {"type": "probe", "name": "look", "tolerance": 200, "pauses": {"after": 1},
               "provider": {"type": "http", "url": "http://127.0.0.1:PORT/ping"}}]}
            """.Replace("PORT", $"{service.Port}", StringComparison.Ordinal));
        using var end = new CancellationTokenSource();
        var users = UseAsync(service, "/ping", end.Token);
        var run = await ChaosRun.RunAsync(room, "run", "e.json", "--journal-path", "journal.json");
        Assert.True(run.ExitCode == 0, run.Said);
        var map = room.Journal()["run"]!.AsArray().Single(activity => (string?)activity!["activity"]!["name"] == "map")!["output"]!;
        Assert.Contains("inner-target", (string?)map["process"], StringComparison.Ordinal);
        var ping = map["operations"]!.AsArray().Single(operation => (string?)operation!["tags"]!["http.route"] == "/ping")!;
        Assert.True((long)ping["count"]! > 0);
        await end.CancelAsync();
        await users;
        await Eventually.HoldsAsync(() => service.Residue() is null);
    }

    [Theory]
    [InlineData("spans must have a duration", """{"type": "spans", "arguments": {"port": 80}}""")]
    [InlineData("spans takes exactly one of", """{"type": "spans", "duration": 1}""")]
    [InlineData("spans has no argument 'prot' (did you mean 'port'?)", """{"type": "spans", "duration": 1, "arguments": {"prot": 80}}""")]
    public async Task A_mistake_in_what_is_to_be_watched_is_told(string said, string provider)
    {
        room.Write("e.json", """{"title": "t", "description": "d", "method": [{"type": "probe", "name": "map", "provider": PROVIDER}]}"""
            .Replace("PROVIDER", provider, StringComparison.Ordinal));
        var end = await ChaosRun.RunAsync(room, "validate", "e.json");
        Assert.Equal(64, end.ExitCode);
        Assert.Contains(said, end.Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_process_that_cannot_be_watched_is_told_with_why()
    {
        var end = await ChaosRun.RunAsync(room, "spans", "--pid", $"{Environment.ProcessId}", "--for", "0.1");
        Assert.True(end.ExitCode is 0 or 2, end.Said);
        var none = await ChaosRun.RunAsync(room, "spans", "--pid", $"{int.MaxValue}");
        Assert.Equal(2, none.ExitCode);
        Assert.Contains($"there is no process {int.MaxValue}", none.Complaints, StringComparison.Ordinal);
    }

    [GateFact]
    public async Task A_service_is_found_by_its_experiment()
    {
        await using var service = await InnerProcess.StartAsync();
        room.Write("e.json", """
            {"title": "t", "description": "d", "method": [], "extensions": [{"name": "turbulence", "services": {
              "shop": {"run": ["sleep", "1"], "ready": {"url": "http://127.0.0.1:PORT/ping"}, "adopt": "any"},
              "gone": {"run": ["sleep", "1"], "ready": {"url": "http://127.0.0.1:1/"}}}}]}
            """.Replace("PORT", $"{service.Port}", StringComparison.Ordinal));
        var found = await ChaosRun.RunAsync(room, "spans", "e.json", "--service", "shop", "--for", "0.2");
        Assert.True(found.ExitCode == 0, found.Said);
        Assert.Contains("It did nothing that has a span", found.Output, StringComparison.Ordinal);
        var gone = await ChaosRun.RunAsync(room, "spans", "e.json", "--service", "gone");
        Assert.Equal(2, gone.ExitCode);
        Assert.Contains("service 'gone' does not run: nobody listens on port 1", gone.Complaints, StringComparison.Ordinal);
        var unknown = await ChaosRun.RunAsync(room, "spans", "e.json", "--service", "shops");
        Assert.Contains("the experiment has no service 'shops'; it has shop, gone", unknown.Complaints, StringComparison.Ordinal);
    }
}
