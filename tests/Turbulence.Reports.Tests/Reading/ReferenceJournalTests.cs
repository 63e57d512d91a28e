using System.Text.Json.Nodes;
using Turbulence.Interruptions;
using Turbulence.Reports.Reading;
using Turbulence.Reports.Runs;

namespace Turbulence.Reports.Tests.Reading;

/// <summary>Journals without our own key: what they say, and the verdict that follows.</summary>
public sealed class ReferenceJournalTests
{
    [Fact]
    public void Its_activities_have_their_times_from_the_texts()
    {
        var run = Samples.Run("reference");
        Assert.True(run.IsReference);
        Assert.Equal("1.45.0", run.Version);
        Assert.Equal("runner-7", run.Machine.Host);
        Assert.Equal(
            [("echo-ok", RunPhase.Gate), ("bg", RunPhase.Method), ("a", RunPhase.Method), ("stopped", RunPhase.Method), ("left", RunPhase.Method),
             ("bye", RunPhase.Rollbacks)],
            run.Activities.Select(one => (one.Name, one.Phase)));
        Assert.Equal([1, 2, 3, 4, 5, 6], run.Activities.Select(one => one.Number));
        Assert.Equal(0.017568, run.Activities[1].Begin!.Value, 6);
        Assert.Equal(1.007959, run.Activities[1].Duration);
        Assert.True(run.Activities[1].Background);
        Assert.Equal(
            [
                ActivityStatus.Succeeded, ActivityStatus.Succeeded, ActivityStatus.Failed, ActivityStatus.Interrupted,
                ActivityStatus.Unfinished, ActivityStatus.Succeeded,
            ],
            run.Activities.Select(one => one.Status));
        Assert.Equal("RuntimeError: oops", run.Activities[2].Error);
        Assert.Equal("""{"status":0,"stdout":"hi 80\n","stderr":""}""", run.Activities[0].Output);
        Assert.Equal("0", run.Activities[0].Tolerance);
        Assert.Equal([RunPhase.Gate, RunPhase.Method, RunPhase.Rollbacks], run.Phases.Select(one => one.Phase));
        Assert.Equal([(RunPhase.Gate, true)], run.Checks.Select(one => (one.Phase, one.Met!.Value)));
    }

    [Theory]
    [InlineData("reference-deviated", 6, ReportedVerdict.Deviated)]
    [InlineData("reference-interrupted", 4, ReportedVerdict.Interrupted)]
    [InlineData("reference-continuous", 7, ReportedVerdict.Passed)]
    public void Nothing_of_what_the_reference_runner_wrote_is_left_out(string name, int entries, ReportedVerdict expected)
    {
        var journal = JsonNode.Parse(File.ReadAllText(Samples.File(name)))!;
        var names = new[] { "steady_states", "run", "rollbacks" }.SelectMany(key => Names(journal[key])).ToList();
        Assert.Equal(entries, names.Count);
        var run = Samples.Run(name);
        Assert.Equal(names.Order(StringComparer.Ordinal), run.Activities.Select(static one => one.Name).Order(StringComparer.Ordinal));
        Assert.Equal(expected, run.Verdict);
        Assert.All(
            from format in new[] { "markdown", "html", "junit" } from each in names.Distinct() select (format, each),
            pair => Assert.Contains(pair.each, Samples.Write(pair.format, name), StringComparison.Ordinal));
    }

    [Fact]
    public void An_action_that_failed_is_no_pass_whatever_its_status_says()
    {
        var run = Samples.Run("reference");
        Assert.Equal("completed", run.Status);
        Assert.Equal(ReportedVerdict.Failed, run.Verdict);
        Assert.True(run.IsVerdictDerived);
        Assert.Contains("in the method: action 'a' failed: RuntimeError: oops", run.Reasons);
    }

    [Theory]
    [InlineData("completed", false, true, true, true, ReportedVerdict.Passed)]
    [InlineData("completed", false, false, null, true, ReportedVerdict.Inconclusive)]
    [InlineData("completed", true, true, false, true, ReportedVerdict.Deviated)]
    [InlineData("failed", true, true, false, true, ReportedVerdict.Deviated)]
    [InlineData("completed", false, true, true, false, ReportedVerdict.Deviated)]
    [InlineData("aborted", false, true, null, true, ReportedVerdict.Failed)]
    [InlineData("interrupted", false, true, null, true, ReportedVerdict.Interrupted)]
    [InlineData("completed", true, null, null, true, ReportedVerdict.Deviated)]
    [InlineData("strange", false, true, true, true, ReportedVerdict.Failed)]
    [InlineData(null, false, true, true, true, ReportedVerdict.Unfinished)]
    public void The_verdict_follows_from_what_it_says(
        string? status, bool deviated, bool? before, bool? after, bool during, ReportedVerdict verdict)
    {
        var run = Read(new JsonObject
        {
            ["status"] = status,
            ["deviated"] = deviated,
            ["steady_states"] = new JsonObject
            {
                ["before"] = Check(before),
                ["after"] = Check(after),
                ["during"] = new JsonArray(Check(during)),
            },
            ["run"] = new JsonArray(),
            ["rollbacks"] = new JsonArray(),
        });
        Assert.Equal(verdict, run.Verdict);
        Assert.Equal(verdict == ReportedVerdict.Passed, run.Reasons.Count == 0);
    }

    [Fact]
    public void A_rollback_that_failed_needs_a_person()
    {
        var run = Read(new JsonObject
        {
            ["status"] = "completed",
            ["deviated"] = false,
            ["run"] = new JsonArray(),
            ["rollbacks"] = new JsonArray(new JsonObject
            {
                ["activity"] = new JsonObject { ["name"] = "back", ["type"] = "action" },
                ["status"] = "failed",
                ["exception"] = new JsonArray("chaoslib.exceptions.ActivityFailed: no\n"),
            }),
        });
        Assert.Equal(ReportedVerdict.NeedsAPerson, run.Verdict);
        Assert.True(run.NeedsAPerson);
        Assert.Contains(run.Reasons, reason => reason.Contains("'back' failed: no", StringComparison.Ordinal));
    }

    [Fact]
    public void A_pass_is_plain()
    {
        var run = Read(new JsonObject { ["status"] = "completed", ["run"] = new JsonArray() });
        Assert.Equal(ReportedVerdict.Passed, run.Verdict);
        Assert.Null(run.ExitCode);
        Assert.Null(run.Started);
    }

    private static JsonObject? Check(bool? met) => met is null ? null : new JsonObject
    {
        ["steady_state_met"] = met,
        ["probes"] = new JsonArray(new JsonObject
        {
            ["activity"] = new JsonObject { ["name"] = "p", ["type"] = "probe", ["tolerance"] = true },
            ["output"] = met,
            ["status"] = "succeeded",
            ["tolerance_met"] = met,
        }),
    };

    private static ReportedRun Read(JsonObject journal)
    {
        using var text = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(journal.ToJsonString()));
        var reading = JournalReader.Read(text, "journal.json");
        Assert.True(reading.IsRead, reading.Problem);
        return reading.Run;
    }

    private static IEnumerable<string> Names(JsonNode? node) => node switch
    {
        JsonObject entry when entry["activity"] is JsonObject activity => [(string)activity["name"]!],
        JsonObject all => all.SelectMany(static one => Names(one.Value)),
        JsonArray list => list.SelectMany(Names),
        _ => [],
    };
}
