using System.Text.Json.Nodes;
using Turbulence.Events;
using Turbulence.Runs;

namespace Turbulence.Testing.Tests;

public sealed class ExperimentTestTests : IDisposable
{
    private readonly TestRoom room = new();

    public void Dispose() => room.Dispose();

    [Fact]
    public async Task An_experiment_that_passes_comes_back_and_leaves_journal_and_report_with_the_test()
    {
        var outcome = await ChaosTest.RunAsync(Hidden(room.File("precious"), static () => true), options: room.Options);

        Assert.Equal(Verdict.Passed, outcome.Verdict);
        var attachments = TestContext.Current.Attachments!;
        Assert.Contains(attachments.Keys, static name => name.EndsWith("/report.html", StringComparison.Ordinal));
        var journal = attachments.Single(static one => one.Key.EndsWith("/journal.json", StringComparison.Ordinal)).Value;
        Assert.Equal("completed", (string?)JsonNode.Parse(journal.AsByteArray().ByteArray)!["status"]);
        Assert.True(room.IsClean);
    }

    [Fact]
    public async Task One_that_deviates_throws_what_a_stranger_has_to_know()
    {
        var isIn = false;
        var thrown = await Assert.ThrowsAsync<ChaosTestException>(() => ChaosTest.RunAsync(
            Hidden(room.File("precious"), () => !isIn, () => isIn = true), options: room.Options with { Seed = 7 }));

        Assert.Equal(Verdict.Deviated, thrown.Outcome!.Verdict);
        var lines = thrown.Message.Split('\n');
        Assert.Equal("Somebody hides a file: deviated", lines[0]);
        Assert.Equal("  why:       after the method: probe 'answers': output: expected true, got false", lines[1]);
        Assert.StartsWith("  done:      file.missing for ", lines.Single(static line => line.StartsWith("  done:", StringComparison.Ordinal)));
        Assert.Contains("  users:     not measured: no load was sent", lines);
        Assert.Contains("  as it was: yes: each fault was seen to be taken back", lines);
        Assert.True(File.Exists(lines.Single(static line => line.StartsWith("  report:", StringComparison.Ordinal))[13..]));
        Assert.True(File.Exists(lines.Single(static line => line.StartsWith("  journal:", StringComparison.Ordinal))[13..]));
        Assert.Equal("  again:     TURBULENCE_SEED=7 makes the same random choices", lines[^1]);
    }

    [Fact]
    public async Task One_that_is_wrong_is_not_run_and_each_mistake_is_named()
    {
        var wrong = Chaos.Experiment("Wrong").Method(static method => method
            .Fault("hide", "file.mising", [])
            .Add(new JsonObject { ["type"] = "probe", ["name"] = "nothing" }));

        var thrown = await Assert.ThrowsAsync<ChaosTestException>(() => ChaosTest.RunAsync(wrong, options: room.Options));

        Assert.Null(thrown.Outcome);
        Assert.StartsWith("the experiment was not run: ", thrown.Message, StringComparison.Ordinal);
        Assert.Contains("file.mising", thrown.Message, StringComparison.Ordinal);
        Assert.Contains("/method/1", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_is_looked_for_beside_the_assembly_and_above_it()
    {
        var thrown = await Assert.ThrowsAsync<ChaosTestException>(() => ChaosTest.RunAsync("nowhere/experiment.json", options: room.Options));
        Assert.Contains("nowhere/experiment.json", thrown.Message, StringComparison.Ordinal);

        // The repository's, some folders above this assembly.
        var refused = await Assert.ThrowsAsync<ChaosTestException>(
            () => ChaosTest.RunAsync("README.md", options: room.Options));
        Assert.DoesNotContain("not there", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_nobody_looked_at_is_no_pass()
    {
        var unseen = Chaos.Experiment("Unseen")
            .Method(method => method.Fault("hide", "file.missing", new() { ["path"] = room.File("precious") }));

        var thrown = await Assert.ThrowsAsync<ChaosTestException>(() => ChaosTest.RunAsync(unseen, options: room.Options));

        Assert.Equal(Verdict.Inconclusive, thrown.Outcome!.Verdict);
    }

    private static ExperimentBuilder Hidden(string file, Func<JsonNode?> answers, Action? meanwhile = null) => Chaos
        .Experiment("Somebody hides a file")
        .SteadyState("It answers", state => state.Probe("answers", answers, true))
        .Method(method => method.Fault("hide", "file.missing", new() { ["path"] = file }).Action("meanwhile", meanwhile ?? (static () => { })));
}
