using System.Text.Json.Nodes;

namespace PythonWorker.Tests;

/// <summary>Checking activities and controls without calling them.</summary>
public sealed class ValidationTests(SharedWorker shared) : IClassFixture<SharedWorker>
{
    private const string Sample =
        """
        import functools
        def exact(a, b=1, *, c, configuration=None, secrets=None): pass
        def anything(a, **more): pass
        def positional(a, b, /): pass
        def needs_both(configuration, secrets): pass
        def tolerance(value): pass
        def wrapped(a): pass
        class NotAFunction:
            def __init__(self, a): pass
        instance = functools.partial(exact, a=1)
        not_callable = 3
        """;

    [Theory]
    [InlineData("exact", """{"a": 1, "c": 2}""")]
    [InlineData("exact", """{"a": 1, "b": 2, "c": 3, "configuration": {}}""")]
    [InlineData("anything", """{"a": 1, "z": 2}""")]
    [InlineData("needs_both", "null")]
    [InlineData("tolerance", """{"value": null}""")]
    [InlineData("exact", """{"a": 1}""", "provider/arguments", "required argument 'c' is missing from activity 'exact'")]
    [InlineData(
        "exact",
        """{"a": 1, "c": 1, "d": 2}""",
        "provider/arguments/d",
        "argument 'd' is not part of the function signature in activity 'exact'")]
    [InlineData("positional", """{"a": 1, "b": 1}""", "provider/arguments", "required argument 'a' is missing from activity 'positional'")]
    [InlineData("anything", "{}", "provider/arguments", "required argument 'a' is missing from activity 'anything'")]
    [InlineData("tolerance", "{}", "provider/arguments", "required argument 'value' is missing from activity 'tolerance'")]
    [InlineData("exact", "[1]", "provider/arguments", "the arguments of a Python activity must be a map")]
    [InlineData(
        "exat",
        "{}",
        "provider/func",
        "The python module 'sample' does not expose a function called 'exat' in probe 'the-probe'; did you mean 'exact'?")]
    [InlineData(
        "missing", "{}", "provider/func", "The python module 'sample' does not expose a function called 'missing' in probe 'the-probe'")]
    [InlineData(
        "NotAFunction",
        "{}",
        "provider/func",
        "The python module 'sample' does not expose a function called 'NotAFunction' in probe 'the-probe'")]
    [InlineData(
        "instance", "{}", "provider/func", "The python module 'sample' does not expose a function called 'instance' in probe 'the-probe'")]
    [InlineData(
        "not_callable",
        "{}",
        "provider/func",
        "The python module 'sample' does not expose a function called 'not_callable' in probe 'the-probe'")]
    [InlineData("", "{}", "provider/func", "a Python activity must have a function name")]
    public async Task A_function_has_to_be_there_and_take_the_arguments(
        string function, string arguments, string? path = null, string? message = null)
    {
        var problems = await ProblemsAsync(await shared.OfAsync(Sample), "sample", function, arguments);

        if (path is null)
        {
            Assert.Empty(problems);
            return;
        }

        var problem = problems[0]!;
        Assert.Equal("error", Json.Text(problem["severity"]));
        Assert.Equal(message, Json.Text(problem["message"]));
        Assert.Equal(path.Split('/'), Json.Texts(problem["path"]));
    }

    [Fact]
    public async Task Everything_that_is_wrong_is_said_at_once()
    {
        var problems = await ProblemsAsync(await shared.OfAsync(Sample), "sample", "exact", """{"x": 1, "y": 2}""");

        Assert.Equal(
            ["required argument 'a' is missing from activity 'exact'", "required argument 'c' is missing from activity 'exact'",
                "argument 'x' is not part of the function signature in activity 'exact'",
                "argument 'y' is not part of the function signature in activity 'exact'"],
            problems.Select(each => Json.Text(each!["message"])));
    }

    [Theory]
    [InlineData("nowhere", "", "could not find Python module 'nowhere' in activity 'the-probe'")]
    [InlineData("nowhere.below", "", "could not find Python module 'nowhere.below' in activity 'the-probe'")]
    [InlineData(
        "sample",
        "import not_installed",
        "could not find Python module 'sample' in activity 'the-probe': ModuleNotFoundError: No module named 'not_installed'")]
    [InlineData("sample", "1 / 0", "could not import Python module 'sample' in activity 'the-probe': ZeroDivisionError: division by zero")]
    [InlineData("sample", "import sys; sys.exit(3)", "could not import Python module 'sample' in activity 'the-probe': SystemExit: 3")]
    [InlineData("sample", "def f(:", "could not import Python module 'sample' in activity 'the-probe': SyntaxError: ")]
    [InlineData(".", "", "could not import Python module '.' in activity 'the-probe': ")]
    [InlineData("", "", "a Python activity must have a module path")]
    public async Task A_module_has_to_be_importable(string module, string content, string message)
    {
        var problem = Assert.Single(await ProblemsAsync(module, "f", "{}", content))!;

        Assert.StartsWith(message, Json.Text(problem["message"]), StringComparison.Ordinal);
        Assert.Equal(["provider", "module"], Json.Texts(problem["path"]));
    }

    [Theory]
    [InlineData("time", "sleep", """{"secs": 1}""")]
    [InlineData("builtins", "print", "{}")]
    [InlineData("os.path", "exists", """{"path": "/"}""")]
    [InlineData("os", "getpid", "{}")]
    public async Task Builtins_are_accepted(string module, string function, string arguments)
    {
        var problems = await ProblemsAsync(await shared.OfAsync(Sample), module, function, arguments);

        // Newer interpreters know that time.sleep takes no argument by name, and then it is a mistake to give one.
        Assert.All(problems, each => Assert.Equal("sleep", function));
    }

    [Fact]
    public async Task A_module_that_prints_when_it_is_imported_does_not_spoil_the_answer()
    {
        Assert.Empty(await ProblemsAsync("sample", "f", "{}", "import os\nprint('hello')\nos.write(1, b'hello')\ndef f(): pass"));
    }

    [Fact]
    public async Task Nothing_is_called()
    {
        using var room = new Room("def f(): open('called', 'w')");
        await using var worker = await RunningWorker.StartAsync(room);

        await worker.ResultAsync(
            "validate",
            """{"activities": [{"type": "probe", "name": "n", "provider": {"type": "python", "module": "sample", "func": "f"}}]}""");

        Assert.False(File.Exists(room["called"]));
    }

    [Fact]
    public async Task Each_activity_and_control_has_its_list_in_their_order()
    {
        using var room = new Room("def f(): pass");
        await using var worker = await RunningWorker.StartAsync(room);

        var result = await worker.ResultAsync("validate",
            """
            {"activities": [{"type": "action", "name": "a", "provider": {"type": "python", "module": "sample", "func": "g"}},
                            {"type": "probe", "name": "b", "provider": {"type": "python", "module": "sample", "func": "f"}}],
             "controls": [{"name": "c", "provider": {"type": "python", "module": "sample"}}, {"name": "d", "provider": {"type": "python"}}]}
            """);

        Assert.Equal([1, 0], result["activities"]!.AsArray().Select(each => each!.AsArray().Count));
        Assert.Equal([0, 1], result["controls"]!.AsArray().Select(each => each!.AsArray().Count));
        Assert.Equal("Control 'd' must have a module path", Json.Text(result["controls"]![1]![0]!["message"]));
    }

    [Fact]
    public async Task A_control_that_cannot_be_imported_is_a_warning()
    {
        using var room = new Room("raise ValueError('bad')");
        await using var worker = await RunningWorker.StartAsync(room);
        const string Missing =
            "Could not find Python module '{0}' in control 'c'. Did you install the Python module? The experiment will carry on running nonetheless.";

        var result = await worker.ResultAsync("validate",
            """{"controls": [{"name": "c", "provider": {"type": "python", "module": "nowhere"}}, {"name": "c", "provider": {"type": "python", "module": "sample"}}]}""");

        var problems = result["controls"]!.AsArray().Select(each => Assert.Single(each!.AsArray())!).ToList();
        Assert.All(problems, each => Assert.Equal("warning", Json.Text(each["severity"])));
        Assert.Equal(Missing.Replace("{0}", "nowhere", StringComparison.Ordinal), Json.Text(problems[0]["message"]));
        Assert.Equal(Missing.Replace("{0}", "sample", StringComparison.Ordinal) + " (ValueError: bad)", Json.Text(problems[1]["message"]));
    }

    [Fact]
    public async Task A_control_validates_itself()
    {
        using var room = new Room(
            """
            from chaoslib.exceptions import InvalidActivity
            def validate_control(control):
                if 'arguments' not in control['provider']: raise InvalidActivity("Control '%s' needs arguments" % control['name'])
            """);
        await using var worker = await RunningWorker.StartAsync(room);

        var result = await worker.ResultAsync("validate",
            """{"controls": [{"name": "c", "provider": {"module": "sample"}}, {"name": "c", "provider": {"module": "sample", "arguments": {}}}]}""");

        Json.Same(
            """[[{"severity": "error", "path": [], "message": "Control 'c' needs arguments"}], []]""",
            result["controls"]);
    }

    private static async Task<JsonArray> ProblemsAsync(string module, string function, string arguments, string content)
    {
        using var room = new Room(content);
        await using var worker = await RunningWorker.StartAsync(room);
        return await ProblemsAsync(worker, module, function, arguments);
    }

    private static async Task<JsonArray> ProblemsAsync(RunningWorker worker, string module, string function, string arguments)
    {
        var result = await worker.ResultAsync("validate",
            $$"""
            {"activities": [{"type": "probe", "name": "the-probe",
                "provider": {"type": "python", "module": "{{module}}", "func": "{{function}}", "arguments": {{arguments}} } }]}
            """);
        return Assert.Single(result["activities"]!.AsArray())!.AsArray();
    }
}
