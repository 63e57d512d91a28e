using System.Text.Json.Nodes;

namespace PythonWorker.Tests;

/// <summary>What lies around the worker, and what code makes of it, harms neither the worker nor the next call.</summary>
public sealed class SurroundingsTests
{
    [Theory]
    [InlineData("inspect.py")]
    [InlineData("ast.py")]
    [InlineData("json.py")]
    [InlineData("traceback.py")]
    [InlineData("asyncio/__init__.py")]
    public async Task A_file_that_is_named_as_a_module_of_the_standard_library_takes_nobodys_place(string file)
    {
        using var room = new Room(
            """
            import functools
            def fails(): raise ValueError('no')
            @functools.wraps(fails)
            def wrapped(**more): import json; return json.loads('[1]')
            async def later(): return 2
            """);
        room.Write(file, "1 / 0");
        await using var worker = await RunningWorker.StartAsync(room);

        Json.Same("2", await worker.OutputAsync("later"));
        Json.Same("[1]", await worker.OutputAsync("wrapped"));
        Assert.Equal("ValueError: no", Json.Text((await worker.RunAsync("fails"))["message"]));
    }

    [Fact]
    public async Task A_module_of_the_current_folder_comes_before_an_installed_one_and_one_of_the_path()
    {
        using var room = new Room("def which(): import yaml; return yaml.__file__");
        room.Write("yaml.py", "");
        room.Write("other/yaml.py", "");
        await using var worker = await RunningWorker.StartAloneAsync(room, environment: Environment(("PYTHONPATH", room["other"])));
        await worker.RequestAsync("initialize", RunningWorker.Initialize(room.Path));

        Assert.Equal(room["yaml.py"], Path.GetFullPath(Json.Text(await worker.OutputAsync("which")), room.Path));
    }

    [Fact]
    public async Task What_a_sitecustomize_prints_is_in_nobodys_way()
    {
        using var room = new Room("def f(): return 1");
        room.Write("sitecustomize.py", "import os, sys\nprint('hello', flush=True)\nos.write(1, b'half a line')");
        await using var worker = await RunningWorker.StartAloneAsync(room, environment: Environment(("PYTHONPATH", room.Path)));
        var answer = await worker.RequestAsync("initialize", RunningWorker.Initialize(room.Path));

        Assert.True(answer["result"] is JsonObject, answer.ToJsonString());
        Json.Same("1", await worker.OutputAsync("f"));
    }

    [Fact]
    public async Task What_code_sets_in_the_environment_is_told_before_the_answer_and_once()
    {
        using var room = new Room(
            """
            import os
            def put(**variables): os.environ.update(variables)
            def drop(name): del os.environ[name]
            """);
        await using var worker = await RunningWorker.StartAsync(room);

        await worker.OutputAsync("put", """{"A_NAME": "é 1", "ANOTHER": ""}""");
        await worker.OutputAsync("put");
        await worker.OutputAsync("drop", """{"name": "A_NAME"}""");

        Json.Same(
            """{"jsonrpc": "2.0", "method": "environment", "params": {"changes": {"A_NAME": "é 1", "ANOTHER": ""}}}""",
            await worker.UnaskedAsync());
        Json.Same("""{"jsonrpc": "2.0", "method": "environment", "params": {"changes": {"A_NAME": null}}}""", await worker.UnaskedAsync());
        Assert.False(worker.HasUnasked);
    }

    [Fact]
    public async Task An_environment_that_code_has_put_in_the_place_of_the_first_is_told_of_too()
    {
        using var room = new Room(
            """
            import os
            def replace(): os.environ = dict(os.environ, A_NAME='1')
            def put(value): os.environ['A_NAME'] = value
            """);
        await using var worker = await RunningWorker.StartAsync(room);

        await worker.OutputAsync("replace");
        await worker.OutputAsync("put", """{"value": "2"}""");

        Json.Same("""{"jsonrpc": "2.0", "method": "environment", "params": {"changes": {"A_NAME": "1"}}}""", await worker.UnaskedAsync());
        Json.Same("""{"jsonrpc": "2.0", "method": "environment", "params": {"changes": {"A_NAME": "2"}}}""", await worker.UnaskedAsync());
        Assert.False(worker.HasUnasked);
    }

    [Fact]
    public async Task The_words_of_an_exception_have_a_limit_and_its_innermost_calls_are_kept()
    {
        using var room = new Room(
            """
            def inner(n): raise ValueError('x' * n)
            def outer(n):
                try: inner(n)
                except ValueError as error: raise RuntimeError('y' * n) from error
            """);
        await using var worker = await RunningWorker.StartAsync(room);

        var outcome = await worker.RunAsync("outer", """{"n": 20000000}""");

        Assert.EndsWith("y… (19475726 characters more)", Json.Text(outcome["message"]), StringComparison.Ordinal);
        var trace = Json.Texts(outcome["trace"]);
        Assert.InRange(trace.Sum(line => line.Length), 0, 1 << 20);
        Assert.StartsWith("RuntimeError: yyy", trace[^1], StringComparison.Ordinal);
        Assert.Contains(trace, line => line.Contains("in outer", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_worker_whose_input_somebody_has_closed_ends()
    {
        using var room = new Room("import os\ndef shut(): os.closerange(3, 200)");
        await using var worker = await RunningWorker.StartAsync(room);

        await worker.BeginAsync("run", RunningWorker.Call("shut"));
        worker.Hang();

        Assert.Equal(0, (await worker.EndAsync()).Status.ExitCode);
    }

    private static Dictionary<string, string> Environment(params (string Name, string Value)[] more)
    {
        var all = System.Environment.GetEnvironmentVariables().Cast<System.Collections.DictionaryEntry>()
            .ToDictionary(entry => (string)entry.Key, entry => (string?)entry.Value ?? "");
        foreach (var (name, value) in more)
        {
            all[name] = value;
        }

        return all;
    }
}
