using System.Text.Json.Nodes;

namespace PythonWorker.Tests;

/// <summary>What user code prints, logs, inherits and signals: nothing of it reaches the conversation.</summary>
public sealed class OutputTests
{
    private const string Sample =
        """
        import logging, os, subprocess, sys, warnings
        def prints(): print('to the output'); print('to the error', file=sys.stderr); os.write(1, b'to the file\n'); return 1
        def megabyte(): print('x' * 1024 * 1024); return 1
        def broken_text(): print('\udcff é'); sys.stdout.buffer.write(b'\xff\n'); return 1
        def reads(): return [sys.stdin.read(), os.read(0, 10)]
        def closes(): sys.stdout.close(); os.close(1); os.close(0); return 1
        def child(): subprocess.run(['sh', '-c', 'echo child; cat']); return 1
        def files_of_a_child():
            return subprocess.run([sys.executable, '-c', 'import os; print(sorted(map(int, os.listdir("/proc/self/fd"))))'],
                                  close_fds=False, stdout=subprocess.PIPE).stdout
        def forks(code):
            child = os.fork()
            if child == 0:
                print('from the child'); logging.getLogger('chaostoolkit').warning('log of the child')
                sys.exit(code)
            return os.WEXITSTATUS(os.waitpid(child, 0)[1])
        def fork_returns():
            child = os.fork()
            if child: os.waitpid(child, 0)
            return 'parent' if child else 'child'
        def processes():
            import multiprocessing
            with multiprocessing.get_context('fork').Pool(2) as pool: return pool.map(abs, [-1, -2, -3])
        def logs():
            logger = logging.getLogger('chaostoolkit')
            logger.debug('a %s', 1); logger.info('b'); logger.warning('c'); logger.error('d'); logger.critical('e')
            logging.getLogger('mine').info('f'); logging.getLogger('mine').debug('not shown')
            try: 1 / 0
            except ZeroDivisionError: logger.exception('g')
            logger.info('%s %s', 'too few'); logger.info('x' * 1053040); logger.info('é\udcff\nline')
        def logs_with_logzero():
            from logzero import logger, setup_logger
            logger.info('zero'); setup_logger('other').warning('other'); return logger.name
        def warns(): warnings.warn('careful'); return 1
        def exits(how):
            from chaoslib import exit
            getattr(exit, how)(); return 'went on'
        def interrupts_itself():
            import signal, time
            os.kill(os.getpid(), signal.SIGINT); time.sleep(600)
        """;

    [Fact]
    public async Task What_is_printed_goes_to_the_standard_error()
    {
        using var room = new Room("print('at import')\n" + Sample);
        await using var worker = await RunningWorker.StartAsync(room);

        Json.Same("1", await worker.OutputAsync("prints"));
        Json.Same("1", await worker.OutputAsync("child"));
        Json.Same("1", await worker.OutputAsync("broken_text"));
        Json.Same("1", await worker.OutputAsync("warns"));

        var error = await worker.ErrorsAsync();
        Assert.StartsWith("at import\nto the output\nto the error\nto the file\nchild\n\\udcff é\n", error, StringComparison.Ordinal);
        Assert.Contains("UserWarning: careful", error, StringComparison.Ordinal);
        Assert.False(worker.HasUnasked);
    }

    [Fact]
    public async Task A_printed_megabyte_holds_nothing_up()
    {
        using var room = new Room(Sample);
        await using var worker = await RunningWorker.StartAsync(room);

        Json.Same("1", await worker.OutputAsync("megabyte"));

        Assert.Equal((1024 * 1024) + 1, (await worker.ErrorsAsync()).Length);
    }

    [Fact]
    public async Task There_is_nothing_to_read_and_the_standard_streams_may_be_closed()
    {
        using var room = new Room(Sample);
        await using var worker = await RunningWorker.StartAsync(room);

        Json.Same("""["", ""]""", await worker.OutputAsync("reads"));
        Json.Same("1", await worker.OutputAsync("closes"));
        Json.Same("""["", ""]""", (await worker.RunAsync("reads"))["output"] ?? JsonNode.Parse("""["", ""]"""));
        worker.Hang();
        await worker.EndAsync();
    }

    [Fact]
    public async Task A_child_inherits_nothing_of_the_conversation()
    {
        using var room = new Room(Sample);
        await using var worker = await RunningWorker.StartAsync(room);

        // The fourth is the directory that the child reads.
        Json.Same("\"[0, 1, 2, 3]\\n\"", await worker.OutputAsync("files_of_a_child"));
    }

    [Fact]
    public async Task A_forked_child_cannot_answer_for_its_parent()
    {
        using var room = new Room(Sample);
        await using var worker = await RunningWorker.StartAsync(room);

        Json.Same("\"parent\"", await worker.OutputAsync("fork_returns"));
        Json.Same("5", await worker.OutputAsync("forks", """{"code": 5}"""));
        Json.Same("[1, 2, 3]", await worker.OutputAsync("processes"));

        Assert.False(worker.HasUnasked);
        Assert.Equal("from the child\nlog of the child\n", await worker.ErrorsAsync());
    }

    [Fact]
    public async Task What_is_logged_comes_with_its_level_and_logger()
    {
        using var room = new Room(Sample);
        await using var worker = await RunningWorker.StartAsync(room);

        await worker.OutputAsync("logs");

        foreach (var (level, logger, message) in new[]
        {
            ("debug", "chaostoolkit", "a 1"), ("info", "chaostoolkit", "b"), ("warning", "chaostoolkit", "c"),
            ("error", "chaostoolkit", "d"),
            ("critical", "chaostoolkit", "e"), ("info", "mine", "f"), ("error", "chaostoolkit", "g\nTraceback (most recent call last):"),
            ("info", "chaostoolkit", "%s %s (TypeError: not enough arguments"),
            ("info", "chaostoolkit", new string('x', 1048576) + " … (4464 characters more)"),
            ("info", "chaostoolkit", "é\\udcff\nline"),
        })
        {
            var line = await worker.UnaskedAsync();
            Assert.Equal("log", Json.Text(line["method"]));
            Assert.Equal((level, logger), (Json.Text(line["params"]!["level"]), Json.Text(line["params"]!["logger"])));
            Assert.StartsWith(message, Json.Text(line["params"]!["message"]), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_stand_in_for_logzero_logs_as_the_others_do()
    {
        using var room = new Room(Sample);
        await using var worker = await RunningWorker.StartAsync(room);

        await worker.OutputAsync("logs_with_logzero");

        Json.Same("""{"level": "info", "logger": "logzero_default", "message": "zero"}""", (await worker.UnaskedAsync())["params"]);
        Json.Same("""{"level": "warning", "logger": "other", "message": "other"}""", (await worker.UnaskedAsync())["params"]);
    }

    [Fact]
    public async Task The_lines_of_an_installed_logzero_come_once_and_with_their_level()
    {
        using var room = new Room(Sample);
        room.Write("logzero.py",
            """
            import logging, sys
            logger = logging.getLogger('logzero_default'); logger.setLevel(logging.DEBUG); logger.propagate = False
            logger.addHandler(logging.StreamHandler(sys.stderr))
            """);
        room.Write("driver.py", "from logzero import logger\ndef f(): logger.info('installed')");
        await using var worker = await RunningWorker.StartAsync(room);

        await worker.OutputAsync("f", module: "driver");

        Json.Same("""{"level": "info", "logger": "logzero_default", "message": "installed"}""", (await worker.UnaskedAsync())["params"]);
        Assert.Equal("", await worker.ErrorsAsync());
    }

    [Theory]
    [InlineData("exit_gracefully", 20)]
    [InlineData("exit_ungracefully", 30)]
    public async Task An_exit_of_the_run_is_told_and_a_call_of_the_background_goes_on_while_one_of_the_foreground_ends(string how, int code)
    {
        using var room = new Room(Sample);
        await using var worker = await RunningWorker.StartAsync(room);

        var background = await worker.RunAsync("exits", $$"""{"how": "{{how}}"}""", """ "background": true """);
        var told = await worker.UnaskedAsync();
        var foreground = await worker.RunAsync("exits", $$"""{"how": "{{how}}"}""");

        Json.Same("""{"end": "succeeded", "output": "went on"}""", background);
        Json.Same(
            $$"""{"jsonrpc": "2.0", "method": "exit", "params": {"code": {{code}}, "message": "Received the exit signal: {{code}}"} }""",
            told);
        Assert.Equal(("exited", code), (Json.Text(foreground["end"]), (int)foreground["code"]!));
    }

    [Fact]
    public async Task A_keyboard_interrupt_ends_the_call_that_runs_and_only_that()
    {
        using var room = new Room(Sample);
        await using var worker = await RunningWorker.StartAsync(room);

        Assert.Equal("KeyboardInterrupt", Json.Text((await worker.RunAsync("interrupts_itself"))["message"]));
        Json.Same("1", await worker.OutputAsync("prints"));
    }
}
