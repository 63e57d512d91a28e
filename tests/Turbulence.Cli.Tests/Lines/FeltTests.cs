using System.Text.Json.Nodes;
using Turbulence.Cli.Lines;
using Turbulence.Documents;
using Turbulence.Events;
using Turbulence.Interruptions;
using Turbulence.Options;

namespace Turbulence.Cli.Tests.Lines;

public sealed class FeltTests
{
    [Fact]
    public void Where_nobody_came_it_is_said_that_nothing_was_measured() =>
        Assert.Equal(["what users felt was not measured"], Of(RecordedRun.Deviated()));

    [Fact]
    public void A_rehearsal_is_not_felt_by_anybody() =>
        Assert.Empty(Of(new RecordedRun().Started(options: new RunOptions { Dry = DryMode.Pause })));

    [Fact]
    public void Users_say_it_in_their_own_words_and_each_load_of_the_method_has_a_line()
    {
        var run = new RecordedRun().Started();
        Load(run, "rush", RecordedRun.Figures);
        run.Add(at => new UsersMeasured(at, [], ["users: 5 requests, none lost"]));
        Assert.Equal(
            [
                "users: 5 requests, none lost",
                "rush: 1,200 requests, 10 lost (1,190 ok, 10 refused), p50 3.40 ms, p99 180 ms, longest failover 107 ms",
            ],
            Of(run));
    }

    [Fact]
    public void A_load_that_was_the_bottleneck_says_so()
    {
        var figures = RecordedRun.Figures;
        figures["bottleneck"] = "the load itself was late";
        var run = new RecordedRun().Started();
        Load(run, "rush", figures);
        Assert.EndsWith(
            ", the load itself was late; times of that size are not the system's", Assert.Single(Of(run)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{}""")]
    [InlineData("""{ "intended": "many", "lost": 1 }""")]
    [InlineData("""{ "lost": 1, "latency_ms": 5, "faults": 5 }""")]
    public void What_cannot_be_read_is_not_known(string figures)
    {
        var run = new RecordedRun().Started();
        Load(run, "rush", JsonNode.Parse(figures)!.AsObject());
        Assert.Equal(["rush: what it felt is not known"], Of(run));
    }

    [Theory]
    [InlineData("""{ "intended": 2, "lost": 0, "latency_ms": 5, "faults": [5, { "failover_ms": "x" }], "outcomes": [] }""")]
    public void What_has_another_shape_is_passed_over(string figures)
    {
        var run = new RecordedRun().Started();
        Load(run, "rush", JsonNode.Parse(figures)!.AsObject());
        Assert.Equal(["rush: 2 requests, none lost"], Of(run));
    }

    [Fact]
    public void Of_many_loads_some_are_shown_and_the_others_counted()
    {
        var run = new RecordedRun().Started();
        for (var i = 0; i < 100; i++)
        {
            Load(run, $"load-{i}", RecordedRun.Figures);
        }

        var lines = Of(run);
        Assert.Equal(9, lines.Count);
        Assert.Equal("and 92 more loads", lines[^1]);
    }

    [Fact]
    public void What_another_provider_returns_is_no_load()
    {
        var run = new RecordedRun().Started();
        run.Ends(run.Begins(RecordedRun.Action("act"), RunPhase.Method) with { Output = RecordedRun.Figures });
        Assert.Equal(["what users felt was not measured"], Of(run));
    }

    [Theory]
    [InlineData(Compatibility.None, true)]
    [InlineData(Compatibility.ChaosToolkit, false)]
    public void The_lines_of_a_run_end_with_it_and_those_of_the_reference_stay_as_they_are(Compatibility compatibility, bool expected)
    {
        var text = new EventText(new TextLineFormat(TimeZoneInfo.Utc, origin: false), NoticeLevel.Information);
        var run = new RecordedRun().Started();
        Load(run, "rush", RecordedRun.Figures);
        run.Add(at => new RunEnded(
            at, new RunOutcome(RunStatus.Completed, false, Verdict.Passed, false, []) { Compatibility = compatibility }, TimeSpan.Zero));
        var said = string.Concat(run.Events.Select(text.Of));
        Assert.Equal(expected, said.Contains("   rush: 1,200 requests", StringComparison.Ordinal));
    }

    private static void Load(RecordedRun run, string name, JsonObject figures) =>
        run.Ends(run.Begins(RecordedRun.Load(name), RunPhase.Method) with { Output = figures });

    private static IReadOnlyList<string> Of(RecordedRun run)
    {
        var felt = new Felt();
        run.Events.ForEach(felt.On);
        return felt.Lines;
    }
}
