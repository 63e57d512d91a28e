using System.Text.RegularExpressions;
using Turbulence.Platform.Processes;

namespace EndToEnd.Tests;

/// <summary>
/// Services that need each other are started in their order, in whatever way it is seen that they are ready, and nothing is left of a start
/// that failed.
/// </summary>
public sealed partial class ServiceStartTests : IDisposable
{
    private const string Action = """{ "type": "action", "name": "a", "provider": { "type": "process", "path": "true" } }""";

    private readonly Room room = new();

    public void Dispose() => room.Dispose();

    [Fact]
    public async Task A_database_a_service_and_its_front_start_in_their_order_and_stop_in_the_other()
    {
        var port = FreePort.Next();
        var file = Experiment($$$"""
            "configuration": { "port": {{{port}}} },
            "secrets": { "db": { "password": "verysecret" } },
            """, $$"""
            { "front": { "run": ["sh", "-c", "echo front is up; exec sleep 1000"], "needs": ["api"], "ready": { "line": "front is up" } },
              "api": { "run": ["sh", "-c", "echo $PASSWORD; touch migrated; exec sleep 1000"], "needs": ["db"], "env": { "PASSWORD": "${password}" },
                       "ready": { "command": ["sh", "-c", "[ -f migrated ] && [ \"$PASSWORD\" = ${password} ]"], "timeout": 60 } },
              "db": { "run": ["{{BuiltPrograms.RandServer}}", "${port}", "primary"], "ready": { "tcp": "localhost:${port}", "timeout": 60 } } }
            """);

        var plan = await ChaosRun.RunAsync(room, "plan", file);
        Assert.True(plan.ExitCode == 0, plan.Said);
        Assert.Contains($"ready   when localhost:{port} takes a connection", plan.Output, StringComparison.Ordinal);
        Assert.Contains("needs   db", plan.Output, StringComparison.Ordinal);
        Assert.Contains(
            """ready   when 'sh -c [ -f migrated ] && [ "$PASSWORD" = ***** ]' ends with exit code 0""",
            plan.Output,
            StringComparison.Ordinal);
        Assert.Contains("ready   when a line of its output matches 'front is up'", plan.Output, StringComparison.Ordinal);

        var end = await ChaosRun.RunAsync(room, "run", file);

        Assert.True(end.ExitCode == 0, end.Said);
        Assert.Equal(["db ready", "api ready", "front ready", "front stopped", "api stopped", "db stopped"], Steps(end));
        Assert.DoesNotContain("verysecret", end.Said + plan.Said + File.ReadAllText(room.File("journal.json")), StringComparison.Ordinal);
        Assert.Empty(room.Processes());
    }

    [Fact]
    public async Task One_that_dies_during_the_start_is_named_with_its_last_words_and_the_others_are_stopped()
    {
        var end = await ChaosRun.RunAsync(room, "run", Experiment("", """
            { "db": { "run": ["sleep", "1000"] },
              "api": { "run": ["sh", "-c", "echo cannot reach the schema; exit 3"], "needs": ["db"], "ready": { "line": "listening", "timeout": 3600 } },
              "front": { "run": ["touch", "front"], "needs": ["api"] } }
            """));

        Assert.True(end.ExitCode == 2, end.Said);
        Assert.Contains(
            "service 'api' did not get ready: it ended with exit code 3; the last lines of ", end.Said, StringComparison.Ordinal);
        Assert.Contains("cannot reach the schema", end.Said, StringComparison.Ordinal);
        Assert.Contains("service 'front' was not started: it needs 'api', which is not ready", end.Said, StringComparison.Ordinal);
        Assert.Equal(["db ready", "db stopped"], Steps(end).Where(step => step.StartsWith("db ", StringComparison.Ordinal)));
        Assert.False(File.Exists(room.File("front")));
        Assert.Empty(room.Processes());
    }

    [Fact]
    public async Task A_question_that_hangs_makes_the_start_fail_when_the_time_is_over_and_nothing_of_it_is_left()
    {
        var end = await ChaosRun.RunAsync(room, "run", Experiment("", """
            { "db": { "run": ["sleep", "1000"], "ready": { "command": ["sh", "-c", "sleep 1001 & setsid sleep 1002 & exec sleep 1003"], "timeout": 1 } } }
            """));

        Assert.True(end.ExitCode == 2, end.Said);
        Assert.Contains("has not ended with exit code 0 after 1 s: it goes on", end.Said, StringComparison.Ordinal);
        Assert.Empty(room.Processes());
    }

    [Fact]
    public async Task A_runner_that_is_killed_in_the_middle_of_the_start_leaves_neither_services_nor_questions()
    {
        await using var run = ChaosRun.Start(room, "run", Experiment("", """
            { "db": { "run": ["sleep", "1000"] },
              "api": { "run": ["sh", "-c", "setsid sleep 1001 & exec sleep 1002"], "needs": ["db"],
                       "ready": { "command": ["sh", "-c", "setsid sleep 1003 & touch asked; exec sleep 1004"], "timeout": 3600 } },
              "front": { "run": ["touch", "front"], "needs": ["api"] } }
            """));
        await run.UntilAsync(() => File.Exists(room.File("asked")));
        Assert.True(room.Processes().Count(process => process.Name == "sleep") >= 2);

        run.Signal(PosixSignalNumber.Kill);

        await Eventually.HoldsAsync(
            () => room.Processes().Count == 0 && Directory.GetFiles(Path.Combine(room.State, "runs"), "*.json").Length == 0);
        Assert.False(File.Exists(room.File("front")));
        var list = await ChaosRun.RunAsync(room, "faults", "list");
        Assert.True(list.ExitCode == 0, list.Said);
    }

    [GateFact]
    public async Task A_run_that_is_stopped_during_the_start_stops_what_was_started()
    {
        await using var run = ChaosRun.Start(room, "run", Experiment("", """
            { "db": { "run": ["sleep", "1000"] },
              "api": { "run": ["sleep", "1000"], "needs": ["db"], "ready": { "command": ["sh", "-c", "touch asked; exec sleep 1000"], "timeout": 3600 } } }
            """));
        await run.UntilAsync(() => File.Exists(room.File("asked")));

        run.Signal(PosixSignalNumber.Interrupt);

        var end = await run.EndAsync();
        Assert.True(end.ExitCode == 4, end.Said);
        Assert.Empty(room.Processes());
    }

    [GateFact]
    public async Task A_fault_finds_a_service_by_its_tcp_port_and_its_undo_waits_for_that()
    {
        var port = FreePort.Next();
        var file = Experiment("", $$"""{ "db": { "run": ["sh", "-c", "'{{BuiltPrograms.RandServer}}' {{port}} primary; true"], "ready": { "tcp": {{port}}, "timeout": 60 } } }""",
            """
            { "type": "action", "name": "kill", "provider": { "type": "fault", "kind": "process.pause", "arguments": { "service": "db" } } },
            { "type": "probe", "name": "look", "provider": { "type": "process", "path": "true" }, "tolerance": 0 }
            """);

        var end = await ChaosRun.RunAsync(room, "run", file);

        Assert.True(end.ExitCode == 0, end.Said);
        Assert.Contains(
            $"(rand-server {port} primary", Regex.Replace(end.Said, @"[^ (]*/rand-server", "rand-server"), StringComparison.Ordinal);
        Assert.Empty(room.Processes());
    }

    private string Experiment(string more, string services, string method = Action) => room.Write("e.json", $$"""
        { "title": "t", "description": "d", {{more}}
          "extensions": [{ "name": "turbulence", "services": {{services}} }],
          "method": [{{method}}] }
        """);

    private static List<string> Steps(ChaosEnd end) =>
        [.. Step().Matches(end.Said).Select(match => $"{match.Groups[1].Value} {match.Groups[2].Value}")];

    [GeneratedRegex("Service (\\w+): (ready|stopped)")]
    private static partial Regex Step();
}
