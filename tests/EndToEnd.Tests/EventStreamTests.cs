using System.Text.Json.Nodes;

namespace EndToEnd.Tests;

/// <summary><c>chaos run --output json</c>: what stands in the stream, and who reads it as he likes.</summary>
public sealed class EventStreamTests : IDisposable
{
    // Some 300 KB of events, which no pipe holds.
    private const int Many = 1000;

    private readonly Room room = new();

    public void Dispose() => room.Dispose();

    [Fact]
    public async Task Users_loads_faults_safeguards_and_checks_meanwhile_are_as_the_schema_says()
    {
        await using var system = new SampleSystem(room);
        var method = system.Experiment["method"]!.AsArray();
        method.Clear();
        var url = $"http://localhost:{system.RequireRandPort}/index/10";
        method.Add(JsonNode.Parse(
            $$"""
            { "type": "action", "name": "rush", "background": true,
              "provider": { "type": "load", "url": "{{url}}", "rate": 50, "duration": 2 } }
            """));
        method.Add(JsonNode.Parse(
            """
            { "type": "action", "name": "freeze", "pauses": { "before": 0.3, "after": 1.5 },
              "provider": { "type": "fault", "kind": "process.pause", "arguments": { "service": "primary" }, "duration": 0.5 } }
            """));
        system.Experiment["rollbacks"] = new JsonArray(JsonNode.Parse(
            """{ "type": "action", "name": "undo", "provider": { "type": "process", "path": "true" } }"""));
        system.Experiment["runtime"] = JsonNode.Parse(
            """
            { "hypothesis": { "strategy": "continuously" }, "safeguards":
              [{ "type": "probe", "name": "safe", "tolerance": 0, "provider": { "type": "process", "path": "true" } }] }
            """);
        system.Save();

        var end = await ChaosRun.RunAsync(room, "run", "experiment.json", "--output", "json", "--users", $"{url}@50");

        var events = Events(end.Output);
        EventSchema.Holds(events);
        string[] expected =
        [
            "run-started", "service-changed", "hypothesis-started", "hypothesis-ended", "continuous-started", "continuous-ended",
            "safeguards-started", "safeguards-ended", "users-progressed", "users-measured", "method-started", "pause-started",
            "activity-started", "activity-progressed", "activity-ended", "fault-changed", "method-ended", "rollbacks-decided",
            "rollback-started", "rollbacks-ended", "run-ended",
        ];
        Assert.Empty(expected.Except(events.Select(static one => (string)one["event"]!)));
        Assert.Equal(("run-started", "run-ended"), ((string)events[0]["event"]!, (string)events[^1]["event"]!));
        Assert.Equal(end.ExitCode, (int)events[^1]["exit_code"]!);
        Assert.All(events.Zip(events.Skip(1)), static pair => Assert.True((double)pair.First["at"]! <= (double)pair.Second["at"]!));
    }

    [Theory]
    [GateData("while [ ! -e code ]; do sleep 0.05; done")]
    [GateData("head -n 1 > first; exec <&-; while [ ! -e code ]; do sleep 0.05; done")]
    public async Task A_reader_that_hangs_or_goes_away_neither_holds_up_the_run_nor_changes_what_becomes_of_it(string reader)
    {
        room.Write("e.json", new JsonObject
        {
            ["title"] = "t",
            ["description"] = "d",
            ["method"] = new JsonArray([.. Enumerable.Range(0, Many).Select(static i => (JsonNode)new JsonObject
            {
                ["type"] = "probe",
                ["name"] = $"{new string('n', 60)}-{i}",
                ["provider"] = new JsonObject { ["type"] = "process", ["path"] = "true" },
            })]),
            ["rollbacks"] = new JsonArray(JsonNode.Parse(
                """{ "type": "action", "name": "undo", "provider": { "type": "process", "path": "touch", "arguments": ["undone"] } }""")),
        }.ToJsonString());

        await using var run = ChaosRun.StartProgram(
            "/bin/sh",
            room,
            "-c",
            $"{{ \"$0\" run e.json --output json --rollback-strategy always 2> said; echo $? > code; }} | {{ {reader}; }}",
            BuiltPrograms.Chaos);
        await run.EndAsync();

        Assert.Equal("0", (await File.ReadAllTextAsync(room.File("code"), TestContext.Current.CancellationToken)).Trim());
        var journal = room.Journal();
        Assert.Equal("passed", (string?)journal["turbulence"]!["verdict"]);
        Assert.Equal(Many, journal["run"]!.AsArray().Count);
        Assert.True(File.Exists(room.File("undone")));
        var said = await File.ReadAllTextAsync(room.File("said"), TestContext.Current.CancellationToken);
        Assert.Contains("Verdict: passed", said, StringComparison.Ordinal);
    }

    [GateFact]
    public async Task Who_has_waited_long_enough_for_a_report_gives_it_up_and_the_run_that_passed_does_not_end_with_0()
    {
        room.Write("e.json", """{ "title": "t", "description": "d", "method": [] }""");
        await using var run = ChaosRun.StartProgram(
            "/bin/sh",
            room,
            "-c",
            """
            mkfifo slow.html
            sh -c 'exec 3<>slow.html; head -c 65536 /dev/zero >&3; : > open; while [ ! -e code ]; do sleep 0.05; done' &
            while [ ! -e open ]; do sleep 0.05; done
            "$0" run e.json --report quick.md --report slow.html --report later.md > said 2>&1 & chaos=$!
            while [ ! -e quick.md ]; do sleep 0.05; done
            kill -TERM $chaos
            wait $chaos; echo $? > code; wait
            """,
            BuiltPrograms.Chaos);
        await run.EndAsync();

        Assert.Equal("2", (await File.ReadAllTextAsync(room.File("code"), TestContext.Current.CancellationToken)).Trim());
        var said = await File.ReadAllTextAsync(room.File("said"), TestContext.Current.CancellationToken);
        Assert.Contains("The report slow.html is not written: SIGTERM signal received", said, StringComparison.Ordinal);
        Assert.Contains("The report later.md is not written: SIGTERM signal received", said, StringComparison.Ordinal);
        Assert.Contains("report: quick.md", said, StringComparison.Ordinal);
        Assert.DoesNotContain("report: slow.html", said, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(room.Path, "*later*"));
        Assert.Equal("passed", (string?)room.Journal()["turbulence"]!["verdict"]);
    }

    private static List<JsonObject> Events(string output) =>
        [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line => JsonNode.Parse(line)!.AsObject())];
}
