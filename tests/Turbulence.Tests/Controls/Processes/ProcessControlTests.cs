using System.Text.Json.Nodes;
using Turbulence.Controls;
using Turbulence.Controls.Processes;
using Turbulence.Events;
using Turbulence.Tests.Running;
using Turbulence.Values;

namespace Turbulence.Tests.Controls.Processes;

/// <summary>Controls that start real programs.</summary>
public sealed class ProcessControlTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private string Log => folder["log"];

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Each_hook_starts_the_program_with_the_document_as_its_input()
    {
        var run = Run($"cat >> '{Log}'; echo >> '{Log}'").Probe("p").Action("a").Rollback("r");
        Assert.Equal(0, (await run.RunAsync()).ExitCode);
        var messages = await MessagesAsync();
        Assert.Equal(24, messages.Count);
        Assert.Equal("configure", messages[0]["hook"]!.GetValue<string>());
        Assert.Equal("cleanup", messages[^1]["hook"]!.GetValue<string>());
        var after = messages.Single(
            message => message["hook"]!.GetValue<string>() == "after_activity" && message["context"]!["name"]!.GetValue<string>() == "a");
        Assert.Equal(
            ["hook", "control", "title", "level", "side", "context", "state", "arguments", "configuration", "secrets"],
            after.AsObject().Select(member => member.Key));
        Assert.Equal("succeeded", after["state"]!["status"]!.GetValue<string>());
        Assert.Equal(
            ("activity", "after", "c", "t"), (Text(after, "level"), Text(after, "side"), Text(after, "control"), Text(after, "title")));
    }

    [Fact]
    public async Task Only_the_hooks_that_are_asked_for_start_it()
    {
        var run = Run($"cat >> '{Log}'; echo >> '{Log}'", new JsonObject { ["hooks"] = new JsonArray("before_method", "after_activity") })
            .Probe("p")
            .Action("a");
        await run.RunAsync();
        Assert.Equal([
            "after_activity", "before_method", "after_activity", "after_activity",
        ], (await MessagesAsync()).Select(message => Text(message, "hook")));
    }

    [Theory]
    [InlineData("""echo '{"interrupt": "too hot"}'""")]
    [InlineData("""echo 'looking…'; echo '{"interrupt": "too hot"}'""")]
    public async Task Its_answer_may_stop_the_run(string script)
    {
        var run = Run(script, Hooks("before_activity")).Action("a");
        var outcome = await run.RunAsync();
        Assert.Equal(RunStatus.Interrupted, outcome.Status);
        Assert.Equal(["too hot"], outcome.Reasons);
        Assert.Empty(run.Provider.Calls);
    }

    [Theory]
    [InlineData("echo '{\"interrupt\": \"\"}'")]
    [InlineData("echo '{\"interrupt\": true}'")]
    [InlineData("echo '{\"interrupt\": {}}'")]
    public async Task An_interruption_without_a_reason_is_one_all_the_same(string script)
    {
        var run = Run(script, Hooks("before_activity")).Action("a");
        Assert.Equal(["a control asks the run to stop"], (await run.RunAsync()).Reasons);
        Assert.Empty(run.Provider.Calls);
    }

    [Theory]
    [InlineData("echo '{\"interrupt\": \"stop\"} trailing'")]
    [InlineData("echo 'note: {\"interrupt\": \"stop\"}'")]
    [InlineData("echo '{\"interrupt\": stop}'")]
    public async Task An_answer_that_speaks_of_an_interruption_and_cannot_be_read_is_said(string script)
    {
        var run = Run(script, Hooks("before_activity")).Action("a");
        Assert.Equal(0, (await run.RunAsync()).ExitCode);
        Assert.Contains(
            "its answer holds \"interrupt\", but is no JSON object",
            Assert.Single(run.Notices(NoticeLevel.Warning)),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("echo hello")]
    [InlineData("echo '{\"interrupt\": null}'")]
    [InlineData("echo '{\"interrupt\": false}'")]
    [InlineData("echo '{not json'")]
    [InlineData("echo '[1]'")]
    [InlineData("true")]
    public async Task Every_other_output_lets_the_run_go_on(string script)
    {
        var run = Run(script, Hooks("before_activity")).Action("a");
        Assert.Equal(0, (await run.RunAsync()).ExitCode);
        Assert.Empty(run.Notices(NoticeLevel.Warning));
    }

    [Theory]
    [InlineData("exit 3", "its program ended with exit code 3: no space left")]
    [InlineData("kill -6 $$", "its program was ended by signal 6 (Abort): no space left")]
    public async Task Another_end_is_a_failed_hook_with_its_last_words(string end, string said)
    {
        var run = Run($"echo first >&2; echo 'no space left' >&2; {end}", Hooks("before_activity")).Action("a");
        Assert.Equal(0, (await run.RunAsync()).ExitCode);
        Assert.Contains(said, Assert.Single(run.Notices(NoticeLevel.Warning)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_that_takes_too_long_is_ended_with_its_children()
    {
        var more = Hooks("before_activity");
        more["timeout"] = 0.2;
        var run = Run("sleep 300 & sleep 300", more).Action("a");
        Assert.Equal(0, (await run.RunAsync().WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken)).ExitCode);
        Assert.Contains("took longer than 0.2 s", Assert.Single(run.Notices(NoticeLevel.Warning)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_that_reads_nothing_of_a_large_document_holds_nothing_up()
    {
        var run = Run("exec 0<&-; exit 0", Hooks("after_activity")).Action("a");
        run.Provider.Returns("a", new string('x', 2_000_000));
        Assert.Equal(0, (await run.RunAsync().WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken)).ExitCode);
        Assert.Empty(run.Notices(NoticeLevel.Warning));
    }

    [Fact]
    public async Task A_missing_program_fails_the_run()
    {
        var run = Run("true").Action("a");
        run.Document["controls"]![0]!["provider"]!["path"] = folder["nothing"];
        var outcome = await run.RunAsync();
        Assert.Equal(2, outcome.ExitCode);
        Assert.Contains("could not be loaded: ", Assert.Single(outcome.Reasons), StringComparison.Ordinal);
        Assert.Empty(run.Provider.Calls);
    }

    [Fact]
    public async Task Secrets_are_masked_but_for_the_scopes_that_are_listed()
    {
        var more = Hooks("after_activity");
        more["secrets"] = new JsonArray("mine");
        more["arguments"] = new JsonObject { ["m"] = "${open_key}", ["o"] = "${hidden_key}" };
        var values = new ResolvedValues(
            new JsonObject { ["c"] = "hidden-value in the configuration" },
            new JsonObject
            {
                ["mine"] = new JsonObject { ["open_key"] = "open-value" },
                ["other"] = new JsonObject { ["hidden_key"] = "hidden-value" },
            });
        var run = Run($"cat >> '{Log}'; echo >> '{Log}'", more, values).Action("a");
        run.Provider.Returns("a", "open-value and hidden-value");
        await run.RunAsync();
        var message = Assert.Single(await MessagesAsync());
        Assert.Equal("""{"m":"open-value","o":"*****"}""", message["arguments"]!.ToJsonString());
        Assert.Equal("""{"mine":{"open_key":"open-value"}}""", message["secrets"]!.ToJsonString());
        Assert.Equal("***** and *****", message["state"]!["output"]!.GetValue<string>());
        Assert.DoesNotContain("hidden-value", message.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Its_command_line_and_environment_may_hold_placeholders()
    {
        var more = Hooks("before_method");
        more["args"] = new JsonArray("-c", $"printf '%s ' \"$0\" \"$WORD\" >> '{Log}'", "${word}");
        more["env"] = new JsonObject { ["WORD"] = "${word}" };
        await Run("", more, new ResolvedValues(new JsonObject { ["word"] = "hello" }, [])).Action("a").RunAsync();
        Assert.Equal("hello hello ", await File.ReadAllTextAsync(Log, TestContext.Current.CancellationToken));
    }

    private static JsonObject Hooks(params string[] names) =>
        new() { ["hooks"] = new JsonArray([.. names.Select(name => JsonValue.Create(name))]) };

    private static string Text(JsonNode message, string key) => message[key]!.GetValue<string>();

    private static TestRun Run(string script, JsonObject? more = null, ResolvedValues? values = null)
    {
        var provider = new JsonObject { ["type"] = "process", ["path"] = "sh", ["args"] = new JsonArray("-c", script) };
        foreach (var (key, value) in more ?? [])
        {
            provider[key] = value?.DeepClone();
        }

        var run = new TestRun
        {
            ControlProviders = new ControlProviders(new ProcessControlProvider()),
            Values = values ?? ResolvedValues.Empty,
        };
        run.Document["controls"] = new JsonArray(new JsonObject { ["name"] = "c", ["provider"] = provider });
        return run;
    }

    private async Task<List<JsonNode>> MessagesAsync() => [.. (await File.ReadAllLinesAsync(Log)).Select(line => JsonNode.Parse(line)!)];
}
