using System.Globalization;
using System.Text.Json.Nodes;
using Turbulence.Platform.Processes;

namespace EndToEnd.Tests;

/// <summary>Which requests of which trace the faults of a run have hit stands beside its journal.</summary>
public sealed class ReceiptTests : IDisposable
{
    private const string Trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    private readonly Room room = new();

    public void Dispose() => room.Dispose();

    [GateFact]
    public async Task The_requests_that_a_fault_hit_stand_beside_the_journal_and_its_evidence_says_where()
    {
        await using var system = System();
        system.Sample.Experiment["secrets"] = JsonNode.Parse("""{ "app": { "word": "hunter22-long" } }""");
        system.Sample.Experiment["method"] = new JsonArray(Hit(system));
        var run = await ChaosRun.RunAsync(room, "run", system.Sample.Save());

        Assert.True(run.ExitCode == 0, run.Said);
        var effect = Assert.Single(room.Journal()["turbulence"]!["faults"]!.AsArray())!["effect"]!;
        Assert.EndsWith("; receipts in journal.json.d/proxy-receipts.jsonl", Text(effect, "text"), StringComparison.Ordinal);
        Assert.Equal([Trace], effect["traces"]!.AsArray().Select(static trace => (string?)trace));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Receipts));
        var lines = File.ReadAllLines(Receipts);
        var receipt = JsonNode.Parse(Assert.Single(lines[1..]))!;
        Assert.Equal(
            ("secondary", "lie", "GET", "/gone/*****", Trace),
            (Text(receipt, "proxy"), Text(
                receipt, "toxic"), Text(receipt, "method"), Text(receipt, "path"), Text(receipt["seen"], "traceparent")));
    }

    [GateFact]
    public async Task A_secret_in_a_path_is_in_no_receipt_from_its_first_moment_on()
    {
        await using var system = System();
        system.Sample.Experiment["secrets"] = JsonNode.Parse("""{ "app": { "word": "hunter22-long" } }""");
        var wait = system.Sample.Experiment["method"]![0]!.DeepClone();
        system.Sample.Experiment["method"] = new JsonArray([.. Hit(system), wait]);
        await using var run = await system.WaitingAsync();
        await run.UntilAsync(() => File.Exists(Receipts) && File.ReadAllText(Receipts).Contains("/gone/*****", StringComparison.Ordinal));
        run.Signal(PosixSignalNumber.Kill);
        await Eventually.HoldsAsync(system.IsGone);

        Assert.DoesNotContain("hunter22", File.ReadAllText(Receipts), StringComparison.Ordinal);
    }

    [GateFact]
    public async Task A_run_that_hit_nothing_leaves_no_file_beside_its_journal()
    {
        await using var system = System();
        system.Sample.Experiment["method"]!.AsArray().Clear();
        var run = await ChaosRun.RunAsync(room, "run", system.Sample.Save());
        Assert.Contains("Fault proxies: ready", run.Said, StringComparison.Ordinal);
        Assert.False(Directory.Exists(room.File("journal.json.d")));
    }

    private string Receipts => room.File("journal.json.d/proxy-receipts.jsonl");

    private static JsonNode?[] Hit(ProxiedSystem system) =>
    [
        JsonNode.Parse(
            """{ "type": "action", "name": "lie", "provider": { "type": "fault", "kind": "network.http.status", "arguments": { "service": "secondary", "path": "/gone/{*rest}", "status": 418 } } }"""),
        JsonNode.Parse(string.Create(CultureInfo.InvariantCulture, $$$"""
            { "type": "probe", "name": "ask", "tolerance": 418,
              "provider": { "type": "http", "secrets": ["app"], "url": "http://localhost:{{{system.SecondaryProxy}}}/gone/${word}?q=1", "headers": { "traceparent": "{{{Trace}}}" } } }
            """)),
    ];

    private static string? Text(JsonNode? node, string name) => node?[name]?.GetValue<string>();

    private ProxiedSystem System() => new(room);
}
