using System.Text;
using Turbulence.Hosts.Python;
using Turbulence.Platform.Processes;

namespace PythonWorker.Tests;

/// <summary>Which Python is taken, and the oldest and newest of them.</summary>
public sealed class InterpreterTests
{
    private const string Sample =
        """
        import collections, threading, time
        from chaoslib.exceptions import ActivityFailed
        from logzero import logger
        def works(a, b=2, configuration=None): logger.info('works'); return [a, b, configuration, threading.current_thread() is threading.main_thread()]
        def fails():
            try: 1 / 0
            except ZeroDivisionError: raise ActivityFailed('no')
        def sleeps(): logger.info('sleeps'); time.sleep(600)
        async def later(): return {1, 2}
        def before_activity_control(context): context['seen'] = True
        """;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public Task The_oldest_supported_version_does_everything() =>
        TryEverythingAsync(Interpreters.OldestSupported(), "Python 3.8 is not installed in ~/.pyenv/versions");

    [Fact]
    public Task The_newest_version_here_does_everything() =>
        TryEverythingAsync(Interpreters.Newest(), "no Python is installed in ~/.pyenv/versions");

    [Theory]
    [InlineData("3.7")]
    [InlineData("3.6")]
    [InlineData("2.7")]
    public async Task A_version_that_is_too_old_says_so(string version)
    {
        var interpreter = Interpreters.Find(version);
        Needs.That(interpreter is not null, $"Python {version} is not installed in ~/.pyenv/versions");
        var options = new ProcessStartOptions
        {
            FileName = interpreter!,
            Arguments = PythonWorkerSource.Arguments,
            StandardInput = ChildInput.Bytes(PythonWorkerSource.Preamble),
            StandardError = ChildOutput.Capture(10_000),
        };
        Assert.True(ChildProcess.TryStart(options, out var process, out _));
        await using (process)
        {
            var output = await process.ReadOutputAsync(TimeProvider.System, Token);

            Assert.Equal(1, output.Status.ExitCode);
            var error = Encoding.UTF8.GetString(output.StandardError.Bytes.Span);
            Assert.StartsWith("Python 3.8 or newer is needed, and ", error, StringComparison.Ordinal);
            Assert.Contains($"is Python {version}.", error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_variable_comes_first_then_the_setting_then_the_virtual_environment_then_the_path()
    {
        using var room = new Room();
        var environment = new Dictionary<string, string> { ["PATH"] = room["path"] };
        var python = Executable(room, "path/python");

        Assert.Equal(python, await FoundAsync(environment));
        var python3 = Executable(room, "path/python3");
        Assert.Equal(python3, await FoundAsync(environment));
        environment["VIRTUAL_ENV"] = room["venv"];
        var virtualEnvironment = Executable(room, "venv/bin/python");
        Assert.Equal(virtualEnvironment, await FoundAsync(environment));
        Assert.Equal(python, await FoundAsync(environment, configured: "python"));
        environment["TURBULENCE_PYTHON"] = python3;
        Assert.Equal(python3, await FoundAsync(environment, configured: "python"));
    }

    [Fact]
    public async Task What_is_named_and_not_there_is_a_problem_and_nothing_else_is_taken()
    {
        using var room = new Room();
        Executable(room, "path/python3");
        var environment = new Dictionary<string, string> { ["PATH"] = room["path"] };

        Assert.Equal(
            "there is no Python at '/nowhere/python', which the settings name",
            await FoundAsync(environment, configured: "/nowhere/python"));
        environment["VIRTUAL_ENV"] = room["gone"];
        Assert.Equal(
            $"there is no Python that can be started in the virtual environment '{room["gone"]}', which VIRTUAL_ENV names: make it anew, or deactivate it",
            await FoundAsync(environment));
        environment["TURBULENCE_PYTHON"] = "python9";
        Assert.Equal("there is no Python at 'python9', which TURBULENCE_PYTHON names", await FoundAsync(environment));
        Assert.Equal(
            "Python activities need Python 3.8 or newer, and there is no python3 on PATH: install it, or name one in TURBULENCE_PYTHON",
            await FoundAsync(new() { ["PATH"] = room["empty"] }));
    }

    [Fact]
    public async Task What_is_installed_in_a_virtual_environment_is_found_there_and_so_is_its_own_interpreter()
    {
        using var room = new Room("def where():\n    import only_here, sys\n    return [only_here.__file__, sys.prefix, sys.executable]");
        var folder = room["an environment"];
        var made = new ProcessStartOptions
        {
            FileName = await Interpreters.DefaultAsync(),
            Arguments = ["-m", "venv", "--without-pip", folder],
            StandardError = ChildOutput.Capture(4_000),
        };
        Assert.True(ChildProcess.TryStart(made, out var making, out var failure), failure?.Message);
        await using (making)
        {
            var output = await making.ReadOutputAsync(TimeProvider.System, Token);
            Needs.That(output.Status.ExitCode == 0, "the module venv is needed; on Debian: apt-get install python3-venv");
        }

        var packages = Assert.Single(Directory.GetDirectories(Path.Combine(folder, "lib"), "site-packages", SearchOption.AllDirectories));
        File.WriteAllText(Path.Combine(packages, "only_here.py"), "");
        var interpreter = await FoundAsync(new() { ["VIRTUAL_ENV"] = folder, ["PATH"] = "" });
        await using var worker = await RunningWorker.StartAsync(room, interpreter);

        Assert.Equal([
            Path.Combine(packages, "only_here.py"), folder, Path.Combine(folder, "bin", "python"),
        ], Json.Texts(await worker.OutputAsync("where")));
    }

    private static async Task TryEverythingAsync(string? interpreter, string missing)
    {
        Needs.That(interpreter is not null, missing);
        using var room = new Room(Sample);
        await using var worker = await RunningWorker.StartAsync(room, interpreter);

        Json.Same(
            """{"end": "succeeded", "output": [1, 2, {"c": 3}, true]}""",
            await worker.RunAsync("works", """{"a": 1}""", """ "configuration": {"c": 3} """));
        Json.Same("\"works\"", (await worker.UnaskedAsync())["params"]!["message"]);
        Json.Same("[1, 2]", await worker.OutputAsync("later"));
        var failure = await worker.RunAsync("fails");
        Assert.Equal("chaoslib.exceptions.ActivityFailed: no", Json.Text(failure["message"]));
        Assert.Contains(
            "During handling of the above exception, another exception occurred",
            string.Concat(Json.Texts(failure["trace"])),
            StringComparison.Ordinal);
        Assert.DoesNotContain("turbulence_", string.Concat(Json.Texts(failure["trace"])), StringComparison.Ordinal);

        var (id, answer) = await worker.BeginAsync("run", RunningWorker.Call("sleeps"));
        await worker.UnaskedAsync();
        await worker.NotifyAsync("cancel", $$"""{"id": {{id}} }""");
        Assert.Equal("the call was cancelled", Json.Text((await answer)["result"]!["message"]));

        var validation = await worker.ResultAsync("validate",
            """{"activities": [{"type": "probe", "name": "n", "provider": {"type": "python", "module": "sample", "func": "works"} }]}""");
        Assert.Equal("required argument 'a' is missing from activity 'works'", Json.Text(validation["activities"]![0]![0]!["message"]));
        var hook = await worker.ResultAsync(
            "hook", """{"hook": "before_activity", "name": "c", "provider": {"module": "sample"}, "context": {} }""");
        Json.Same("""{"end": "succeeded", "changes": {"context": {"seen": true} } }""", hook);
        Assert.NotNull((await worker.ResultAsync("list"))["extensions"]);
        await worker.RequestAsync("shutdown");
        Assert.Equal((new ProcessExitStatus(0), ""), await worker.EndAsync());
    }

    private static string Executable(Room room, string name)
    {
        var file = room.Write(name, "#!/bin/sh\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return file;
    }

    private static async Task<string> FoundAsync(Dictionary<string, string> environment, string? configured = null)
    {
        var search = await new PythonRuntime(configured, environment.GetValueOrDefault).FindAsync(Token);
        return search.IsFound ? search.Launch.FileName : search.Problem;
    }
}
