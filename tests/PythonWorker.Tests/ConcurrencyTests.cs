using System.Globalization;

namespace PythonWorker.Tests;

/// <summary>Several calls at once, and ending one of them.</summary>
public sealed class ConcurrencyTests
{
    private const string Sample =
        """
        import asyncio, logging, os, signal, subprocess, threading, time
        gate = threading.Event()
        def is_main(): return threading.current_thread() is threading.main_thread()
        def wait(seconds=600): return gate.wait(seconds)
        def open_gate(): gate.set(); return is_main()
        def close_gate(): gate.clear()
        def number(n): time.sleep(0.01); return n
        def sleep(): tell('asleep'); time.sleep(600)
        def spin():
            tell('spinning')
            while True: pass
        def shell(): tell('shell'); subprocess.run(['sleep', '600'])
        async def coroutine(): tell('waiting'); await asyncio.sleep(600)
        def catches():
            tell('caught')
            try: time.sleep(600)
            except Exception: return 'swallowed'
        def tidies():
            tell('tidies')
            try: time.sleep(600)
            finally: open('tidied', 'w').close()
        def logs():
            tell('logs')
            while True: logging.getLogger('chaostoolkit').info('x' * 1000)
        def alarm():
            def ring(*_): raise TimeoutError('alarm')
            signal.signal(signal.SIGALRM, ring); signal.setitimer(signal.ITIMER_REAL, 0.05); time.sleep(600)
        def tell(text): logging.getLogger('chaostoolkit').warning(text)
        """;

    [Fact]
    public async Task A_call_is_made_on_the_main_thread_while_it_is_free_and_beside_it_otherwise()
    {
        using var room = new Room(Sample);
        await using var worker = await RunningWorker.StartAsync(room);

        for (var i = 0; i < 20; i++)
        {
            Json.Same("true", await worker.OutputAsync("is_main"));
        }

        var (_, waiting) = await worker.BeginAsync("run", RunningWorker.Call("wait"));
        Json.Same("false", await worker.OutputAsync("is_main"));
        Json.Same("false", await worker.OutputAsync("open_gate"));
        Json.Same("true", (await waiting)["result"]!["output"]);
        Json.Same("true", await worker.OutputAsync("is_main"));
    }

    [Fact]
    public async Task A_thousand_calls_at_once_get_each_its_own_answer()
    {
        using var room = new Room(Sample);
        await using var worker = await RunningWorker.StartAsync(room);

        var answers = await Task.WhenAll(Enumerable.Range(0, 1000).Select(async n =>
            await (await worker.BeginAsync("run", RunningWorker.Call("number", $$"""{"n": {{n}} }"""))).Answer));

        Assert.Equal(Enumerable.Range(0, 1000), answers.Select(each => each["result"]!["output"]!.GetValue<int>()));
    }

    [Fact]
    public async Task Calls_end_in_any_order()
    {
        using var room = new Room(Sample);
        await using var worker = await RunningWorker.StartAsync(room);
        var waiting = new List<Task<System.Text.Json.Nodes.JsonObject>>();
        for (var i = 0; i < 50; i++)
        {
            waiting.Add((await worker.BeginAsync("run", RunningWorker.Call("wait"))).Answer);
        }

        await worker.OutputAsync("number", """{"n": 1}""");
        Assert.All(waiting, each => Assert.False(each.IsCompleted));
        await worker.OutputAsync("open_gate");

        Assert.All(await Task.WhenAll(waiting), each => Json.Same("true", each["result"]!["output"]));
    }

    [Fact]
    public async Task What_comes_in_one_piece_with_a_call_that_goes_on_is_carried_out_beside_it()
    {
        using var room = new Room(Sample);
        await using var worker = await RunningWorker.StartAsync(room);
        await worker.OutputAsync("is_main");

        for (var i = 0; i < 20; i++)
        {
            var waits = RunningWorker.Call("wait").ReplaceLineEndings(" ");
            var opens = RunningWorker.Call("open_gate").ReplaceLineEndings(" ");
            await worker.SendAsync($$"""
                {"jsonrpc":"2.0","id":{{1000 + i}},"method":"run","params":{{waits}}}
                {"jsonrpc":"2.0","id":{{2000 + i}},"method":"run","params":{{opens}}}
                """);

            Json.Same("false", (await worker.UnaskedAsync())["result"]!["output"]);
            Json.Same("true", (await worker.UnaskedAsync())["result"]!["output"]);
            await worker.OutputAsync("close_gate");
        }
    }

    [Fact]
    public async Task A_call_that_comes_a_while_after_the_last_one_is_cancelled_like_any_other()
    {
        using var room = new Room(Sample);
        await using var worker = await RunningWorker.StartAsync(room);

        // Nobody looks after a call any more by then.
        await Task.Delay(TimeSpan.FromMilliseconds(300), TimeProvider.System, TestContext.Current.CancellationToken);
        var (id, answer) = await worker.BeginAsync("run", RunningWorker.Call("spin"));
        await worker.UnaskedAsync();
        await worker.NotifyAsync("cancel", $$"""{"id": {{id}} }""");

        Assert.Equal("the call was cancelled", Json.Text((await answer)["result"]!["message"]));
        Json.Same("true", await worker.OutputAsync("is_main"));
    }

    [Theory]
    [InlineData("sleep", true)]
    [InlineData("spin", true)]
    [InlineData("shell", true)]
    [InlineData("coroutine", true)]
    [InlineData("catches", true)]
    [InlineData("spin", false)]
    [InlineData("logs", true)]
    [InlineData("logs", false)]
    public async Task A_cancelled_call_ends_and_the_worker_goes_on(string function, bool onMain)
    {
        using var room = new Room(Sample);
        await using var worker = await RunningWorker.StartAsync(room);
        if (!onMain)
        {
            await worker.BeginAsync("run", RunningWorker.Call("wait"));
        }

        var (id, answer) = await worker.BeginAsync("run", RunningWorker.Call(function));
        await worker.UnaskedAsync();
        await worker.NotifyAsync("cancel", $$"""{"id": {{id}} }""");
        var outcome = (await answer)["result"]!;

        Assert.Equal(("failed", "the call was cancelled"), (Json.Text(outcome["end"]), Json.Text(outcome["message"])));
        // A coroutine is not where its thread is: that waits in the event loop.
        var place = function == "coroutine" ? "in run" : "in " + function;
        Assert.Contains(Json.Texts(outcome["trace"]), each => each.Contains(place, StringComparison.Ordinal));
        Json.Same(onMain ? "true" : "false", await worker.OutputAsync("is_main"));
    }

    [Fact]
    public async Task A_cancelled_call_may_tidy_up()
    {
        using var room = new Room(Sample);
        await using var worker = await RunningWorker.StartAsync(room);
        var (id, answer) = await worker.BeginAsync("run", RunningWorker.Call("tidies"));
        await worker.UnaskedAsync();

        await worker.NotifyAsync("cancel", $$"""{"id": {{id}} }""");
        await answer;

        Assert.True(File.Exists(room["tidied"]));
    }

    [Fact]
    public async Task A_call_is_cancelled_at_whatever_moment_it_goes_to_sleep()
    {
        using var room = new Room(Sample);
        await using var worker = await RunningWorker.StartAsync(room);

        for (var i = 0; i < 100; i++)
        {
            var (id, answer) = await worker.BeginAsync("run", RunningWorker.Call("sleep"));
            await worker.UnaskedAsync();
            await worker.NotifyAsync("cancel", $$"""{"id": {{id}} }""");

            Assert.Equal("the call was cancelled", Json.Text((await answer)["result"]!["message"]));
        }
    }

    [Fact]
    public async Task To_cancel_a_call_that_has_just_ended_harms_neither_it_nor_the_next()
    {
        using var room = new Room(Sample);
        await using var worker = await RunningWorker.StartAsync(room);

        for (var i = 0; i < 200; i++)
        {
            var (id, answer) = await worker.BeginAsync("run", RunningWorker.Call("is_main"));
            await worker.NotifyAsync("cancel", $$"""{"id": {{id}} }""");
            var result = (await answer)["result"]!;

            Assert.True(
                result["output"]?.GetValue<bool>() ?? Json.Text(result["message"]) == "the call was cancelled", result.ToJsonString());
        }

        Json.Same("true", await worker.OutputAsync("is_main"));
    }

    [Fact]
    public async Task Signals_and_their_timers_work_in_a_foreground_call()
    {
        using var room = new Room(Sample);
        await using var worker = await RunningWorker.StartAsync(room);

        Assert.Equal("TimeoutError: alarm", Json.Text((await worker.RunAsync("alarm"))["message"]));
    }

    [Fact]
    public async Task An_empty_call_takes_well_under_a_millisecond()
    {
        using var room = new Room();
        await using var worker = await RunningWorker.StartAsync(room);
        var times = new List<TimeSpan>();
        for (var i = 0; i < 500; i++)
        {
            var start = TimeProvider.System.GetTimestamp();
            await worker.OutputAsync("exists", """{"path": "/"}""", "os.path");
            times.Add(TimeProvider.System.GetElapsedTime(start));
        }

        // Ten times what is measured: a machine with other work to do must not fail it, a thread that waits for a switch must.
        var median = times.Order().ElementAt(250);
        Assert.True(median < TimeSpan.FromMilliseconds(3), median.TotalMilliseconds.ToString(CultureInfo.InvariantCulture) + " ms");
    }
}
