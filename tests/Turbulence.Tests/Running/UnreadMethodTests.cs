using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using Turbulence.Controls;
using Turbulence.Events;
using Turbulence.Experiments;
using Turbulence.Journals;
using Turbulence.Tests.Controls;
using Turbulence.Values;

namespace Turbulence.Tests.Running;

/// <summary>
/// A method that is text is read activity by activity, and nobody can tell: not the journal, not who hears the events, and not a control.
/// </summary>
public sealed class UnreadMethodTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("{}", "{}")]
    [InlineData("""{"token":"/a/b"}""", """{"scope":{"key":"hush-hush"}}""")]
    [InlineData("{}", """{"scope":{"key":{"type":"env","key":"NOWHERE","default":"of a default"}}}""")]
    public async Task Its_journal_and_its_events_are_the_same(string configuration, string secrets)
    {
        var (plainJournal, plain) = await RunAsync(isText: false, configuration, secrets);
        var (journal, run) = await RunAsync(isText: true, configuration, secrets);

        Assert.Equal(plainJournal, journal);
        Assert.Equal(
            plain.Events.Select(static happened => (happened.Word, Told(happened))),
            run.Events.Select(static happened => (happened.Word, Told(happened))));
        Assert.False(run.Map.Unread!.IsRead);
        Assert.Equal(secrets != "{}", journal.Contains("*****", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_experiment_that_was_told_can_be_read_when_the_run_is_over()
    {
        var run = new TestRun { IsText = true }.Action("a").Action("b");
        await run.RunAsync();

        var told = run.Events.OfType<RunStarted>().Single().Experiment;
        Assert.Equal(run.Document.ToJsonString(), told.Document.ToJsonString());
        Assert.Equal(["a", "b"], told.Method.Select(static activity => activity.Name));
        Assert.NotSame(run.Map.Root, told.Document);
    }

    [Fact]
    public async Task An_activity_can_refer_to_one_that_was_text()
    {
        var run = new TestRun { IsText = true, Options = new() { Compatibility = Turbulence.Documents.Compatibility.ChaosToolkit } }
            .Action("a").Action("b").Action("c", new JsonObject { ["ref"] = "b" }).Action("d");
        Assert.Equal(0, (await run.RunAsync()).ExitCode);
        Assert.Equal(["a", "b", "b", "d"], run.Provider.Calls);
    }

    [Theory]
    [InlineData("of the experiment")]
    [InlineData("of an activity")]
    [InlineData("global")]
    public async Task A_control_changes_it_as_ever(string where)
    {
        var run = new TestRun { IsText = true };
        run = where switch
        {
            "global" => run.Globally("c").Action("a"),
            "of an activity" => run.Action("a", ScriptedControls.With("c")),
            _ => run.Controlled("c").Action("a"),
        };
        run.Action("b");
        run.Controls.On("before_activity", "c", call =>
        {
            if (call.Context["name"]!.GetValue<string>() != "a")
            {
                return ControlResult.Continue;
            }

            call.Context["provider"]!["key"] = "changed";
            var method = (JsonArray)call.Experiment["method"]!;
            method.Add(call.Context.DeepClone());
            return ControlResult.Continue with { Changes = new ControlChanges { Context = call.Context } };
        });
        await run.RunAsync();
        Assert.Equal(["changed", "b"], run.Provider.Calls);
        Assert.True(run.Map.Unread!.IsRead);
        Assert.Equal("changed", run.Events.OfType<ExperimentChanged>().Single().Experiment.Method[0].Provider["key"]!.GetValue<string>());
    }

    private static string Told(RunEvent happened) => happened switch
    {
        RunStarted started => started.Experiment.Document.ToJsonString(),
        ActivityStarted { Run: var run } => $"{run.Id} {run.Activity.Declaration.ToJsonString()}",
        ActivityEnded { Run: var run } => $"{run.Id} {run.Activity.Declaration.ToJsonString()} {run.Output?.ToJsonString()}",
        MethodStarted method => $"{method.Activities}",
        _ => "",
    };

    private async Task<(string Journal, TestRun Run)> RunAsync(bool isText, string configuration, string secrets)
    {
        var time = new FakeTimeProvider(DateTimeOffset.UnixEpoch);
        var run = new TestRun
        {
            IsText = isText,
            Time = time,
            Values = new ResolvedValues(JsonNode.Parse(configuration)!.AsObject(), JsonNode.Parse(secrets)!.AsObject()),
        }
            .Probe("p", tolerance: true)
            .Action(
                "a", new JsonObject { ["x-note"] = "hush-hush \n é 😀 \"quoted\"", ["x-numbers"] = new JsonArray(1, 1.5, -3, null, true) })
            .Action("hush-hush", new JsonObject { ["tolerance"] = new JsonObject { ["type"] = "range", ["range"] = new JsonArray(1, 2) } })
            .MethodProbe("of a default")
            .Rollback("r");
        run.Document["configuration"] = JsonNode.Parse(configuration);
        run.Document["secrets"] = JsonNode.Parse(secrets);
        run.Provider.On("hush-hush", ActivityResult.Succeeded(1), ActivityResult.Succeeded(1));
        using var journal = new JournalWriter(folder["journal.json"], new JournalHead("1"), time);
        run.Observers.Add(journal);
        await run.RunAsync();
        return (await File.ReadAllTextAsync(folder["journal.json"], TestContext.Current.CancellationToken), run);
    }
}
