using System.Text.Json.Nodes;
using Turbulence.Documents;
using Turbulence.Experiments;
using Turbulence.Values;

namespace Turbulence.Hosts.Tests.Activities;

public sealed class WorkerActivityTests
{
    private static readonly ResolvedValues Values = new(
        new JsonObject { ["label"] = "web" },
        new JsonObject
        {
            ["a"] = new JsonObject { ["user"] = "u", ["key"] = "first" },
            ["b"] = new JsonObject { ["key"] = "second" },
            ["c"] = new JsonObject { ["hidden"] = "h" },
        });

    [Fact]
    public async Task The_worker_is_told_what_the_protocol_says()
    {
        await using var host = new TestHost { Values = Values };
        var activity = TestHost.Declare("tell", """{"path": "app=${label}"}""");
        activity.Provider["secrets"] = new JsonArray("a", "b", "unknown");

        var told = (await host.PlayAsync(activity)).Output!;

        Assert.True(JsonNode.DeepEquals(
            JsonNode.Parse("""
                {
                  "type": "action", "name": "tell", "provider": {"type": "python", "module": "parts", "func": "tell"},
                  "arguments": {"path": "app=web"}, "configuration": {"label": "web"}, "secrets": {"user": "u", "key": "second"}
                }
                """),
            told));
    }

    [Fact]
    public async Task Without_scopes_there_are_no_secrets()
    {
        await using var host = new TestHost { Values = Values };

        var told = (JsonObject)(await host.PlayAsync("tell")).Output!;

        Assert.False(told.ContainsKey("secrets"));
        Assert.Equal("{}", told["arguments"]!.ToJsonString());
    }

    [Fact]
    public async Task A_placeholder_without_a_value_is_a_failure()
    {
        await using var host = new TestHost();

        var result = await host.PlayAsync("echo", """{"a": "${nowhere}"}""");

        Assert.Equal((ActivityEnd.Failed, "${nowhere} has no value in the configuration or the secrets"), (result.End, result.Message));
    }

    [Fact]
    public async Task Without_values_nothing_is_replaced_in_compatibility_mode()
    {
        await using var host = new TestHost(compatibility: Compatibility.ChaosToolkit);

        var result = await host.PlayAsync("echo", """{"a": "${nowhere} $$"}""");

        Assert.Equal("${nowhere} $$", (string)result.Output!["a"]!);
    }

    [Theory]
    [InlineData("fail", ActivityEnd.Failed, "ValueError: no")]
    [InlineData("crash", ActivityEnd.Crashed, "there is no such function")]
    [InlineData("leave", ActivityEnd.Failed, "it asked the whole program to end with exit code 30")]
    [InlineData("riddle", ActivityEnd.Failed, "the scripted worker's answer to 'riddle' cannot be read")]
    public async Task How_the_code_ended_is_how_the_activity_ends(string part, ActivityEnd end, string message)
    {
        await using var host = new TestHost();

        var result = await host.PlayAsync(part);

        Assert.Equal((end, message), (result.End, result.Message));
        Assert.Empty(host.Exits);
    }

    [Fact]
    public async Task The_stack_is_the_trace()
    {
        await using var host = new TestHost();

        Assert.Equal(["first", "last"], (await host.PlayAsync("fail")).Trace);
    }

    [Fact]
    public async Task In_compatibility_mode_an_exit_is_one_of_the_run()
    {
        await using var host = new TestHost(compatibility: Compatibility.ChaosToolkit);

        await host.PlayAsync("leave");

        Assert.Equal([30], host.Exits);
    }

    [Fact]
    public async Task Code_can_ask_for_the_end_of_the_run_in_both_modes()
    {
        await using var host = new TestHost();

        var result = await host.PlayAsync("end the run");

        Assert.Equal(ActivityEnd.Succeeded, result.End);
        Assert.Equal([20], host.Exits);
    }

    [Fact]
    public async Task What_does_not_say_what_to_call_is_not_called()
    {
        var runtime = new ScriptedRuntime();
        await using var host = new TestHost(runtime);

        var result =
            await host.PlayAsync(new Activity(new JsonObject { ["provider"] = new JsonObject { ["type"] = "python", ["module"] = "m" } }));

        Assert.Equal((ActivityEnd.Crashed, "a Python activity must have a function name"), (result.End, result.Message));
        Assert.Equal(0, runtime.Started);
    }

    [Fact]
    public async Task Arguments_that_are_no_map_are_refused()
    {
        await using var host = new TestHost();

        var result = await host.PlayAsync("echo", "[1]");

        Assert.Equal((ActivityEnd.Crashed, "arguments must be a map of names to values, not [1]"), (result.End, result.Message));
    }
}
