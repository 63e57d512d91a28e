using System.Text.Json.Nodes;
using Turbulence.Documents;
using Turbulence.Events;
using Turbulence.Experiments;
using Turbulence.Options;

namespace Turbulence.Tests.Running;

/// <summary>What was left out on request proves nothing: such a run says <c>dry</c>, exit code 0, and never <c>passed</c>.</summary>
public sealed class DryVerdictTests
{
    private static readonly JsonObject Dry = new() { ["dry"] = true };

    [Theory]
    [InlineData(DryMode.Probes, "this was a rehearsal (dry probes): not carried out: 'p'")]
    [InlineData(DryMode.Actions, "this was a rehearsal (dry actions): not carried out: 'a', 'r'")]
    [InlineData(DryMode.Activities, "this was a rehearsal (dry activities): not carried out: 'p', 'a', 'r'")]
    [InlineData(DryMode.Pause, "this was a rehearsal (dry pause): no pause was slept")]
    public async Task A_rehearsal_is_dry(DryMode mode, string reason)
    {
        var outcome = await new TestRun { Options = new RunOptions { Dry = mode } }.Probe("p").Action("a").Rollback("r").RunAsync();
        Assert.Equal((Verdict.Dry, 0, RunStatus.Completed, false), (outcome.Verdict, outcome.ExitCode, outcome.Status, outcome.Deviated));
        Assert.Equal([reason], outcome.Reasons);
    }

    [Theory]
    [InlineData(DryMode.Probes, Compatibility.None, true)]
    [InlineData(DryMode.Actions, Compatibility.None, false)]
    [InlineData(DryMode.Probes, Compatibility.ChaosToolkit, false)]
    public async Task A_check_of_which_every_probe_is_left_out_is_no_check(DryMode mode, Compatibility compatibility, bool expected)
    {
        var run = new TestRun { Options = new RunOptions { Dry = mode, Compatibility = compatibility } }.Probe("p").Probe("q").Action("a");
        await run.RunAsync();
        Assert.All(run.Events.OfType<HypothesisEnded>(), ended => Assert.Equal((true, expected), (ended.Run.Met, ended.Run.WasLeftOut)));
        Assert.NotEmpty(run.Events.OfType<HypothesisEnded>());
    }

    [Theory]
    [InlineData("probe")]
    [InlineData("action")]
    [InlineData("rollback")]
    public async Task An_activity_that_is_dry_by_itself_makes_the_run_dry(string which)
    {
        var run = new TestRun()
            .Probe("p", more: which == "probe" ? Dry : null)
            .Action("a", which == "action" ? Dry : null)
            .Rollback("r", which == "rollback" ? Dry : null);
        var outcome = await run.RunAsync();
        Assert.Equal((Verdict.Dry, 0), (outcome.Verdict, outcome.ExitCode));
        Assert.Equal($"'{which[0]}' was not carried out: its own dry says so", Assert.Single(outcome.Reasons));
    }

    [Fact]
    public async Task A_safeguard_that_is_dry_watches_over_nothing_and_says_so()
    {
        var safeguard = JsonNode.Parse(
            """{"name": "guard", "dry": true, "tolerance": true, "provider": {"type": "scripted", "key": "guard"}}""")!.AsObject();
        var run = new TestRun
        {
            Options = new RunOptions { Safeguards = [new Safeguard(new Activity(safeguard), TimeSpan.FromSeconds(1))] },
        }.Action("a");
        var outcome = await run.RunAsync();
        Assert.Equal(Verdict.Dry, outcome.Verdict);
        Assert.Contains("'guard' was not carried out", Assert.Single(outcome.Reasons), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_rehearsal_finds_all_the_same_is_its_verdict()
    {
        var run = new TestRun { Options = new RunOptions { Dry = DryMode.Actions } }.Probe("p").Action("a");
        run.Provider.Returns("p", true, false);
        var outcome = await run.RunAsync();
        Assert.Equal((Verdict.Deviated, 1), (outcome.Verdict, outcome.ExitCode));
        Assert.Equal(2, outcome.Reasons.Count);
    }

    [Fact]
    public async Task The_reference_ends_with_0_as_well_and_it_is_not_called_passed()
    {
        var run = new TestRun { Options = new RunOptions { Dry = DryMode.Probes, Compatibility = Compatibility.ChaosToolkit } }
            .Probe("p")
            .Action("a");
        var outcome = await run.RunAsync();
        Assert.Equal((Verdict.Dry, 0, RunStatus.Completed), (outcome.Verdict, outcome.ExitCode, outcome.Status));
    }
}
