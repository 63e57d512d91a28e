using System.Text.Json.Nodes;

namespace EndToEnd.Tests;

/// <summary>A run uses what its services start, and nothing that merely has their ports.</summary>
public sealed class ServiceAdoptionTests : IDisposable
{
    private readonly Room room = new();

    public void Dispose() => room.Dispose();

    [Theory]
    [InlineData("require_rand", true)]
    [GateData("primary", true)]
    [GateData("secondary", true)]
    [InlineData("primary", false)]
    public async Task A_stranger_on_the_port_of_a_service_is_named_and_nothing_is_tried(string service, bool answers)
    {
        await using var system = new SampleSystem(room);
        await using var stranger = new Stranger(system.Port(service), answers);

        var end = await ChaosRun.RunAsync(room, "run", system.Save());

        Assert.True(end.ExitCode == 2, end.Said);
        Assert.Contains($"because service '{service}' was not started: {Stranger.Named}", end.Said, StringComparison.Ordinal);
        Assert.Contains("\"adopt\": \"any\"", end.Said, StringComparison.Ordinal);
        Assert.DoesNotContain("kill-primary-server", end.Said, StringComparison.Ordinal);
        Assert.Empty(room.Processes());
    }

    [Fact]
    public async Task A_plan_names_the_stranger_that_would_make_the_run_fail()
    {
        await using var system = new SampleSystem(room);
        await using var stranger = new Stranger(system.PrimaryPort, answers: true);

        var end = await ChaosRun.RunAsync(room, "plan", system.Save());

        Assert.Contains(Stranger.Named, end.Output, StringComparison.Ordinal);
        Assert.Contains("has its port and is not it: the run would fail", end.Output, StringComparison.Ordinal);
    }

    [GateFact]
    public async Task The_same_program_with_other_arguments_is_a_stranger()
    {
        await using var system = new SampleSystem(room);
        await system.StartRequireRandAsync();
        system.Services["require_rand"]!["run"]!.AsArray().Add((JsonNode)"--failover");
        system.Services["require_rand"]!["run"]!.AsArray().Add((JsonNode)"off");

        var end = await ChaosRun.RunAsync(room, "run", system.Save());

        Assert.True(end.ExitCode == 2, end.Said);
        Assert.Contains("because service 'require_rand' was not started: process ", end.Said, StringComparison.Ordinal);
        Assert.True(system.IsListening(system.RequireRandPort));
    }

    [Fact]
    public async Task Anything_is_used_when_the_service_says_so_and_the_verdict_says_what()
    {
        var port = FreePort.Next();
        await using var stranger = new Stranger(port, answers: true);

        var end = await ChaosRun.RunAsync(room, "run", Experiment(port, "\"adopt\": \"any\",", "true"));

        Assert.True(end.ExitCode == 0, end.Said);
        var note = Assert.Single(room.Journal()["turbulence"]!["notes"]!.AsArray())!.GetValue<string>();
        Assert.StartsWith($"service 's' was not started by this run: {Stranger.Named}", note, StringComparison.Ordinal);
        Assert.Contains(note, end.Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_any_can_be_said_of_adopting()
    {
        var end = await ChaosRun.RunAsync(room, "validate", Experiment(FreePort.Next(), "\"adopt\": \"all\",", "true"));

        Assert.Equal(64, end.ExitCode);
        Assert.Contains("adopt can only be \"any\"", end.Said, StringComparison.Ordinal);
    }

    [GateFact]
    public async Task An_adopted_service_that_died_and_is_not_back_needs_a_person()
    {
        await using var system = new SampleSystem(room);
        await system.StartPrimaryAsync();
        system.Experiment["rollbacks"]!.AsArray().Clear();

        var end = await ChaosRun.RunAsync(room, "run", system.Save());

        Assert.True(end.ExitCode == 5, end.Said);
        Assert.Contains("Verdict: failed", end.Said, StringComparison.Ordinal);
        Assert.Contains("because service 'primary' is not there at the end of the run: ", end.Said, StringComparison.Ordinal);
    }

    [GateFact]
    public async Task A_service_of_the_run_that_died_and_is_not_back_is_no_pass()
    {
        await using var system = new SampleSystem(room);
        system.Experiment["rollbacks"]!.AsArray().Clear();

        var end = await ChaosRun.RunAsync(room, "run", system.Save());

        Assert.True(end.ExitCode == 2, end.Said);
        Assert.Contains("because service 'primary' is not there at the end of the run: ", end.Said, StringComparison.Ordinal);
        Assert.Empty(room.Processes());
    }

    [GateFact]
    public async Task A_service_without_a_url_that_died_is_no_pass()
    {
        var file = room.Write("e.json", """
            { "title": "t", "description": "d",
              "extensions": [{ "name": "turbulence", "services": { "s": { "run": ["sh", "-c", "echo $$ > s.pid; exec sleep 1000"] } } }],
              "method": [{ "type": "action", "name": "kill", "provider": { "type": "process", "path": "sh", "arguments": ["-c", "while [ ! -s s.pid ]; do sleep 0.02; done; kill -9 $(cat s.pid)"] } }] }
            """);

        var end = await ChaosRun.RunAsync(room, "run", file);

        Assert.True(end.ExitCode == 2, end.Said);
        Assert.Contains(
            "because service 's' is not there at the end of the run: it was ended by signal 9", end.Said, StringComparison.Ordinal);
    }

    [GateFact]
    public async Task What_a_service_left_behind_of_itself_is_ended_with_it()
    {
        var file = room.Write("e.json", """
            { "title": "t", "description": "d",
              "extensions": [{ "name": "turbulence", "services": { "s": { "run": ["sh", "-c", "setsid sleep 1001 & setsid sleep 1002 & exec sleep 1003"] } } }],
              "method": [{ "type": "action", "name": "a", "provider": { "type": "process", "path": "true" } }] }
            """);

        var end = await ChaosRun.RunAsync(room, "run", file);

        Assert.True(end.ExitCode == 0, end.Said);
        Assert.Empty(room.Processes());
    }

    private string Experiment(int port, string more, string action) => room.Write("e.json", new JsonObject
    {
        ["title"] = "t",
        ["description"] = "d",
        ["extensions"] = new JsonArray(new JsonObject
        {
            ["name"] = "turbulence",
            ["services"] = JsonNode.Parse(
                $$"""{ "s": { "run": ["sleep", "1000"], {{more}} "ready": { "url": "http://localhost:{{port}}/health" } } }"""),
        }),
        ["method"] = new JsonArray(
            JsonNode.Parse($$"""{ "type": "action", "name": "a", "provider": { "type": "process", "path": "{{action}}" } }""")),
    }.ToJsonString());
}
