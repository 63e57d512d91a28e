using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Turbulence.Platform.Processes;
using Turbulence.Services;

namespace Turbulence.Tests.Services;

/// <summary>The ways to see that a service is ready.</summary>
public sealed class ServiceReadinessTests
{
    [Fact]
    public async Task By_tcp_a_connection_is_enough()
    {
        var port = FreePort.Next();
        await using var run = new ServiceRun($$"""{ "s": { "run": ["sleep", "1000"], "ready": { "tcp": {{port}} } } }""");
        var start = run.StartAsync();
        using var listener = new TcpListener(IPAddress.Loopback, port);
        await Eventually.HoldsAsync(() => run.Steps.Contains("s starting"));
        Assert.False(start.IsCompleted);

        listener.Start();

        Assert.Empty(await start);
        Assert.Equal(port, Assert.Single(run.Supervisor.Locations).Port);
        listener.Stop();
        var (lost, _) = await run.Supervisor.FindLostAsync(waits: false);
        Assert.StartsWith(
            $"service 's' is not there at the end of the run: localhost:{port}: ", Assert.Single(lost), StringComparison.Ordinal);
    }

    [Fact]
    public async Task By_tcp_a_port_that_takes_no_connection_is_told_when_the_time_is_over()
    {
        var port = FreePort.Next();
        await using var run = new ServiceRun(
            $$"""{ "s": { "run": ["sleep", "1000"], "ready": { "tcp": "127.0.0.1:{{port}}", "timeout": 0.2 } } }""");
        Assert.StartsWith(
            $"service 's' did not get ready: 127.0.0.1:{port} takes no connection after 0.2 s: ",
            Assert.Single(await run.StartAsync()),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_without_run_is_used_whoever_it_is_and_is_never_ended()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        await using var run = new ServiceRun($$"""{ "db": { "ready": { "tcp": {{port}} } } }""");

        Assert.Empty(await run.StartAsync());
        Assert.Equal(["db adopted"], run.Steps);
        Assert.Equal(port, Assert.Single(run.Supervisor.Locations).Port);
        Assert.Empty(await run.StopAsync());
        Assert.Equal(["db adopted"], run.Steps);
        Assert.Null(await Record.ExceptionAsync(
            () => new TcpClient().ConnectAsync(IPAddress.Loopback, port, TestContext.Current.CancellationToken).AsTask()));
    }

    [Fact]
    public async Task One_without_run_that_is_not_there_fails_the_run_and_what_needs_it()
    {
        var port = FreePort.Next();
        await using var run = new ServiceRun(
            $$"""
            {
              "db": { "ready": { "tcp": {{port}}, "timeout": 0.1 } },
              "api": { "run": ["sleep", "1000"], "needs": ["db"] }
            }
            """);

        var problems = await run.StartAsync();

        Assert.Contains(problems, problem => problem.Contains($"service 'db' was not started: it is not there: localhost:{port}: ", StringComparison.Ordinal)
            && problem.EndsWith("it has no run entry, so that the run does not start it", StringComparison.Ordinal));
        Assert.Empty(run.Left());
    }

    [Fact]
    public async Task By_tcp_what_run_starts_is_adopted_and_a_stranger_is_not()
    {
        var port = FreePort.Next();
        using var listener = new TcpListener(IPAddress.Loopback, port);
        listener.Start();
        var own =
            new JsonArray([.. ProcessTable.CommandLine(Environment.ProcessId)!.Select(word => JsonValue.Create(word))]).ToJsonString();

        await using var same = new ServiceRun($$"""{ "s": { "run": {{own}}, "ready": { "tcp": {{port}} } } }""");
        Assert.Empty(await same.StartAsync());
        Assert.Equal(["s adopted"], same.Steps);
        Assert.StartsWith(
            $"service 's' was not started by this run: process {Environment.ProcessId} (",
            Assert.Single(same.Supervisor.Adoptions),
            StringComparison.Ordinal);

        await using var stranger = new ServiceRun($$"""{ "s": { "run": ["sleep", "1000"], "ready": { "tcp": {{port}} } } }""");
        var problem = Assert.Single(await stranger.StartAsync());
        Assert.StartsWith($"service 's' was not started: process {Environment.ProcessId} (", problem, StringComparison.Ordinal);
        Assert.Contains($" has its port {port} and is not what run starts (sleep 1000)", problem, StringComparison.Ordinal);

        await using var any = new ServiceRun($$"""{ "s": { "run": ["sleep", "1000"], "adopt": "any", "ready": { "tcp": {{port}} } } }""");
        Assert.Empty(await any.StartAsync());
        Assert.Equal(["s adopted"], any.Steps);
    }

    [Fact]
    public async Task By_command_it_is_asked_in_the_service_s_folder_with_its_environment_until_the_exit_code_is_0()
    {
        await using var run = new ServiceRun(
            """
            { "s": { "run": ["sh", "-c", "echo $$ > pid; exec sleep 1000"], "cwd": "sub", "env": { "WHO": "${who}" },
                     "ready": { "command": ["sh", "-c", "echo x >> asked; [ \"$WHO $GIVEN\" = 'me too' ] && [ -s pid ] && [ $(wc -l < asked) -ge 3 ]"] } } }
            """,
            configuration: new JsonObject { ["who"] = "me" },
            variables: new Dictionary<string, string> { ["PATH"] = "/usr/bin:/bin", ["GIVEN"] = "too" });
        Directory.CreateDirectory(run.File("sub"));

        Assert.Empty(await run.StartAsync());

        Assert.InRange(File.ReadAllLines(run.File("sub/asked")).Length, 3, int.MaxValue);
        Assert.Equal(run.Supervisor.Locations[0].Process!.Value.Id, int.Parse(
            File.ReadAllText(run.File("sub/pid")).Trim(), System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task By_command_one_that_hangs_is_ended_with_all_that_it_started_when_the_time_is_over()
    {
        await using var run = new ServiceRun("""
            { "s": { "run": ["sleep", "1000"], "ready": { "command": ["sh", "-c", "sleep 1001 & exec sleep 1002"], "timeout": 1 } } }
            """);

        var problem = Assert.Single(await run.StartAsync());

        Assert.StartsWith(
            "service 's' did not get ready: 'sh -c sleep 1001 & exec sleep 1002' has not ended with exit code 0 after 1 s: it goes on",
            problem,
            StringComparison.Ordinal);
        Assert.Equal("sleep", Assert.Single(run.Left()).Name);
        await run.StopAsync();
        Assert.Empty(run.Left());
    }

    [Fact]
    public async Task By_command_what_an_answer_leaves_running_is_ended_with_it()
    {
        await using var run = new ServiceRun("""
            { "s": { "run": ["sleep", "1000"], "ready": { "command": ["sh", "-c", "sleep 1001 > /dev/null 2>&1 & exit 0"] } } }
            """);
        Assert.Empty(await run.StartAsync());
        await Eventually.HoldsAsync(() => run.Left().Count == 1);
    }

    [Fact]
    public async Task By_command_a_run_that_is_stopped_leaves_no_question_behind()
    {
        await using var run = new ServiceRun(
            """{ "s": { "run": ["sleep", "1000"], "ready": { "command": ["sh", "-c", "sleep 1001 & touch asked; exec sleep 1002"] } } }""");
        using var stop = new CancellationTokenSource();
        var start = run.StartAsync(stop.Token);
        await Eventually.HoldsAsync(() => File.Exists(run.File("asked")));

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => start);
        await run.StopAsync();
        Assert.Empty(run.Left());
    }

    [Fact]
    public async Task By_command_the_last_whole_line_of_an_answer_is_told()
    {
        using var folder = new TemporaryFolder();
        await using var service = new StartedService(folder, "exec sleep 1000");

        Assert.Equal(
            "it ended with exit code 3: no response",
            await service.AskAsync(new CommandReadiness(["sh", "-c", "echo x; echo no response >&2; exit 3"])));
        Assert.Equal(
            "it ended with exit code 4: only this", await service.AskAsync(new CommandReadiness(["sh", "-c", "echo only this; exit 4"])));
        Assert.Equal(
            "it ended with exit code 5: whole",
            await service.AskAsync(new CommandReadiness(["sh", "-c", "echo whole; head -c 9000 /dev/zero; exit 5"])));
        Assert.Equal(
            $"there is no program 'there-is-none', neither in {folder.Path} nor on PATH",
            await service.AskAsync(new CommandReadiness(["there-is-none"])));
        Assert.Null(await service.AskAsync(new CommandReadiness(["true"])));
    }

    [Fact]
    public async Task What_is_told_of_a_service_holds_no_secret()
    {
        await using var run = new ServiceRun(
            """{ "s": { "run": ["sh", "-c", "echo $P is wrong; exit 3"], "env": { "P": "${password}" }, "ready": { "command": ["false", "${password}"] } } }""",
            secrets: new JsonObject { ["db"] = new JsonObject { ["password"] = "verysecret" } });

        Assert.Contains("verysecret is wrong", Assert.Single(await run.StartAsync()), StringComparison.Ordinal);

        Assert.Contains(run.Details, detail => detail.EndsWith("\n***** is wrong", StringComparison.Ordinal));
        Assert.DoesNotContain("verysecret", string.Join('\n', run.Details), StringComparison.Ordinal);
    }

    [Fact]
    public async Task By_line_only_what_this_start_prints_counts()
    {
        await using var run = new ServiceRun("""
            { "s": { "run": ["sh", "-c", "while [ ! -f go ]; do sleep 0.02; done; printf 'database system is re'; sleep 0.1; echo 'ady' >&2; exec sleep 1000"],
                     "ready": { "line": "system is ready$" } } }
            """);
        await File.WriteAllTextAsync(run.File("s.log"), "database system is ready\n", TestContext.Current.CancellationToken);
        var start = run.StartAsync();
        await Eventually.HoldsAsync(() => run.Steps.Contains("s starting"));
        Assert.False(start.IsCompleted);

        await File.WriteAllTextAsync(run.File("go"), "", TestContext.Current.CancellationToken);

        Assert.Empty(await start);
    }

    [Fact]
    public async Task By_line_it_is_told_how_many_have_come_and_none_is_looked_at_twice()
    {
        using var folder = new TemporaryFolder();
        await using var service = new StartedService(folder, "echo one; echo two; touch done; exec sleep 1000");
        await Eventually.HoldsAsync(() => File.Exists(folder["done"]));

        Assert.True(LineReadiness.TryRead("three", out var line, out _));
        Assert.Equal("2 have come", await service.AskAsync(line));
        Assert.True(LineReadiness.TryRead("one", out line, out _));
        Assert.Equal("2 have come", await service.AskAsync(line));
    }

    [Fact]
    public async Task By_line_and_by_command_nothing_is_adopted_and_it_is_the_process_that_has_to_be_there_at_the_end()
    {
        await using var run = new ServiceRun("""
            { "line": { "run": ["sh", "-c", "echo up; exec sleep 1000"], "ready": { "line": "up" } },
              "command": { "run": ["sleep", "1000"], "ready": { "command": ["true"] } } }
            """);
        Assert.Empty(await run.StartAsync());
        Assert.Empty(run.Supervisor.Adoptions);
        Assert.Empty((await run.Supervisor.FindLostAsync(waits: false)).Ours);
        foreach (var service in run.Supervisor.Locations)
        {
            Assert.True(ProcessHandle.TryOpen(service.Process!.Value, out var handle, out _));
            using (handle)
            {
                handle.Signal(PosixSignalNumber.Kill);
                await handle.WaitForExitAsync(TestContext.Current.CancellationToken);
            }
        }

        await Eventually.HoldsAsync(() => run.Supervisor.Locations.All(service => service.Process is null));
        Assert.Equal(
            [
                "service 'command' is not there at the end of the run: it was ended by signal 9 (Kill), and nobody started it again",
                "service 'line' is not there at the end of the run: it was ended by signal 9 (Kill), and nobody started it again",
            ],
            (await run.Supervisor.FindLostAsync(waits: false)).Ours.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_value_that_does_not_fit_keeps_the_service_from_being_started_and_says_why()
    {
        await using var run = new ServiceRun("""{ "s": { "run": ["touch", "${nobody}"] } }""");
        Assert.Equal(["service 's' was not started: ${nobody} has no value in the configuration or the secrets"], await run.StartAsync());
    }

    [Fact]
    public async Task The_end_of_an_output_is_told_in_whole_lines()
    {
        await using var run = new ServiceRun("""
            { "s": { "run": ["sh", "-c", "head -c 9000 /dev/zero | tr '\\0' 'x'; echo; echo short; exit 1"], "ready": { "line": "up" } },
              "t": { "run": ["sh", "-c", "head -c 9000 /dev/zero | tr '\\0' 'x'; exit 1"], "ready": { "line": "up" } } }
            """);
        var problems = await run.StartAsync();
        Assert.EndsWith(":\nshort", problems[0], StringComparison.Ordinal);
        Assert.EndsWith("/t.log, is longer than 4096 bytes", problems[1], StringComparison.Ordinal);
    }
}
