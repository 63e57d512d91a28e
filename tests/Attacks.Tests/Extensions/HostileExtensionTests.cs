using System.Text.Json.Nodes;

namespace Attacks.Tests.Extensions;

/// <summary>
/// Code of others that works against its host spoils its own activity at most: the next one, the rollbacks and the verdict are as they
/// should be.
/// </summary>
public sealed class HostileExtensionTests : IDisposable
{
    private readonly Room room = new();

    public HostileExtensionTests() =>
        File.Copy(Path.Combine(AppContext.BaseDirectory, "Extensions", "hostile.py"), room.File("hostile.py"));

    public void Dispose() => room.Dispose();

    [Theory]
    [InlineData("end_oneself", """{ "number": 9 }""")]
    [GateData("end_oneself", """{ "number": 15 }""")]
    [GateData("end_oneself", """{ "number": 11 }""")]
    [GateData("end_oneself", """{ "number": 19 }""")]
    [GateData("end_group", "{}")]
    public async Task A_worker_that_ends_itself_is_a_failure_of_that_activity_alone(string function, string arguments)
    {
        var end = await PlayAsync(function, arguments, timeout: 2);
        Promises.AreKept(room, end, 2);
        Assert.Equal("succeeded", Status("then-0"));
    }

    [Theory]
    [InlineData("close_streams", "{}")]
    [GateData("threads", """{ "count": 100 }""")]
    [GateData("children", """{ "count": 20 }""")]
    public async Task What_it_starts_or_closes_harms_nobody_else(string function, string arguments)
    {
        var end = await PlayAsync(function, arguments);
        Promises.AreKept(room, end, 0);
        Assert.Equal("succeeded", Status("then-0"));
    }

    [Theory]
    [GateData("stop_afterwards")]
    [GateData("seize_afterwards")]
    [GateData("sleep_afterwards")]
    public async Task A_worker_that_was_made_useless_after_an_answer_harms_nobody_who_comes_next(string function)
    {
        var end = await PlayAsync(function, "{}");
        Promises.AreKept(room, end, 0);
        Assert.Equal("succeeded", Status("then-0"));
    }

    [Theory]
    [GateData("deep", """{ "depth": 100000 }""")]
    [InlineData("no_json", "{}")]
    [GateData("huge", """{ "size": 30000000 }""")]
    [GateData("huge_exception", """{ "size": 30000000 }""")]
    public async Task What_it_returns_or_raises_stays_within_bounds(string function, string arguments)
    {
        var end = await PlayAsync(function, arguments);
        Promises.AreKept(room, end, 0, 2);
        Assert.Equal("succeeded", Status("then-0"));
    }

    private async Task<ChaosEnd> PlayAsync(string function, string arguments, double? timeout = null)
    {
        Needs.PythonProgram();
        room.Write("e.json", Methods.Attack(
            Python("hostile", function, arguments), timeout, null, Python("os.path", "exists", """{ "path": "e.json" }""")));
        var end = await ChaosRun.RunAsync(room, "run", "e.json");
        Assert.True(File.Exists(room.File(Methods.RolledBack)), end.Said);
        return end;
    }

    private string? Status(string activity) =>
        (string?)Assert.Single(room.Journal()["run"]!.AsArray(), entry => (string?)entry!["activity"]!["name"] == activity)!["status"];

    private static JsonObject Python(string module, string function, string arguments) =>
        new() { ["type"] = "python", ["module"] = module, ["func"] = function, ["arguments"] = JsonNode.Parse(arguments) };
}
