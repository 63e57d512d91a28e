using System.Globalization;
using System.Text.Json.Nodes;
using Turbulence.Platform.Processes;

namespace EndToEnd.Tests.Agents;

/// <summary>
/// <c>chaos agent</c> as its coordinator meets it. Whatever becomes of either of them or of what is between, the host is as it was.
/// </summary>
public sealed class AgentTests : IDisposable
{
    private readonly Room room = new();

    public void Dispose() => room.Dispose();

    [Fact]
    public async Task It_says_who_it_is_plans_puts_in_looks_and_takes_back()
    {
        await using var victim = await Victim.StartAsync(room);
        await using var agent = AgentTalk.Start(room);
        var hello = await agent.CallAsync("hello");
        Assert.Equal((1, Environment.MachineName), ((int)hello["protocol"]!, (string?)hello["host"]));
        Assert.Contains("process.pause", hello["kinds"]!.AsArray().Select(static kind => (string?)kind));

        var plan = await agent.CallAsync("plan", $$"""{"provider": {{Pause(victim)}} }""");
        Assert.Contains("SIGSTOP", (string?)plan["does"], StringComparison.Ordinal);
        Assert.Contains("SIGCONT", (string?)plan["undo"], StringComparison.Ordinal);
        Assert.Single(plan["targets"]!.AsArray());
        Assert.False(victim.IsStopped);

        var put = await agent.CallAsync("inject", Order("a", victim));
        Assert.True((bool?)put["effect"]?["seen"], put.ToJsonString());
        Assert.True(victim.IsStopped);
        var look = await agent.CallAsync("look", """{"id": "a"}""");
        Assert.Equal(("active", true), ((string?)look["state"], (bool?)look["effect"]?["seen"]));

        var taken = await agent.CallAsync("revert", """{"id": "a"}""");
        Assert.False(victim.IsStopped);
        Assert.Equal(("confirmed", true, "passed"), ((string?)taken["state"], (bool?)taken["is_as_it_was"], (string?)taken["verdict"]));
        Assert.True(JsonNode.DeepEquals(taken, await agent.CallAsync("revert", """{"id": "a"}""")));

        agent.HangUp();
        Assert.Equal(0, (await agent.EndAsync()).ReturnCode);
        await AssertNothingIsLeftAsync();
    }

    [Theory]
    [InlineData("the coordinator goes", 0)]
    [InlineData("SIGTERM", 4)]
    [InlineData("SIGHUP", 4)]
    [InlineData("SIGKILL", null)]
    [InlineData("SIGSTOP", null)]
    public async Task However_it_ends_the_host_is_as_it_was(string how, int? code)
    {
        await using var victim = await Victim.StartAsync(room);
        await using var agent = AgentTalk.Start(room);
        var put = await agent.CallAsync("inject", Order("a", victim));
        Assert.True(victim.IsStopped, put.ToJsonString());
        switch (how)
        {
            case "the coordinator goes":
                agent.HangUp();
                break;
            case "SIGTERM":
                agent.Signal(PosixSignalNumber.Terminate);
                break;
            case "SIGHUP":
                agent.Signal(PosixSignalNumber.Hangup);
                break;
            case "SIGKILL":
                agent.Signal(PosixSignalNumber.Kill);
                break;
            default:
                agent.Signal(PosixSignalNumber.Stop);
                break;
        }

        // A frozen agent is found out by its guardian, who has not heard from it.
        await Eventually.HoldsAsync(() => !victim.IsStopped);
        if (code is { } expected)
        {
            Assert.Equal(expected, (await agent.EndAsync()).ReturnCode);
            await AssertNothingIsLeftAsync();
        }
    }

    [Fact]
    public async Task A_coordinator_that_is_not_heard_loses_what_he_has_put_in_and_is_told_so()
    {
        await using var victim = await Victim.StartAsync(room);
        await using var agent = AgentTalk.Start(room);
        var put = await agent.CallAsync("inject", Order("a", victim, lease: 1));
        Assert.True(victim.IsStopped || (string?)put["message"] is { }, put.ToJsonString());

        await Eventually.HoldsAsync(() => !victim.IsStopped);

        var look = await agent.CallAsync("look", """{"id": "a"}""");
        var said = (string?)look["ended_early"] ?? (string?)look["message"];
        Assert.Contains(
            "its lease ran out: nothing was heard of the coordinator for 1 s", said, StringComparison.Ordinal);
        agent.HangUp();
        Assert.Equal(0, (await agent.EndAsync()).ReturnCode);
        await AssertNothingIsLeftAsync();
    }

    [Fact]
    public async Task Two_coordinators_cannot_fight_over_one_process_and_neither_on_a_host_that_was_halted()
    {
        await using var victim = await Victim.StartAsync(room);
        await using var first = AgentTalk.Start(room);
        await using var second = AgentTalk.Start(room);
        Assert.Equal("active", (string?)(await first.CallAsync("inject", Order("a", victim)))["state"]);
        var refused = await second.CallAsync("inject", Order("a", victim));
        Assert.Contains("is already stopped, and not by this fault", (string?)refused["message"], StringComparison.Ordinal);
        Assert.True(victim.IsStopped);

        var halt = await ChaosRun.RunAsync(room, "halt", "--timeout", "60");
        Assert.True(halt.ExitCode == 0, halt.Said);
        Assert.False(victim.IsStopped);
        refused = await second.CallAsync("inject", Order("b", victim));
        Assert.Contains("halt", (string?)refused["message"], StringComparison.Ordinal);
        var look = await first.CallAsync("look", """{"id": "a"}""");
        Assert.Equal(("confirmed", "interrupted"), ((string?)look["state"], (string?)look["verdict"]));
    }

    [Fact]
    public async Task What_is_no_order_is_refused_and_it_goes_on()
    {
        await using var victim = await Victim.StartAsync(room);
        await using var agent = AgentTalk.Start(room);
        foreach (var (method, parameters, expected) in new[]
        {
            ("inject", "{}", "id must be 1 to 64 letters"),
            ("inject", """{"id": "../a"}""", "id must be 1 to 64 letters"),
            ("inject", """{"id": "a", "name": 5}""", "name must be a text"),
            ("inject", """{"id": "a", "name": "n", "provider": "x"}""", "provider must be a map"),
            ("inject", $$"""{"id": "a", "name": "n", "provider": {{Pause(victim)}}, "lease": 0}""", "lease must be a number of seconds from 1 to 3600"),
            ("inject", $$"""{"id": "a", "name": "n", "provider": {{Pause(victim)}}, "lease": "5"}""", "lease must be a number"),
            ("inject", """{"id": "no-kind", "name": "n", "lease": 5, "provider": {"kind": "process.paus"}}""", "did you mean 'process.pause'?"),
            ("inject", """{"id": "gone", "name": "n", "lease": 5, "provider": {"kind": "process.pause", "arguments": {"pid": 4194303}}}""", "4194303"),
            ("inject", """{"id": "run", "name": "n", "lease": 5, "provider": {"type": "process", "path": "touch", "arguments": ["made"]}}""", "fault"),
            ("plan", """{"provider": {"type": "process", "path": "touch", "arguments": ["made"]}}""", "fault"),
            ("look", """{"id": "nobody"}""", "was never asked for a fault 'nobody'"),
            ("revert", "{}", "id must be"),
            ("launch", "{}", "There is no method 'launch'"),
        })
        {
            var answer = await agent.CallAsync(method, parameters);
            Assert.Contains(expected, (string?)answer["message"], StringComparison.Ordinal);
        }

        foreach (var line in (string[])
        [
            "no json",
            """{"jsonrpc": "2.0", "id": 1, "id": 2, "method": "hello"}""",
            """{"jsonrpc": "2.0", "id": 1, "method": "inject", "params": {"id": "half", "name": "\ud800"}}""",
        ])
        {
            await agent.SendAsync(line);
            Assert.Equal(-32700, (int)(await agent.ReadAsync())["error"]!["code"]!);
        }

        Assert.Equal("active", (string?)(await agent.CallAsync("inject", Order("a", victim)))["state"]);
        Assert.Contains("its id is used once", (string?)(await agent.CallAsync("inject", Order("a", victim)))["message"], StringComparison.Ordinal);
        Assert.False(File.Exists(room.File("made")));
    }

    [GateFact]
    public async Task Many_at_once_are_put_in_beside_each_other_and_all_of_them_are_gone_with_the_coordinator()
    {
        const int Many = 12;
        List<Victim> victims = [];
        for (var i = 0; i < Many; i++)
        {
            victims.Add(await Victim.StartAsync(room));
        }

        await using var agent = AgentTalk.Start(room);
        List<int> asked = [];
        foreach (var (number, victim) in victims.Index())
        {
            asked.Add(await agent.AskAsync("inject", Order(number.ToString(CultureInfo.InvariantCulture), victim, lease: 600)));
        }

        foreach (var id in asked)
        {
            Assert.Equal("active", (string?)(await agent.AnswerAsync(id))["state"]);
        }

        Assert.All(victims, static victim => Assert.True(victim.IsStopped));
        agent.HangUp();
        Assert.Equal(0, (await agent.EndAsync()).ReturnCode);
        Assert.All(victims, static victim => Assert.False(victim.IsStopped));
        await AssertNothingIsLeftAsync();
        foreach (var victim in victims)
        {
            await victim.DisposeAsync();
        }
    }

    private static string Pause(Victim victim) => string.Create(
        CultureInfo.InvariantCulture, $$"""{"kind": "process.pause", "arguments": {"pid": {{victim.Id}} } }""");

    private static string Order(string id, Victim victim, int lease = 60) => string.Create(
        CultureInfo.InvariantCulture, $$"""{"id": "{{id}}", "name": "a pause", "provider": {{Pause(victim)}}, "lease": {{lease}} }""");

    private async Task AssertNothingIsLeftAsync()
    {
        var list = await ChaosRun.RunAsync(room, "faults", "list");
        Assert.True(list.ExitCode == 0, list.Said);
        Assert.Contains("No fault is in.", list.Said, StringComparison.Ordinal);
    }
}
