using System.Text.Json.Nodes;
using Turbulence.Controls;
using Turbulence.Documents;
using Turbulence.Hosts.Controls;
using Turbulence.Platform.Processes;
using Turbulence.Values;

namespace Turbulence.Hosts.Tests.Controls;

public sealed class WorkerControlTests : IAsyncDisposable
{
    private readonly TestHost host = new();
    private readonly PythonControlProvider provider;
    private readonly JsonObject experiment = (JsonObject)JsonNode.Parse("""{"title": "t", "method": [{"name": "a"}]}""")!;
    private readonly ControlScene scene;

    public WorkerControlTests()
    {
        provider = new PythonControlProvider(host.Host);
        scene = new ControlScene(experiment, new ResolvedValues(new JsonObject { ["x"] = 1 }, []))
        {
            Settings = new JsonObject { ["s"] = 2 },
        };
    }

    private JsonNode Activity => experiment["method"]![0]!;

    [Fact]
    public async Task A_hook_is_handed_what_it_wants_and_no_more()
    {
        var control = Declare();
        await ConfigureAsync(control);

        var result = await CallAsync(control, ControlSide.Before);

        Assert.Equal(ControlEnd.Continued, result.End);
        AssertJson(
            """
            {"configured": 1, "hook": "before_activity", "name": "c", "contextPointer": "/method/0", "context": {"name": "a"}, "configuration": {"x": 1}}
            """,
            result.Changes!.Configuration!["handed"]);
    }

    [Fact]
    public async Task A_context_that_stands_in_the_experiment_is_not_sent_twice()
    {
        var control = Declare();
        await ConfigureAsync(control);

        var handed = (await CallAsync(
            control, ControlSide.After, () => new JsonObject { ["status"] = "succeeded" })).Changes!.Configuration!["handed"]!;

        AssertJson(
            """
            {"configured": 1, "hook": "after_activity", "name": "c", "contextPointer": "/method/0",
             "experiment": {"title": "t", "method": [{"name": "a"}]}, "state": {"status": "succeeded"}}
            """,
            handed);
    }

    [Theory]
    [InlineData(Compatibility.None, "1!")]
    [InlineData(Compatibility.ChaosToolkit, "${x}!")]
    public async Task A_control_is_configured_with_its_arguments_and_with_what_a_run_knows(Compatibility compatibility, string told)
    {
        var control = Declare("tell", more: new JsonObject { ["word"] = "${x}!" });
        var scene = new ControlScene(experiment, new ResolvedValues(new JsonObject { ["x"] = 1 }, []))
        {
            Settings = new JsonObject { ["s"] = 2 },
            Compatibility = compatibility,
        };

        var result = await provider.ConfigureAsync(new ControlSetup(control, isGlobal: true, scene), TestContext.Current.CancellationToken);

        var handed = result.Changes!.Configuration!["handed"]!;
        AssertJson($$"""{"do": "tell", "word": "{{told}}"}""", handed["arguments"]);
        AssertJson(control.Declaration.ToJsonString(), handed["control"]);
        AssertJson("""[true, {"s": 2}, {"s": 2}]""", new JsonArray(
            handed["global"]!.DeepClone(), handed["settings"]!.DeepClone(), handed["loadedSettings"]!.DeepClone()));
    }

    [Fact]
    public async Task A_hook_that_the_control_has_not_is_not_called()
    {
        var control = Declare("fail");
        await ConfigureAsync(control);

        var result = await provider.CallAsync(
            new ControlCall(control, ControlLevel.Method, ControlSide.Before, scene, experiment), TestContext.Current.CancellationToken);

        Assert.Equal(ControlResult.Continue, result);
    }

    [Fact]
    public async Task Hooks_of_the_loader_come_before_anybody_knows_what_there_is_and_get_everything()
    {
        var scene = new ControlScene([], ResolvedValues.Empty);

        var result = await provider.CallAsync(
            new ControlCall(Declare(), ControlLevel.Loader, ControlSide.Before, scene, JsonValue.Create("e.json")),
            TestContext.Current.CancellationToken);

        AssertJson(
            """
            {"configured": 0, "hook": "before_loader", "name": "c", "contextPointer": null, "context": "e.json", "state": null, "experiment": null,
             "configuration": null, "secrets": null, "settings": null}
            """,
            result.Changes!.Configuration!["handed"]);
    }

    [Theory]
    [InlineData("interrupt", ControlEnd.Interrupted, "enough", 0)]
    [InlineData("exit", ControlEnd.Exited, "30", 30)]
    [InlineData("fail", ControlEnd.Failed, "ValueError: no", 0)]
    [InlineData(
        "die", ControlEnd.Failed, "the scripted worker ended with exit code 4 while it carried out before_activity of control 'c'", 0)]
    public async Task How_the_hook_ended_is_what_the_run_is_told(string what, ControlEnd end, string message, int code)
    {
        var control = Declare(what);
        await ConfigureAsync(control);

        var result = await CallAsync(control, ControlSide.Before);

        Assert.Equal((end, message, code), (result.End, result.Message, result.Code));
    }

    [Fact]
    public async Task A_hook_has_a_time_limit()
    {
        var control = Declare("hang", timeout: 0.2);
        await ConfigureAsync(control);

        var result = await CallAsync(control, ControlSide.Before);

        Assert.Equal((ControlEnd.Failed, "before_activity of control 'c' took longer than 0.2 s"), (result.End, result.Message));
    }

    [Fact]
    public async Task A_control_that_cannot_be_loaded_fails_when_it_is_configured()
    {
        var control = Declare(module: "broken");

        var result = await provider.ConfigureAsync(
            new ControlSetup(control, isGlobal: false, scene), TestContext.Current.CancellationToken);

        Assert.Equal((ControlEnd.Failed, "ImportError: broken"), (result.End, result.Message));
    }

    [Fact]
    public async Task A_worker_that_replaces_a_dead_one_is_told_of_the_control_first()
    {
        var control = Declare();
        await ConfigureAsync(control);
        await host.PlayAsync("kill");

        var result = await CallAsync(control, ControlSide.Before);

        Assert.Equal(1, (int)result.Changes!.Configuration!["handed"]!["configured"]!);
    }

    [Fact]
    public async Task A_worker_that_replaces_one_that_did_not_read_the_hook_is_told_of_the_control_first()
    {
        var control = Declare();
        await ConfigureAsync(control);
        using var stopped = await host.StopAsync();

        var called = CallAsync(control, ControlSide.Before);
        stopped.Signal(PosixSignalNumber.Kill);

        Assert.Equal(1, (int)(await called).Changes!.Configuration!["handed"]!["configured"]!);
    }

    [Fact]
    public async Task Cleaning_up_is_called_where_the_control_wants_it_and_only_after_it_was_configured()
    {
        var control = Declare("fail");
        var setup = new ControlSetup(control, isGlobal: true, scene);

        Assert.Equal(ControlResult.Continue, await provider.CleanupAsync(setup, TestContext.Current.CancellationToken));
        await ConfigureAsync(control);
        Assert.Equal("ValueError: no", (await provider.CleanupAsync(setup, TestContext.Current.CancellationToken)).Message);
    }

    public async ValueTask DisposeAsync()
    {
        provider.Dispose();
        await host.DisposeAsync();
    }

    private static ControlDeclaration Declare(string? what = null, double? timeout = null, string module = "m", JsonObject? more = null) =>
        ControlDeclaration.Of(new JsonObject
        {
            ["name"] = "c",
            ["provider"] = new JsonObject
            {
                ["type"] = "python",
                ["module"] = module,
                ["timeout"] = timeout,
                ["arguments"] = new JsonObject([new(
                "do", what), .. more?.DeepClone().AsObject().Select(pair => KeyValuePair.Create(pair.Key, pair.Value?.DeepClone())) ?? []]),
            },
        });

    private static void AssertJson(string expected, JsonNode? actual) =>
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), actual), actual?.ToJsonString());

    private async Task ConfigureAsync(ControlDeclaration control) => Assert.Equal(
        ControlEnd.Continued,
        (await provider.ConfigureAsync(new ControlSetup(control, isGlobal: false, scene), TestContext.Current.CancellationToken)).End);

    private async Task<ControlResult> CallAsync(ControlDeclaration control, ControlSide side, Func<JsonNode?>? state = null) =>
        await provider.CallAsync(
        new ControlCall(control, ControlLevel.Activity, side, scene, Activity, state), TestContext.Current.CancellationToken);
}
