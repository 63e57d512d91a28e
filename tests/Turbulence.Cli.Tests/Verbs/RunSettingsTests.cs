using System.Text.Json.Nodes;
using Turbulence.Cli.Tests.CommandLine;

namespace Turbulence.Cli.Tests.Verbs;

public sealed class RunSettingsTests : IDisposable
{
    private const string Tell = "notifications: [{ type: process, run: [sh, -c, 'cat >> \"$0\"; echo >> \"$0\"', EVENTS], timeout: 60 }]\n";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("{}", "", "never", "continuous")]
    [InlineData("{}", "--rollback-strategy=always", "always", "continuous")]
    [InlineData("""{ "rollbacks": { "strategy": "deviated" } }""", "", "deviated", "continuous")]
    [InlineData("""{ "rollbacks": { "strategy": "deviated" } }""", "--compat=chaostoolkit", "deviated", "default")]
    [InlineData("""{ "hypothesis": { "strategy": "before-method-only" } }""", "", "never", "before-method-only")]
    [InlineData("""{ "hypothesis": { "strategy": "before-method-only" } }""", "--compat=chaostoolkit", "default", "before-method-only")]
    [InlineData("{}", "--compat=chaostoolkit", "never", "continuous")]
    public async Task Section_7_2_the_settings_give_the_defaults_of_a_run(
        string runtime, string option, string rollbacks, string hypothesis)
    {
        Needs.That(!OperatingSystem.IsWindows(), "the experiment needs a shell");
        var settings = "runtime: { rollbacks: { strategy: never }, hypothesis: { strategy: continuously, frequency: 0.01 } }";
        var (_, error) = await RunAsync(settings, Passing($", \"runtime\": {runtime}"), option.Length == 0 ? [] : [option]);
        Assert.Contains($"Steady-state strategy: {hypothesis}\n", error, StringComparison.Ordinal);
        Assert.Contains($"Rollbacks strategy: {rollbacks}\n", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "runtime: { hypothesis: { strategy: continously } }")]
    [InlineData("""{ "hypothesis": { "strategy": "continously" } }""", "")]
    public async Task Section_7_2_the_old_misspelling_is_deprecated(string runtime, string settings)
    {
        Needs.That(!OperatingSystem.IsWindows(), "the experiment needs a shell");
        var (code, error) = await RunAsync(settings, Passing(runtime.Length == 0 ? "" : $", \"runtime\": {runtime}"));
        Assert.Equal(0, code);
        Assert.Contains(
            "WARNING] The hypothesis strategy 'continously' is deprecated; write 'continuously'\n", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a: [1", "ERROR] Failed parsing YAML settings: ")]
    [InlineData("notifications: [{ type: plugin, module: m }]", "WARNING] settings: notifications[0] is a Python plugin")]
    [InlineData(
        "notifications: [{ type: http, url: 'http://127.0.0.1:9/' , events: [run-started] }]",
        "WARNING] The notification run-started did not reach http http://127.0.0.1:9: ")]
    [InlineData("runtime: null\nauths: null\ncontrols: null\nnotifications: null", "Verdict: passed")]
    public async Task Section_10_1_settings_that_are_wrong_are_told_and_change_no_verdict(string settings, string line)
    {
        Needs.That(!OperatingSystem.IsWindows(), "the experiment needs a shell");
        var (code, error) = await RunAsync(settings, Passing(""));
        Assert.Equal(0, code);
        Assert.Contains(line, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("true", "", "run-started run-completed")]
    [InlineData("true", "--compat=chaostoolkit", "run-started run-completed")]
    [InlineData("test ! -f broken", "", "run-started run-deviated")]
    [InlineData("test ! -f broken", "--compat=chaostoolkit", "run-started run-completed run-deviated")]
    [InlineData("false", "", "run-started run-failed")]
    [InlineData("false", "--compat=chaostoolkit", "run-started run-completed")]
    public async Task Section_10_3_each_end_of_a_run_has_its_events(string probe, string option, string events)
    {
        Needs.That(!OperatingSystem.IsWindows(), "the experiment needs a shell");
        var experiment = Passing("").Replace(
            "\"path\": \"true\" } }\n    ]\n  },",
            $"\"path\": \"sh\", \"arguments\": [\"-c\", \"cd {folder.Path}; {probe}\"] }} }}\n    ]\n  }},",
            StringComparison.Ordinal)
            .Replace(
                "\"name\": \"act\", \"provider\": { \"type\": \"process\", \"path\": \"true\" }",
                $"\"name\": \"act\", \"provider\": {{ \"type\": \"process\", \"path\": \"touch\", \"arguments\": [\"{folder["broken"]}\"] }}",
                StringComparison.Ordinal);
        await RunAsync(Tell, experiment, option.Length == 0 ? [] : [option]);
        Assert.Equal(events, string.Join(' ', Events().Select(told => (string?)told["name"])));
        Assert.All(Events(), told => Assert.Equal("run", (string?)told["phase"]));
        Assert.All(Events().Skip(1), told => Assert.NotNull(told["payload"]!["steady_states"]));
        Assert.Equal(option.Length == 0 ? 1 : 0, Events().Count(told => told["turbulence"]?["verdict"] is not null));
    }

    [Theory]
    [InlineData("", "run-started run-failed")]
    [InlineData("--compat=chaostoolkit", "run-started")]
    public async Task Section_10_3_a_run_that_is_refused_is_told_by_ours_alone(string option, string events)
    {
        Needs.That(!OperatingSystem.IsWindows(), "the channel needs a shell");
        await RunAsync(Tell, "{ \"title\": \"t\", \"description\": \"d\", \"method\": 5 }", option.Length == 0 ? [] : [option]);
        Assert.Equal(events, string.Join(' ', Events().Select(told => (string?)told["name"])));
        Assert.Equal(option.Length == 0 ? "method must be a list" : null, (string?)Events()[^1]["error"]);
    }

    [Theory]
    [InlineData("[]", "", "validate-completed", null)]
    [InlineData("5", "", "validate-failed", "method must be a list")]
    [InlineData("5", "--compat=chaostoolkit", "validate-failed", "An exception was raised: InvalidExperiment('method must be a list')")]
    public async Task Section_10_3_validation_has_its_events(string method, string option, string last, string? error)
    {
        Needs.That(!OperatingSystem.IsWindows(), "the channel needs a shell");
        var experiment = method == "[]" ? Passing("") : $"{{ \"title\": \"t\", \"description\": \"d\", \"method\": {method} }}";
        await InvokeAsync("validate", Tell, experiment, option.Length == 0 ? [] : [option]);
        Assert.Equal(["validate-started", last], Events().Select(told => (string?)told["name"]));
        Assert.All(Events(), told => Assert.NotNull(told["payload"]!["title"]));
        Assert.Equal(error, (string?)Events()[1]["error"]);
    }

    [Fact]
    public async Task Section_15_K1_no_notification_holds_a_secret()
    {
        Needs.That(!OperatingSystem.IsWindows(), "the experiment needs a shell");
        var experiment = Passing(", \"secrets\": { \"mine\": { \"token\": \"very-secret\" } }")
            .Replace("Needs nothing.", "very-secret", StringComparison.Ordinal);
        var (code, _) = await RunAsync(Tell, experiment);
        Assert.Equal(0, code);
        Assert.Equal(2, Events().Count);
        Assert.DoesNotContain(
            "very-secret", await File.ReadAllTextAsync(folder["events"], TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Section_12_3_a_control_file_must_be_there()
    {
        var (code, error) = await RunAsync("", Passing(""), "--control-file", folder["none.json"]);
        Assert.Equal(64, code);
        Assert.Contains($"control file '{folder["none.json"]}' does not exist", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Section_9_1_global_controls_stand_around_loading_and_run()
    {
        Needs.That(!OperatingSystem.IsWindows(), "the control needs a shell");
        var settings =
            $"controls: {{ of-settings: {{ provider: {{ type: process, path: sh, args: [-c, 'cat >> \"$0\"; echo >> \"$0\"', '{folder["hooks"]}'] }} }} }}";
        var (code, _) = await RunAsync(settings, Passing(""));
        Assert.Equal(0, code);
        var hooks = await File.ReadAllTextAsync(folder["hooks"], TestContext.Current.CancellationToken);
        Assert.Contains("before_loader", hooks, StringComparison.Ordinal);
        Assert.Contains("after_loader", hooks, StringComparison.Ordinal);
        Assert.Contains("after_activity", hooks, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Section_9_1_a_global_control_that_cannot_be_loaded_fails_the_run()
    {
        Needs.That(!OperatingSystem.IsWindows(), "the experiment needs a shell");
        var file = folder.Write("controls.yaml", "of-file: { provider: { type: smoke } }\n");
        var (code, error) = await RunAsync("", Passing(""), "--control-file", file);
        Assert.Equal(2, code);
        Assert.Contains(
            "WARNING] The global control 'of-file' is not carried out: there is no provider for its type 'smoke'",
            error,
            StringComparison.Ordinal);
        Assert.Contains(
            "because the control 'of-file' could not be loaded: there is no provider for its type 'smoke'; nothing was run",
            error,
            StringComparison.Ordinal);
    }

    private static string Passing(string more) =>
        SampleExperiments.Passing.Replace("\"rollbacks\": []", $"\"rollbacks\": []{more}", StringComparison.Ordinal);

    private List<JsonNode> Events() => [.. File.ReadAllLines(folder["events"]).Select(line => JsonNode.Parse(line)!)];

    private Task<(int Code, string Error)> RunAsync(string settings, string experiment, params string[] more) =>
        InvokeAsync("run", settings, experiment, ["--journal-path", folder["journal.json"], .. more]);

    private async Task<(int Code, string Error)> InvokeAsync(string verb, string settings, string experiment, params string[] more)
    {
        var (code, said, error) = await ChaosCommandTests.InvokeAsync(
            $"--no-log-file {verb}",
            [
                folder.Write("experiment.json", experiment),
                "--settings", folder.Write("settings.yaml", settings.Replace("EVENTS", folder["events"], StringComparison.Ordinal)),
                .. more,
            ]);
        Assert.Equal("", said);
        return (code, error);
    }
}
