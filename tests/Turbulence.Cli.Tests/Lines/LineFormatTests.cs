using System.Text.Json.Nodes;
using Turbulence.Cli.Lines;
using Turbulence.Documents;
using Turbulence.Events;
using Turbulence.Interruptions;
using Turbulence.Tolerances;

namespace Turbulence.Cli.Tests.Lines;

public sealed class LineFormatTests
{
    [Fact]
    public void Json_has_the_keys_of_the_reference()
    {
        var id = Guid.NewGuid();
        var happened = new Notice(RecordedRun.Begin.AddMilliseconds(7), NoticeLevel.Warning, "a \"quoted\" ü\nsecond \e[2J");
        var text = new EventText(new JsonLineFormat(TimeZoneInfo.Utc, id), NoticeLevel.Debug).Of(happened);
        Assert.EndsWith("}\n", text, StringComparison.Ordinal);
        Assert.Equal(1, text.Count(c => c == '\n'));
        Assert.DoesNotContain('\e', text);
        var json = JsonNode.Parse(text)!.AsObject();
        Assert.Equal(
            ["process", "asctime", "levelname", "module", "lineno", "event", "message", "timestamp", "context_id"],
            json.Select(pair => pair.Key));
        Assert.Equal("2026-11-22 13:22:05,007", (string?)json["asctime"]);
        Assert.Equal("WARNING", (string?)json["levelname"]);
        Assert.Equal("running", (string?)json["module"]);
        Assert.Equal("notice", (string?)json["event"]);
        Assert.Equal(happened.Text, (string?)json["message"]);
        Assert.Equal(id, (Guid)json["context_id"]!);
    }

    [Theory]
    [InlineData(-5, "0 ms")]
    [InlineData(0.04, "0.0 ms")]
    [InlineData(9.94, "9.9 ms")]
    [InlineData(9.96, "10 ms")]
    [InlineData(999.4, "999 ms")]
    [InlineData(999.6, "1.0 s")]
    [InlineData(59_940, "59.9 s")]
    [InlineData(59_960, "1m 00s")]
    [InlineData(65_000, "1m 05s")]
    [InlineData(3_599_900, "1h 00m")]
    [InlineData(7_500_000, "2h 05m")]
    public void Durations_are_short(double milliseconds, string text) =>
        Assert.Equal(text, DurationText.Of(TimeSpan.FromMilliseconds(milliseconds)));

    [Fact]
    public void A_problem_says_its_place()
    {
        var problem = new Problem("/method/0/provider", new SourcePosition(12, 5), "a process activity must have a path");
        Assert.Equal("x.json:12:5: error: a process activity must have a path (at /method/0/provider)", ProblemText.Of(problem, "x.json"));
        var warning = new Problem("", null, "two\nlines", ProblemSeverity.Warning);
        Assert.Equal("x.json: warning: two ⏎ lines", ProblemText.Of(warning, "x.json"));
        Assert.Equal("1 error, 2 warnings", ProblemText.Count([problem, warning, warning]));
        Assert.Equal("2 errors", ProblemText.Count([problem, problem]));
    }

    [Theory]
    [InlineData("primary", ServiceState.Starting, "DEBUG Service primary: starting (detail)")]
    [InlineData("primary", ServiceState.Adopted, "INFO Service primary: adopted (detail)")]
    [InlineData("primary", ServiceState.Failed, "ERROR Service primary: failed (detail)")]
    [InlineData(ServiceChanged.FaultProxies, ServiceState.Ready, "INFO Fault proxies: ready (detail)")]
    public void A_service_is_told_at_its_level(string name, ServiceState state, string expected) =>
        Assert.Equal([expected], Said(new ServiceChanged(RecordedRun.Begin, name, state, "detail")));

    [Theory]
    [InlineData(InterruptionCause.Keyboard, "SIGINT signal received", "WARNING Received a termination signal (Ctrl-C)...")]
    [InlineData(
        InterruptionCause.Termination, "SIGHUP signal received", "WARNING Caught SIGHUP signal, interrupting experiment now", "CRITICAL SIGHUP signal received")]
    [InlineData(InterruptionCause.ExitSignal, "Received the exit signal: 20", "WARNING Received the exit signal: 20")]
    [InlineData(InterruptionCause.Experiment, "took too long", "CRITICAL took too long")]
    public void An_interruption_is_told_as_in_the_reference(InterruptionCause cause, string message, params string[] expected) =>
        Assert.Equal(expected, Said(new RunInterrupted(RecordedRun.Begin, new Interruption(cause, message))));

    [Fact]
    public void A_tolerance_that_could_not_be_evaluated_says_why()
    {
        var run = new RecordedRun();
        var probe = run.Begins(RecordedRun.Probe("p"), RunPhase.Gate) with
        {
            Tolerance = new ToleranceOutcome(false, "is in the range", "[1, 2]", "\"x\"", "a text is not a number"),
        };
        Assert.Equal(
            "expected is in the range [1, 2], got \"x\", which could not be compared: a text is not a number", ToleranceText.Of(probe));
    }

    [Fact]
    public void How_far_an_activity_is_is_told_to_who_looks_for_a_fault()
    {
        var run = new RecordedRun().Begins(RecordedRun.Action("users"), RunPhase.Method);
        Assert.Equal(
            ["DEBUG users: {\"requests\":998}"],
            Said(new ActivityProgressed(RecordedRun.Begin, run, new JsonObject { ["requests"] = 998 })));
    }

    [Fact]
    public void Every_kind_of_event_is_known()
    {
        var kinds = typeof(RunEvent).Assembly
            .GetTypes()
            .Where(type => type.IsSubclassOf(typeof(RunEvent)))
            .Select(type => type.Name)
            .Order();
        Assert.Equal(
            [
                "ActivityAmended", "ActivityEnded", "ActivityProgressed", "ActivityStarted", "ContinuousEnded", "ContinuousStarted",
                "ExperimentChanged", "FaultChanged",
                "HypothesisEnded", "HypothesisSkipped", "HypothesisStarted", "MethodEnded", "MethodStarted", "Notice", "PauseStarted",
                "RollbackStarted", "RollbacksDecided",
                "RollbacksEnded", "RunEnded", "RunInterrupted", "RunStarted", "SafeguardsEnded", "SafeguardsStarted", "ServiceChanged",
                "UsersMeasured", "UsersProgressed",
            ],
            kinds);
    }

    private static IEnumerable<string> Said(RunEvent happened) =>
        EventLines.Of(happened).Select(line => $"{LevelName.Of(line.Level)} {line.Text}");
}
