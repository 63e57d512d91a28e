using System.Text.Json.Nodes;
using Turbulence.Reports.Comparisons;
using Turbulence.Reports.Runs;

namespace Turbulence.Reports.Tests.Comparisons;

public sealed class RunComparisonTests
{
    public static TheoryData<string> Names => [.. Samples.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_run_shows_nothing_otherwise_than_itself(string name)
    {
        var comparison = RunComparison.Of(Samples.Run(name), Samples.Run(name));
        Assert.Empty(comparison.Differences);
        Assert.Empty(comparison.Conditions);
        Assert.All(comparison.Figures, figure => Assert.Equal(figure.Base, figure.Head));
    }

    [Fact]
    public void Another_id_another_time_and_another_seed_are_nothing_that_it_has_shown()
    {
        var run = Samples.Run("passed");
        var other = File.ReadAllText(Samples.File("passed"))
            .Replace(run.RunId!, "another", StringComparison.Ordinal)
            .Replace(run.Faults[0].Id, "other", StringComparison.Ordinal)
            .Replace($"\"seed\": {run.Seed}", "\"seed\": 5", StringComparison.Ordinal)
            .Replace("2026-11-30", "2027-01-01", StringComparison.Ordinal);
        var comparison = RunComparison.Of(run, Samples.ReadText(other).Run!);
        Assert.Empty(comparison.Differences);
        Assert.Equal([$"the seed of the random choices: {run.Seed} → 5"], comparison.Conditions);
    }

    [Fact]
    public void A_probe_that_misses_now_and_the_verdict_are_told()
    {
        var comparison = RunComparison.Of(Samples.Run("passed"), Changed(journal =>
        {
            journal["turbulence"]!["verdict"] = "deviated";
            var entry = journal["turbulence"]!["timeline"]!.AsArray()
                .Last(line => (string?)line!["event"] == "activity-ended" && (string?)line["phase"] == "after")!;
            entry["tolerance_met"] = false;
        }));
        Assert.Equal(
            [("verdict", "passed", "deviated"), ("after: probe random-value-can-be-requested", "passed", "tolerance-missed")],
            comparison.Differences.Select(one => (one.What, one.Base, one.Head)));
        Assert.StartsWith("expected ", comparison.Differences[1].Why, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_new_and_what_is_gone_is_told()
    {
        var comparison = RunComparison.Of(Samples.Run("deviated"), Samples.Run("failed"));
        Assert.StartsWith("they are runs of two experiments: ", comparison.Conditions[0], StringComparison.Ordinal);
        Assert.Contains(comparison.Differences, one => one.Base is null);
        Assert.Contains(comparison.Differences, one => one.Head is null);
    }

    [Fact]
    public void A_fault_that_has_no_effect_any_more_is_told()
    {
        var comparison = RunComparison.Of(
            Samples.Run("passed"), Changed(journal => journal["turbulence"]!["faults"]![0]!["effect"]!["seen"] = false));
        Assert.Equal(("faults: effect of process.kill of kill-primary (1)", "without-effect"), comparison.Differences.Select(one => (one.What, one.Head)).Single());
    }

    private static ReportedRun Changed(Action<JsonNode> change)
    {
        var journal = JsonNode.Parse(File.ReadAllText(Samples.File("passed")))!;
        change(journal);
        return Samples.ReadText(journal.ToJsonString()).Run! with { Experiment = Samples.Run("passed").Experiment };
    }
}
