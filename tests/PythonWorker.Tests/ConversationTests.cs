using System.Text;
using Turbulence.Hosts.Python;
using Turbulence.Platform.Processes;

namespace PythonWorker.Tests;

/// <summary>The protocol itself: beginning, end, and what is not well-formed.</summary>
public sealed class ConversationTests(SharedWorker shared) : IClassFixture<SharedWorker>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_worker_introduces_itself()
    {
        using var room = new Room();
        await using var worker = await RunningWorker.StartAloneAsync(room);

        var result = await worker.ResultAsync("initialize", RunningWorker.Initialize(room.Path));

        Json.Same("1", result["protocol"]);
        Assert.Equal("turbulence-python", Json.Text(result["worker"]!["name"]));
        Assert.Equal("cpython", Json.Text(result["runtime"]!["name"]));
        Assert.StartsWith("3.", Json.Text(result["runtime"]!["version"]), StringComparison.Ordinal);
        Assert.True(File.Exists(Json.Text(result["runtime"]!["executable"])));
        Assert.Equal(["controls", "describe", "list", "ping", "unread"], Json.Texts(result["capabilities"]));
    }

    [Fact]
    public async Task Another_version_of_the_protocol_is_refused_and_the_worker_waits_for_a_better_one()
    {
        using var room = new Room();
        await using var worker = await RunningWorker.StartAloneAsync(room);

        var refused = await worker.RequestAsync("initialize", RunningWorker.Initialize(room.Path, protocol: 2));
        var accepted = await worker.RequestAsync("initialize", RunningWorker.Initialize(room.Path));

        Json.Same("""{"code": -32602, "message": "this worker speaks protocol 1, not 2"}""", refused["error"]);
        Assert.NotNull(accepted["result"]);
    }

    [Fact]
    public async Task Nothing_is_done_before_initialize_and_it_comes_once()
    {
        using var room = new Room();
        await using var worker = await RunningWorker.StartAloneAsync(room);

        var early = await worker.RequestAsync("list");
        await worker.RequestAsync("initialize", RunningWorker.Initialize(room.Path));
        var twice = await worker.RequestAsync("initialize", RunningWorker.Initialize(room.Path));

        Json.Same("""{"code": -32600, "message": "initialize comes first"}""", early["error"]);
        Json.Same("""{"code": -32600, "message": "initialize comes once"}""", twice["error"]);
    }

    [Theory]
    [InlineData("nonsense", -32700)]
    [InlineData("", -32700)]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":", -32700)]
    [InlineData("\u00ff\u0000", -32700)]
    [InlineData("[1]", -32600)]
    [InlineData("12", -32600)]
    [InlineData("null", -32600)]
    [InlineData("{}", -32600)]
    [InlineData("""{"jsonrpc":"2.0","method":7}""", -32600)]
    [InlineData("""{"jsonrpc":"2.0","id":"a","method":"list"}""", -32600)]
    [InlineData("""{"jsonrpc":"2.0","id":true,"method":"list"}""", -32600)]
    [InlineData("""{"jsonrpc":"2.0","id":{"a":1},"method":"list"}""", -32600)]
    [InlineData("""{"jsonrpc":"2.0","id":901,"method":"no-such-method"}""", -32601)]
    [InlineData("""{"jsonrpc":"2.0","id":902,"method":"run","params":[1]}""", -32602)]
    [InlineData("""{"jsonrpc":"2.0","id":903,"method":"run","params":{"provider":"python"}}""", -32602)]
    [InlineData("""{"jsonrpc":"2.0","id":904,"method":"hook","params":{"hook":"no-such-hook","provider":{"module":"os"}}}""", -32602)]
    [InlineData("""{"jsonrpc":"2.0","id":905,"method":"validate","params":{"activities":[1]}}""", -32603)]
    public async Task A_malformed_request_is_answered_with_an_error_and_the_next_is_carried_out(string line, int code)
    {
        var worker = await shared.OfAsync("def answer(): return 42");

        await worker.SendAsync(line);

        Assert.Equal(code, (await worker.UnaskedAsync())["error"]!["code"]!.GetValue<int>());
        Json.Same("42", await worker.OutputAsync("answer"));
    }

    [Fact]
    public async Task Notifications_that_it_does_not_know_and_unknown_members_are_passed_over()
    {
        using var room = new Room("def answer(): return 42");
        await using var worker = await RunningWorker.StartAsync(room);

        await worker.NotifyAsync("weather", """{"rain": true}""");
        await worker.NotifyAsync("cancel", """{"id": 12345}""");
        var outcome = await worker.RunAsync("answer", more: "\"weather\": \"rain\"");

        Json.Same("""{"end": "succeeded", "output": 42}""", outcome);
    }

    [Fact]
    public async Task A_request_nested_without_measure_is_an_error()
    {
        using var room = new Room();
        await using var worker = await RunningWorker.StartAsync(room);

        await worker.SendAsync(new string('[', 200_000) + new string(']', 200_000));

        Assert.Contains("error", await worker.UnaskedAsync());
        Assert.NotNull((await worker.RequestAsync("list"))["result"]);
    }

    [Fact]
    public async Task The_worker_ends_when_its_input_ends()
    {
        using var room = new Room();
        await using var worker = await RunningWorker.StartAsync(room);

        worker.Hang();

        Assert.True((await worker.EndAsync()).Status.IsSuccess);
    }

    [Fact]
    public async Task The_end_of_the_input_ends_a_worker_that_is_at_work()
    {
        using var room = new Room("import time\ndef sleep(): time.sleep(600)\ndef spin():\n  while True: pass");
        foreach (var function in new[] { "sleep", "spin" })
        {
            await using var worker = await RunningWorker.StartAsync(room);
            await worker.BeginAsync("run", RunningWorker.Call(function));

            worker.Hang();

            Assert.True((await worker.EndAsync()).Status.IsSuccess);
        }
    }

    [Fact]
    public async Task Shutdown_is_answered_then_what_modules_registered_for_the_end_is_done()
    {
        using var room = new Room("import atexit\ndef prepare(): atexit.register(lambda: open('cleaned', 'w').close())");
        await using var worker = await RunningWorker.StartAsync(room);
        await worker.OutputAsync("prepare");

        var answer = await worker.RequestAsync("shutdown");

        Assert.True(answer.ContainsKey("result"));
        Assert.Null(answer["result"]);
        Assert.True((await worker.EndAsync()).Status.IsSuccess);
        Assert.True(File.Exists(room["cleaned"]));
    }

    [Fact]
    public async Task A_thread_that_an_activity_left_behind_does_not_keep_the_worker_alive()
    {
        using var room = new Room(
            """
            import threading, time
            def leave_behind():
                threading.Thread(target=time.sleep, args=(600,)).start()
            """);
        await using var worker = await RunningWorker.StartAsync(room);
        await worker.OutputAsync("leave_behind");

        await worker.RequestAsync("shutdown");

        Assert.True((await worker.EndAsync()).Status.IsSuccess);
    }

    [Fact]
    public async Task An_input_that_ends_within_the_program_ends_the_worker_with_a_reason()
    {
        using var room = new Room();
        var options = new ProcessStartOptions
        {
            FileName = await Interpreters.DefaultAsync(),
            Arguments = PythonWorkerSource.Arguments,
            WorkingDirectory = room.Path,
            StandardInput = ChildInput.Bytes(PythonWorkerSource.Preamble[..1000]),
            StandardError = ChildOutput.Capture(10_000),
        };
        Assert.True(ChildProcess.TryStart(options, out var process, out _));
        await using (process)
        {
            var output = await process.ReadOutputAsync(TimeProvider.System, Token);

            Assert.Equal(1, output.Status.ExitCode);
            Assert.Equal("the input ended within the worker's source\n", Encoding.UTF8.GetString(output.StandardError.Bytes.Span));
        }
    }

    [Fact]
    public async Task Nothing_is_written_to_the_disk()
    {
        using var room = new Room();
        await using var worker = await RunningWorker.StartAsync(room);
        await worker.RequestAsync("list");
        await worker.OutputAsync("exists", """{"path": "/"}""", module: "os.path");

        Assert.Empty(Directory.GetFileSystemEntries(room.Path));
    }

    [Fact]
    public async Task Modules_of_the_working_directory_do_not_stand_in_for_those_that_the_worker_needs()
    {
        using var room = new Room("def answer(): return 42");
        foreach (var name in new[]
        {
            "json",
            "logging",
            "threading",
            "queue",
            "select",
            "signal",
            "typing",
            "turbulence_reading",
            "turbulence_values",
            "turbulence_controls",
        })
        {
            room.Write(name + ".py", "raise RuntimeError('not the one that is meant')");
        }

        await using var worker = await RunningWorker.StartAsync(room);

        Json.Same("42", await worker.OutputAsync("answer"));
        var configured = await worker.ResultAsync("configure", """{"hook": "configure", "name": "c", "provider": {"module": "sample"}}""");
        Assert.Equal("succeeded", Json.Text(configured["end"]));
    }
}
