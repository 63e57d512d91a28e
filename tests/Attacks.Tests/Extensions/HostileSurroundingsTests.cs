using System.Text.Json.Nodes;

namespace Attacks.Tests.Extensions;

/// <summary>
/// What somebody puts beside an experiment or into the environment for Python to begin with neither forges an answer nor holds a run up.
/// </summary>
public sealed class HostileSurroundingsTests : IDisposable
{
    private readonly Room room = new();

    public void Dispose() => room.Dispose();

    [Theory]
    [InlineData("print('about to begin')")]
    [GateData("raise RuntimeError('no')")]
    [GateData("import atexit, time; atexit.register(time.sleep, 1000)")]
    [GateData("import threading, time; threading.Thread(target=time.sleep, args=(1000,)).start()")]
    [GateData("import os, signal; [signal.signal(each, signal.SIG_IGN) for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)]")]
    public async Task A_sitecustomize_that_lets_Python_begin_spoils_no_activity(string code)
    {
        var end = await PlayAsync(code);

        Promises.AreKept(room, end, 0);
        Assert.Equal("true", Entry("attack")["output"]!.ToJsonString());
    }

    [Theory]
    [GateData("import os; os._exit(0)")]
    [InlineData("import sys; sys.exit(0)")]
    [GateData("import os; os.kill(os.getpid(), 9)")]
    [GateData("import sys; sys.stdout = sys.stderr = sys.stdin = None")]
    [GateData("print('{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}')")]
    [GateData("import time; time.sleep(1000)")]
    [GateData("import os\nwhile True: os.write(1, b'x' * 4096)")]
    public async Task A_sitecustomize_that_keeps_Python_from_beginning_or_forges_an_answer_is_told_and_no_pass(string code)
    {
        var end = await PlayAsync(code, timeout: 1);

        Promises.IsToldForPeople(end, 2, 64);
        Promises.NothingIsLeft(room, end);
        Assert.Contains("Python worker", end.Said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("PYTHONSTARTUP", "startup.py", 0)]
    [GateData("PYTHONINSPECT", "1", 0)]
    [GateData("PYTHONVERBOSE", "1", 0)]
    [GateData("PYTHONWARNINGS", "error", 0)]
    [GateData("PYTHONOPTIMIZE", "2", 0)]
    [GateData("PYTHONIOENCODING", "utf-16", 0)]
    [GateData("PYTHONBREAKPOINT", "startup.go", 0)]
    [GateData("PYTHONHOME", "/nowhere", 2)]
    public async Task A_variable_of_Python_changes_nothing_or_is_told(string name, string value, int code)
    {
        room.Write("startup.py", "open('startup-was-run', 'w')");

        var end = await PlayAsync(null, more: (name, value));

        Promises.IsToldForPeople(end, code == 0 ? [0] : [2, 64]);
        Promises.NothingIsLeft(room, end);
        Assert.False(File.Exists(room.File("startup-was-run")));
    }

    private async Task<ChaosEnd> PlayAsync(string? customize, double? timeout = null, (string Name, string Value)? more = null)
    {
        Needs.PythonProgram();
        var python = new JsonObject
        {
            ["type"] = "python",
            ["module"] = "os.path",
            ["func"] = "exists",
            ["arguments"] = new JsonObject { ["path"] = "e.json" },
        };
        room.Write("e.json", Methods.Attack(python, timeout));
        var environment = new Dictionary<string, string>();
        if (customize is not null)
        {
            room.Write("sitecustomize.py", customize);
            environment["PYTHONPATH"] = room.Path;
        }

        if (more is { } variable)
        {
            environment[variable.Name] = variable.Value;
        }

        await using var run = ChaosRun.Start(room, environment, "run", "e.json");
        return await run.EndAsync();
    }

    private JsonNode Entry(string activity) =>
        Assert.Single(room.Journal()["run"]!.AsArray(), entry => (string?)entry!["activity"]!["name"] == activity)!;
}
