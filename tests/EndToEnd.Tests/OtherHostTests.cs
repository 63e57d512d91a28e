using System.Text.Json.Nodes;

namespace EndToEnd.Tests;

/// <summary>What the commands say of a run that stands in the ledger and is of another host: it is left alone.</summary>
public sealed class OtherHostTests : IDisposable
{
    private readonly Room room = new();

    public void Dispose() => room.Dispose();

    [GateFact]
    public async Task Every_command_leaves_it_alone_and_says_that_it_is_on_another_host()
    {
        room.Write("e.yaml", "title: t\ndescription: d\nmethod: [{ type: action, name: a, provider: { type: process, path: 'true' } }]\n");
        Assert.Equal(0, (await ChaosRun.RunAsync(room, "run", "e.yaml")).ExitCode);
        const string Runner = """{ "host": "0123456789abcdef0123456789abcdef", "boot": "b", "pid": 2147483647, "start_time": 1 }""";
        var (fault, run) = (Path.Combine(room.State, "faults", "k3f9.json"), Path.Combine(room.State, "runs", "r2.json"));
        File.WriteAllText(run, $$"""
            { "schema": 1, "id": "r2", "title": "far away", "runner": {{Runner}}, "guardian": { "pid": 2147483647, "start_time": 1 }, "mark": "m", "started": "2020-01-02T03:04:05.0000000+00:00" }
            """);
        File.WriteAllText(fault, $$"""
            { "schema": 1, "id": "k3f9", "run": "r2", "kind": "file.fill", "activity": "a", "state": "active", "planned": "2020-01-02T03:04:05.0000000+00:00",
              "runner": {{Runner}}, "targets": [{ "key": "file:/x", "text": "/x" }], "undo": { "path": "/x" }, "undo_text": "remove /x" }
            """);
        var before = (File.ReadAllText(fault), File.ReadAllText(run));

        var list = await ChaosRun.RunAsync(room, "faults", "list");
        Assert.True(list.ExitCode == 0, list.Said);
        Assert.Contains("of the run 'far away' (process 2147483647 on another host (01234567))", list.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("is dead", list.Said, StringComparison.Ordinal);
        var json = JsonNode.Parse((await ChaosRun.RunAsync(room, "faults", "list", "--json")).Output)![0]!;
        Assert.Equal("0123456789abcdef0123456789abcdef", json["host"]!.GetValue<string>());
        Assert.Null(json["attended"]);

        const string LeftAlone = "the run 'far away' (process 2147483647 on another host (01234567)) is left alone";
        var next = await ChaosRun.RunAsync(room, "run", "e.yaml");
        Assert.True(next.ExitCode == 0, next.Said);
        Assert.Contains(LeftAlone, next.Said, StringComparison.Ordinal);

        var all = await ChaosRun.RunAsync(room, "faults", "revert", "--all");
        Assert.True(all.ExitCode == 0, all.Said);
        Assert.Contains(LeftAlone, all.Said, StringComparison.Ordinal);

        var one = await ChaosRun.RunAsync(room, "faults", "revert", "k3f9");
        Assert.True(one.ExitCode == 5, one.Said);
        Assert.Contains("can only be taken back there", one.Said, StringComparison.Ordinal);

        var halt = await ChaosRun.RunAsync(room, "halt");
        Assert.True(halt.ExitCode == 0, halt.Said);
        Assert.Contains(LeftAlone, halt.Said, StringComparison.Ordinal);
        Assert.Equal(before, (File.ReadAllText(fault), File.ReadAllText(run)));
    }
}
