using System.Text.Json.Nodes;

namespace Attacks.Tests.Extensions;

/// <summary>A control in .NET that works against its host is told, and never makes a run pass that did not.</summary>
public sealed class HostileControlTests : IDisposable
{
    private readonly Room room = new();

    public void Dispose() => room.Dispose();

    [Theory]
    [GateData("exit", 0)]
    [InlineData("spin", 0)]
    [GateData("close", 0)]
    [GateData("say", 0)]
    [GateData("throw", 0)]
    [GateData("empty", 5)]
    [GateData("dispose", 0)]
    [GateData("configure", 2)]
    public async Task A_control_that_does_harm_is_told_and_the_run_comes_to_its_own_verdict(string way, int code)
    {
        var end = await ControlAsync(way, "true");

        Promises.AreKept(room, end, code);
        Assert.Equal(code == 0, File.Exists(room.File(Methods.RolledBack)));
        if (way is "exit" or "spin" or "throw" or "configure")
        {
            Assert.Contains("the-control", end.Said, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("whitewash", 2)]
    [GateData("empty", 5)]
    [GateData("exit", 2)]
    public async Task No_control_makes_a_failed_run_pass(string way, int code)
    {
        var end = await ControlAsync(way, "false");

        Promises.AreKept(room, end, code);
    }

    private async Task<ChaosEnd> ControlAsync(string way, string program)
    {
        var experiment = JsonNode.Parse(Methods.Attack(Methods.Process(program)))!.AsObject();
        experiment["controls"] = new JsonArray(new JsonObject
        {
            ["name"] = "the-control",
            ["provider"] = new JsonObject
            {
                ["type"] = "dotnet",
                ["assembly"] = BuiltPrograms.HostileExtension,
                ["class"] = "HostileExtension.HostileControl",
                ["timeout"] = 1,
                ["arguments"] = new JsonObject { ["way"] = way },
            },
        });
        room.Write("e.json", experiment.ToJsonString());
        return await ChaosRun.RunAsync(room, "run", "e.json");
    }
}
