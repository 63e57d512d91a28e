using System.Text.Json.Nodes;

namespace Attacks.Tests.Extensions;

/// <summary>An assembly that works against its host spoils its own activity at most.</summary>
public sealed class HostileAssemblyTests : IDisposable
{
    private readonly Room room = new();

    public void Dispose() => room.Dispose();

    [Theory]
    [InlineData("Acts", "ExitAsIfAllWereWell")]
    [GateData("Acts", "EndAtOnce")]
    [GateData("Acts", "StopItself")]
    [GateData("Acts", "SpinOnEveryProcessor")]
    [GateData("Acts", "CloseEveryFile")]
    [GateData("Acts", "ReturnsItself")]
    [GateData("Acts", "ReturnsWithoutEnd")]
    [GateData("Acts", "ReturnsWhatThrows")]
    [InlineData("ThrowsWhenFirstUsed", "Call")]
    [GateData("HangsWhenFirstUsed", "Call")]
    public async Task What_does_not_come_to_an_end_of_its_own_is_a_failure_of_that_activity_alone(string type, string method)
    {
        var end = await PlayAsync(type, method, timeout: 1);

        Promises.AreKept(room, end, 2);
        Assert.Equal("failed", Status("attack"));
        Assert.Equal("succeeded", Status("then-0"));
    }

    [Theory]
    [InlineData("CloseStandardFiles", "closed")]
    [GateData("SayWhatAnAnswerLooksLike", "said")]
    [GateData("TakeTheConsole", "taken")]
    [GateData("LeaveThreads", "left")]
    public async Task What_it_says_closes_or_leaves_behind_harms_nobody_else(string method, string output)
    {
        var end = await PlayAsync("Acts", method);

        Promises.AreKept(room, end, 0);
        Assert.Equal(output, (string?)Entry("attack")["output"]);
        Assert.Equal("succeeded", Status("then-0"));
    }

    [Theory]
    [InlineData("ThrowWhereNobodyAwaits")]
    [GateData("ThrowInAFinalizer")]
    public async Task What_it_throws_when_nobody_listens_costs_its_worker_and_not_the_run(string method)
    {
        var end = await PlayAsync("Acts", method);

        // Which of the calls meets the worker's end is chance; that nothing of it is hidden is not.
        Assert.True(end.ExitCode is 0 or 2, end.Said);
        Promises.NothingIsLeft(room, end);
        Assert.Equal(end.ExitCode == 0, Status("attack") == "succeeded" && Status("then-0") == "succeeded");
    }

    private async Task<ChaosEnd> PlayAsync(string type, string method, double? timeout = null)
    {
        var attack = DotNet(BuiltPrograms.HostileExtension, $"HostileExtension.{type}", method, []);
        room.Write("e.json", Methods.Attack(
            attack, timeout, null, DotNet("System.Runtime", "System.IO.File", "Exists", new() { ["path"] = "e.json" })));
        var end = await ChaosRun.RunAsync(room, "run", "e.json");
        Assert.True(File.Exists(room.File(Methods.RolledBack)), end.Said);
        return end;
    }

    private string? Status(string activity) => (string?)Entry(activity)["status"];

    private JsonNode Entry(string activity) =>
        Assert.Single(room.Journal()["run"]!.AsArray(), entry => (string?)entry!["activity"]!["name"] == activity)!;

    private static JsonObject DotNet(string assembly, string type, string method, JsonObject arguments) =>
        new() { ["type"] = "dotnet", ["assembly"] = assembly, ["class"] = type, ["method"] = method, ["arguments"] = arguments };
}
