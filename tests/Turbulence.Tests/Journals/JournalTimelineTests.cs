using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using Turbulence.Controls;
using Turbulence.Documents;
using Turbulence.Events;
using Turbulence.Experiments;
using Turbulence.Journals;
using Turbulence.Options;
using Turbulence.Tests.Running;

namespace Turbulence.Tests.Journals;

/// <summary>The timeline: every event with its offset, so that a picture of the run can be drawn from the journal alone.</summary>
public sealed class JournalTimelineTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private string File => folder["journal.json"];

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(Compatibility.None)]
    [InlineData(Compatibility.ChaosToolkit)]
    public async Task Every_event_has_its_line_in_the_order_in_which_they_were_told(Compatibility compatibility)
    {
        var time = new FakeTimeProvider();
        var run = new TestRun
        {
            Time = time,
            Options = new RunOptions { Compatibility = compatibility, Rollbacks = RollbackStrategy.Always },
        }
            .Probe("p").Action("a").MethodProbe("b", new JsonObject { ["background"] = true }).Rollback("r");
        run.Provider.On("a", _ =>
        {
            time.Advance(TimeSpan.FromMilliseconds(12.5));
            return ValueTask.FromResult(ActivityResult.Failed("refused"));
        });
        var journal = await WriteAsync(run);
        var expected = run.Events.Where(JournalTimeline.Has).Select(happened => (happened.Word, happened.Offset.TotalSeconds)).ToList();
        expected.Add(("run-ended", 0.0125));
        Assert.Equal(expected, Timeline(journal).Select(line => ((string)line["event"]!, (double)line["at"]!)));
        Assert.Equal("timeline", journal["turbulence"]!.AsObject().Last().Key);
        var failed = Timeline(journal).Single(line => (string?)line["event"] == "activity-ended" && (string?)line["name"] == "a");
        Assert.Equal(("failed", "method", 0.0125), ((string?)failed["status"], (string?)failed["phase"], (double)failed["duration"]!));
    }

    [Fact]
    public async Task A_journal_that_is_read_while_the_run_goes_on_has_what_was_told_by_then()
    {
        var seen = new List<(string Word, JsonObject Journal)>();
        var run = new TestRun().Probe("p").Action("a").Rollback("r");
        using var writer = new JournalWriter(File, new JournalHead("1"), run.Time);
        run.Observers.Add(writer);
        run.Observers.Add(new AfterEachEvent(happened => seen.Add((happened.Word, Read()))));
        await run.RunAsync();
        Assert.All(seen, each => Assert.Equal(each.Word, (string?)Timeline(each.Journal)[^1]["event"]));
        Assert.Equal(Enumerable.Range(1, seen.Count), seen.Select(each => Timeline(each.Journal).Count));
    }

    [Fact]
    public async Task The_end_stands_there_once_and_last_though_a_control_was_shown_the_journal_before()
    {
        var run = new TestRun().Action("a").Controlled("c");
        run.Controls.On("after_experiment", "c", call =>
        {
            call.State!["mark"] = 1;
            return ControlResult.Continue with { Changes = new ControlChanges { State = call.State } };
        });
        using var writer = new JournalWriter(File, new JournalHead("1"), run.Time);
        run.Journal = writer;
        run.Observers.Add(writer);
        await run.RunAsync();
        Assert.Equal(1, (int?)Read()["mark"]);
        Assert.Equal(
            ("run-ended", 1),
            ((string?)Timeline(Read())[^1]["event"], Timeline(Read()).Count(line => (string?)line["event"] == "run-ended")));
    }

    [Fact]
    public async Task A_line_for_people_is_there_when_somebody_should_look()
    {
        var run = new TestRun().Action("a");
        run.Provider.OnCall("a", (call, _) =>
        {
            call.Say(NoticeLevel.Information, "all is well");
            call.Warn("look at this");
            return ValueTask.FromResult(ActivityResult.Succeeded(null));
        });
        Assert.Equal(
            "look at this", (string?)Assert.Single(Timeline(await WriteAsync(run)), line => (string?)line["event"] == "notice")["text"]);
    }

    private static List<JsonObject> Timeline(JsonObject journal) =>
        [.. journal["turbulence"]!["timeline"]!.AsArray().Select(line => line!.AsObject())];

    private async Task<JsonObject> WriteAsync(TestRun run)
    {
        using var writer = new JournalWriter(File, new JournalHead("1"), run.Time);
        run.Observers.Add(writer);
        await run.RunAsync();
        Assert.Null(writer.Failure);
        return Read();
    }

    private JsonObject Read() => JsonNode.Parse(System.IO.File.ReadAllBytes(File))!.AsObject();

    private sealed class AfterEachEvent(Action<RunEvent> look) : IRunObserver
    {
        public void On(RunEvent happened) => look(happened);
    }
}
