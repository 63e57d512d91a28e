namespace PythonWorker.Tests;

/// <summary>Calling functions: what they are given, and how it ended.</summary>
public sealed class CallTests(SharedWorker shared) : IClassFixture<SharedWorker>
{
    private const string Sample =
        """
        import asyncio, functools, os, sys
        from chaoslib.exceptions import ActivityFailed, FailedActivity, InterruptExecution
        assert FailedActivity is ActivityFailed

        class Broken(Exception):
            def __str__(self): raise RuntimeError('no text')

        def echo(**everything): return everything
        def label(label): return label
        def both(a, configuration=None, secrets=None): return [a, configuration, secrets]
        def only_catch_all(**kw): return sorted(kw)
        def tolerance(value, least=3): return value >= least
        def spoil(configuration): configuration['spoilt'] = True; return len(configuration)
        @functools.lru_cache()
        def cached(configuration=None): return 1
        def decorate(function):
            @functools.wraps(function)
            def wrapper(*args, **kw): return function(*args, **kw)
            return wrapper
        @decorate
        def decorated(a, configuration): return [a, configuration]
        class Probe:
            def __init__(self, n): self.n = n
        partial = functools.partial(label, label='set')

        def activity_failed(): raise ActivityFailed('nope')
        def interrupt(): raise InterruptExecution('stop')
        def no_text(): raise ValueError
        def broken(): raise Broken
        def several_lines(): raise ValueError('one\ntwo')
        def chained():
            try: {}['missing']
            except KeyError as error: raise RuntimeError('outer') from error
        def system_exit(code=None): sys.exit(code)
        def keyboard(): raise KeyboardInterrupt
        def syntax(): compile('1 +', 'text.py', 'exec')
        def recursion(): recursion()
        class Odd(BaseException): pass
        def odd(): raise Odd('odd')
        async def later(n): await asyncio.sleep(0); return n + 1
        async def fails_later(): await asyncio.sleep(0); raise ActivityFailed('late')
        def generated(n): yield from range(n)
        def fails_generating(): yield 1; raise ValueError('second')
        def directory(): return os.getcwd()
        """;

    [Fact]
    public async Task Arguments_are_given_by_name()
    {
        var worker = await shared.OfAsync(Sample);

        Json.Same("\"app=web\"", await worker.OutputAsync("label", """{"label": "app=web"}"""));
        Json.Same(
            """{"a": 1, "b": [null, true, {"c": "é ☃ 😀"}]}""",
            await worker.OutputAsync("echo", """{"a": 1, "b": [null, true, {"c": "é ☃ 😀"}]}"""));
        Json.Same("\"set\"", await worker.OutputAsync("partial"));
    }

    [Theory]
    [InlineData("both", """{"a": 1}""", """ "configuration": {"c": 2} """, """[1, {"c": 2}, null]""")]
    [InlineData("both", """{"a": 1}""", """ "configuration": {}, "secrets": {"s": 3} """, """[1, {}, {"s": 3}]""")]
    [InlineData("both", """{"a": 1, "configuration": "mine"}""", """ "configuration": {"c": 2}, "secrets": {} """, """[1, {"c": 2}, {}]""")]
    [InlineData("only_catch_all", """{"z": 1}""", """ "configuration": {"c": 2}, "secrets": {"s": 3} """, """["z"]""")]
    [InlineData("decorated", """{"a": 1}""", """ "configuration": {"c": 2} """, """[1, {"c": 2}]""")]
    [InlineData("cached", "{}", """ "configuration": null, "secrets": {"s": 3} """, null)]
    public async Task Configuration_and_secrets_are_given_only_to_parameters_of_these_names(
        string function, string arguments, string more, string? expected)
    {
        var worker = await shared.OfAsync(Sample);

        var outcome = await worker.RunAsync(function, arguments, more);

        if (expected is null)
        {
            // A map cannot be the argument of a function with a cache: the call is made all the same, and fails as it does in Python.
            Assert.Equal("TypeError: unhashable type: 'dict'", Json.Text(outcome["message"]));
        }
        else
        {
            Json.Same(expected, outcome["output"]);
        }
    }

    [Fact]
    public async Task A_tolerance_is_given_the_value_beside_its_own_arguments()
    {
        var worker = await shared.OfAsync(Sample);

        Json.Same("true", await worker.OutputAsync("tolerance", """{"value": 4}"""));
        Json.Same("false", await worker.OutputAsync("tolerance", """{"value": 4, "least": 5}"""));
    }

    [Fact]
    public async Task A_configuration_that_a_function_spoils_is_whole_in_the_next_call()
    {
        using var room = new Room(Sample);
        await using var worker = await RunningWorker.StartAsync(room);
        const string Configuration = """ "configuration": {"a": 1} """;

        Json.Same("2", (await worker.RunAsync("spoil", more: Configuration))["output"]);
        Json.Same("2", (await worker.RunAsync("spoil", more: Configuration))["output"]);
    }

    [Theory]
    [InlineData("activity_failed", "{}", "chaoslib.exceptions.ActivityFailed: nope")]
    [InlineData("interrupt", "{}", "chaoslib.exceptions.InterruptExecution: stop")]
    [InlineData("no_text", "{}", "ValueError")]
    [InlineData("several_lines", "{}", "ValueError: one\ntwo")]
    [InlineData("keyboard", "{}", "KeyboardInterrupt")]
    [InlineData("odd", "{}", "sample.Odd: odd")]
    [InlineData("recursion", "{}", "RecursionError: maximum recursion depth exceeded")]
    [InlineData("label", "{}", "TypeError: label() missing 1 required positional argument: 'label'")]
    [InlineData("label", """{"label": 1, "more": 2}""", "TypeError: label() got an unexpected keyword argument 'more'")]
    [InlineData("fails_later", "{}", "chaoslib.exceptions.ActivityFailed: late")]
    [InlineData("fails_generating", "{}", "ValueError: second")]
    public async Task What_a_function_raises_is_a_failure_with_its_type_and_text(string function, string arguments, string message)
    {
        var worker = await shared.OfAsync(Sample);

        var outcome = await worker.RunAsync(function, arguments);

        Assert.Equal("failed", Json.Text(outcome["end"]));
        Assert.StartsWith(message, Json.Text(outcome["message"]), StringComparison.Ordinal);
        Assert.StartsWith(message, Json.Texts(outcome["trace"])[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_exception_that_cannot_be_printed_is_a_failure_too()
    {
        var worker = await shared.OfAsync(Sample);

        var outcome = await worker.RunAsync("broken");

        Assert.Equal("failed", Json.Text(outcome["end"]));
        Assert.StartsWith("sample.Broken: <", Json.Text(outcome["message"]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_trace_shows_the_users_code_and_nothing_of_the_worker()
    {
        var worker = await shared.OfAsync(Sample);

        var trace = Json.Texts((await worker.RunAsync("chained"))["trace"]);

        Assert.Equal("Traceback (most recent call last):\n", trace[0]);
        Assert.Contains("sample.py\", line", trace[1], StringComparison.Ordinal);
        Assert.Contains("in chained\n    try: {}['missing']\n", trace[1], StringComparison.Ordinal);
        Assert.Equal("KeyError: 'missing'\n", trace[2]);
        Assert.Equal("\nThe above exception was the direct cause of the following exception:\n\n", trace[3]);
        Assert.Equal("RuntimeError: outer\n", trace[^1]);
        Assert.DoesNotContain(trace, each => each.Contains("turbulence", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("{}", 0, "SystemExit: 0")]
    [InlineData("""{"code": null}""", 0, "SystemExit: 0")]
    [InlineData("""{"code": 3}""", 3, "SystemExit: 3")]
    [InlineData("""{"code": true}""", 1, "SystemExit: 1")]
    [InlineData("""{"code": "no disk"}""", 1, "no disk")]
    [InlineData("""{"code": [1]}""", 1, "[1]")]
    public async Task A_function_that_exits_ends_neither_the_worker_nor_the_next_call(string arguments, int code, string message)
    {
        var worker = await shared.OfAsync(Sample);

        var outcome = await worker.RunAsync("system_exit", arguments);

        Assert.Equal(
            ("exited", code, message), (Json.Text(outcome["end"]), outcome["code"]!.GetValue<int>(), Json.Text(outcome["message"])));
        Json.Same("1", await worker.OutputAsync("label", """{"label": 1}"""));
    }

    [Theory]
    [InlineData("nowhere", "f", "ModuleNotFoundError: No module named 'nowhere'")]
    [InlineData("sample.below", "f", "ModuleNotFoundError: No module named 'sample.below'; 'sample' is not a package")]
    [InlineData("sample", "nothing", "AttributeError: module 'sample' has no attribute 'nothing'")]
    [InlineData("raises", "f", "ZeroDivisionError: division by zero")]
    [InlineData("needs", "f", "ModuleNotFoundError: No module named 'a_package_that_is_not_installed'")]
    [InlineData("wrong", "f", "SyntaxError: ")]
    [InlineData("odd", "f", "odd.Odd: at import")]
    [InlineData("", "f", "a Python activity must have a module path")]
    [InlineData("sample", "", "a Python activity must have a function name")]
    public async Task What_cannot_be_called_is_a_crash(string module, string function, string message)
    {
        using var room = new Room(Sample);
        room.Write("raises.py", "1 / 0");
        room.Write("needs.py", "import a_package_that_is_not_installed");
        room.Write("wrong.py", "def f(:");
        room.Write("odd.py", "class Odd(BaseException): pass\nraise Odd('at import')");
        await using var worker = await RunningWorker.StartAsync(room);

        var outcome = await worker.RunAsync(function, module: module);

        Assert.Equal("crashed", Json.Text(outcome["end"]));
        Assert.StartsWith(message, Json.Text(outcome["message"]), StringComparison.Ordinal);
        Assert.DoesNotContain(Json.Texts(outcome["trace"]), each => each.Contains("turbulence", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Arguments_that_are_no_map_are_a_crash()
    {
        var worker = await shared.OfAsync(Sample);

        Json.Same(
            """{"end": "crashed", "message": "the arguments of a Python activity must be a map", "trace": []}""",
            await worker.RunAsync("label", "[1]"));
    }

    [Fact]
    public async Task A_module_that_exits_when_it_is_imported_exits_as_a_function_does()
    {
        using var room = new Room("import sys; sys.exit(7)");
        await using var worker = await RunningWorker.StartAsync(room);

        var outcome = await worker.RunAsync("f");

        Assert.Equal(("exited", 7), (Json.Text(outcome["end"]), outcome["code"]!.GetValue<int>()));
    }

    [Fact]
    public async Task A_module_or_function_that_ends_the_process_ends_the_worker()
    {
        using var room = new Room("import os\ndef leave(): os._exit(9)");
        room.Write("abrupt.py", "import os; os._exit(8)");
        foreach (var (module, code) in new[] { ("sample", 9), ("abrupt", 8) })
        {
            await using var worker = await RunningWorker.StartAsync(room);
            await worker.BeginAsync("run", RunningWorker.Call("leave", module: module));

            Assert.Equal(code, (await worker.EndAsync()).Status.ExitCode);
        }
    }

    [Fact]
    public async Task A_crash_of_the_interpreter_says_where_on_the_standard_error()
    {
        using var room = new Room("import ctypes\ndef crash(): ctypes.string_at(0)");
        await using var worker = await RunningWorker.StartAsync(room);
        await worker.BeginAsync("run", RunningWorker.Call("crash"));

        var (status, error) = await worker.EndAsync();

        Assert.False(status.IsSuccess);
        Assert.Contains("Segmentation fault", error, StringComparison.Ordinal);
        Assert.Contains("sample.py\", line 2 in crash", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_to_be_awaited_is_awaited_and_a_generator_gives_its_items()
    {
        var worker = await shared.OfAsync(Sample);

        Json.Same("8", await worker.OutputAsync("later", """{"n": 7}"""));
        Json.Same("[0, 1, 2]", await worker.OutputAsync("generated", """{"n": 3}"""));
    }

    [Fact]
    public async Task Modules_are_looked_for_in_the_working_directory_then_in_the_experiments_folder()
    {
        using var room = new Room("def where(): return 'working directory'");
        using var experiment = new Room("def where(): return 'experiment'");
        experiment.Write("beside/__init__.py", "");
        experiment.Write("beside/probes.py", "def where(): return __name__");
        await using var worker = await RunningWorker.StartAsync(room, directory: experiment.Path);

        Json.Same("\"working directory\"", await worker.OutputAsync("where"));
        Json.Same("\"beside.probes\"", await worker.OutputAsync("where", module: "beside.probes"));
    }

    [Fact]
    public async Task A_module_that_an_earlier_activity_wrote_is_found()
    {
        using var room = new Room("def write():\n  with open('written.py', 'w') as file: file.write('def f(): return 1')");
        await using var worker = await RunningWorker.StartAsync(room);
        Json.Same("\"crashed\"", (await worker.RunAsync("f", module: "written"))["end"]);

        await worker.OutputAsync("write");

        Json.Same("1", await worker.OutputAsync("f", module: "written"));
    }

    [Fact]
    public async Task Python_path_and_environment_are_those_of_the_worker()
    {
        using var room = new Room();
        using var elsewhere = new Room("import os, sys\ndef f(): return [os.environ['SPECIAL'], sys.argv]", "distant.py");
        var environment = Environment.GetEnvironmentVariables().Cast<System.Collections.DictionaryEntry>()
            .ToDictionary(each => (string)each.Key, each => (string?)each.Value ?? "");
        environment["PYTHONPATH"] = elsewhere.Path;
        environment["SPECIAL"] = "value";
        await using var worker = await RunningWorker.StartAloneAsync(room, environment: environment);
        await worker.RequestAsync("initialize", RunningWorker.Initialize(room.Path));

        Json.Same("""["value", ["-c"]]""", await worker.OutputAsync("f", module: "distant"));
    }
}
