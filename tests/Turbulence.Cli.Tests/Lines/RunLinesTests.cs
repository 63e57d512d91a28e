using Turbulence.Cli.Lines;
using Turbulence.Documents;
using Turbulence.Events;
using Turbulence.Interruptions;

namespace Turbulence.Cli.Tests.Lines;

/// <summary>The last lines of a run say one thing.</summary>
public sealed class RunLinesTests
{
    private const string Weakness = "The steady-state has deviated, a weakness may have been discovered";

    [Theory]
    [InlineData(Verdict.Failed, 2, RunStatus.Failed, "failed")]
    [InlineData(Verdict.Inconclusive, 3, RunStatus.Failed, "failed")]
    [InlineData(Verdict.Interrupted, 4, RunStatus.Interrupted, "interrupted")]
    public void A_miss_that_is_not_the_verdict_is_not_called_a_weakness(Verdict verdict, int exitCode, RunStatus status, string word)
    {
        var lines = Lines(
            new RunOutcome(status, Deviated: true, verdict, exitCode == 5, ["after the method: probe 'p': expected 1, got 2"]));
        Assert.DoesNotContain(Weakness, lines);
        Assert.Contains($"Experiment ended with status: {word}", lines);
        Assert.Contains("  because after the method: probe 'p': expected 1, got 2", lines);
    }

    [Fact]
    public void A_miss_that_is_the_verdict_is()
    {
        var lines = Lines(new RunOutcome(RunStatus.Completed, Deviated: true, Verdict.Deviated, NeedsAPerson: false, []));
        Assert.Equal(["Experiment ended with status: deviated", Weakness], lines[..2]);
    }

    [Fact]
    public void The_reference_calls_every_miss_so()
    {
        var outcome = new RunOutcome(RunStatus.Interrupted, Deviated: true, Verdict.Interrupted, NeedsAPerson: false, [])
        {
            Compatibility = Compatibility.ChaosToolkit,
        };
        Assert.Equal(["Experiment ended with status: deviated", Weakness], Lines(outcome)[..2]);
    }

    [Fact]
    public void A_dry_run_never_says_passed()
    {
        var lines = Lines(new RunOutcome(
            RunStatus.Completed, Deviated: false, Verdict.Dry, NeedsAPerson: false, ["'p' was not carried out: its own dry says so"]));
        Assert.Equal("Verdict: dry (exit code 0) after 1.0 s", lines[1]);
        Assert.DoesNotContain(lines, line => line.Contains("passed", StringComparison.Ordinal));
    }

    [Fact]
    public void A_check_that_was_left_out_is_not_called_met()
    {
        var run = new HypothesisRun(RunPhase.Gate, "h", 0, Met: true, []) { WasLeftOut = true };
        Assert.Equal("Steady state hypothesis is not checked: its probes are left out", Assert.Single(HypothesisLines.Of(run)).Text);
    }

    private static string[] Lines(RunOutcome outcome) =>
        [.. RunLines.Of(new RunEnded(RecordedRun.Begin, outcome, TimeSpan.FromSeconds(1))).Select(line => line.Text)];
}
