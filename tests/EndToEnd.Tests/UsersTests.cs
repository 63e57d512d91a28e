using System.Text.Json.Nodes;

namespace EndToEnd.Tests;

/// <summary>
/// What the users of the sample felt, as the requests of a load say it: with real servers, real faults and the command as it is shipped.
/// </summary>
public sealed class UsersTests : IDisposable
{
    private readonly Room room = new();

    public void Dispose() => room.Dispose();

    [Fact]
    public async Task A_probe_before_and_one_after_see_nothing_of_a_frozen_server_and_the_users_do()
    {
        await using var system = new SampleSystem(room);
        Fault(system, "process.pause", 1.5);
        system.Experiment["method"]!.AsArray().Add(new JsonObject
        {
            ["type"] = "probe",
            ["name"] = "look",
            ["provider"] = Get(system, 10),
            ["pauses"] = new JsonObject { ["after"] = 1 },
        });
        Users(system, new JsonObject
        {
            ["rate"] = 100,
            ["timeout"] = 0.5,
            ["classes"] = new JsonObject { ["primary"] = "primary", ["secondary"] = "secondary" },
        });
        system.Save();

        var end = await ChaosRun.RunAsync(room, "run", "experiment.json");

        Assert.True(end.ExitCode == 0, end.Said);
        var users = Measured(room);
        var fault = Assert.Single(users["faults"]!.AsArray())!;

        // A machine that is busy loses one before the fault, too.
        Assert.InRange((long)fault["lost"]!, 10, (long)users["lost"]!);
        Assert.InRange((double)fault["error_window_ms"]!, 100, 60_000);
        Assert.Equal((long)users["intended"]!, users["outcomes"]!.AsObject().Sum(static one => (long)one.Value!));
        Assert.Equal((long)users["intended"]!, users["timeline"]!["requests"]!.AsArray().Sum(static count => (long)count!));
        Assert.Contains("users: ", end.Output, StringComparison.Ordinal);
        Assert.Contains($"users at fault {fault["id"]}: ", end.Output, StringComparison.Ordinal);
        Assert.Empty(room.Processes());
    }

    [GateFact]
    public async Task Users_can_be_given_beside_the_experiment_and_decide_nothing()
    {
        await using var system = new SampleSystem(room);
        Fault(system, "process.kill", 1);
        system.Save();

        var end = await ChaosRun.RunAsync(
            room, "run", "--users", $"http://localhost:{system.RequireRandPort}/nothing@50", "experiment.json");

        Assert.True(end.ExitCode == 0, end.Said);
        var users = Measured(room);
        Assert.Equal((long)users["intended"]!, (long)users["lost"]!);
        Assert.InRange((long)users["outcomes"]!["error_status"]!, 1, 10_000);
        Assert.Empty(room.Processes());
    }

    [GateFact]
    public async Task A_load_is_judged_by_its_tolerance_and_keeps_each_request_beside_the_journal()
    {
        await using var system = new SampleSystem(room);
        var load = new JsonObject
        {
            ["type"] = "action",
            ["name"] = "users",
            ["background"] = true,
            ["provider"] = new JsonObject
            {
                ["type"] = "load",
                ["url"] = $"http://localhost:{system.RequireRandPort}/index/10",
                ["rate"] = 50,
                ["duration"] = 1,
                ["timeout"] = 10,
            },
            ["tolerance"] = new JsonObject { ["type"] = "jsonpath", ["path"] = "$.lost", ["expect"] = new JsonArray(0) },
        };
        system.Experiment["method"] = new JsonArray(load);
        system.Experiment["rollbacks"] = new JsonArray();
        system.Save();

        var end = await ChaosRun.RunAsync(room, "run", "experiment.json");

        Assert.True(end.ExitCode == 0, end.Said);
        var run = JsonNode.Parse(File.ReadAllText(room.File("journal.json")))!["run"]![0]!;
        Assert.Equal((50L, true), ((long)run["output"]!["intended"]!, (bool)run["tolerance_met"]!));
        Assert.Equal(51, File.ReadAllLines(room.File((string)run["output"]!["samples"]!)).Length);

        system.Experiment["method"]![0]!["provider"]!["url"] = $"http://localhost:{system.RequireRandPort}/nothing";
        system.Save();
        end = await ChaosRun.RunAsync(room, "run", "experiment.json");
        Assert.True(end.ExitCode == 1, end.Said);
        Assert.Contains("Verdict: deviated", end.Said, StringComparison.Ordinal);
        run = JsonNode.Parse(File.ReadAllText(room.File("journal.json")))!["run"]![0]!;
        Assert.Equal((50L, false), ((long)run["output"]!["lost"]!, (bool)run["tolerance_met"]!));
    }

    private static void Fault(SampleSystem system, string kind, double duration)
    {
        system.Experiment["method"] = new JsonArray(new JsonObject
        {
            ["type"] = "action",
            ["name"] = "hurt",
            ["pauses"] = new JsonObject { ["before"] = 0.5 },
            ["provider"] = new JsonObject
            {
                ["type"] = "fault",
                ["kind"] = kind,
                ["duration"] = duration,
                ["arguments"] = new JsonObject { ["service"] = "primary" },
            },
        });
        system.Experiment["rollbacks"] = new JsonArray();
        system.Experiment["steady-state-hypothesis"]!["probes"] = new JsonArray(
            new JsonObject { ["type"] = "probe", ["name"] = "it-answers", ["tolerance"] = 200, ["provider"] = Get(system, 10) });
    }

    private static JsonObject Get(SampleSystem system, int timeout) =>
        new() { ["type"] = "http", ["url"] = $"http://localhost:{system.RequireRandPort}/index/10", ["timeout"] = timeout };

    private static void Users(SampleSystem system, JsonObject users)
    {
        users["url"] = $"http://localhost:{system.RequireRandPort}/index/10";
        system.Experiment["extensions"]![0]!["users"] = users;
    }

    private static JsonNode Measured(Room room) => JsonNode.Parse(File.ReadAllText(room.File("journal.json")))!["turbulence"]!["users"]!;
}
