using System.Text.Json.Nodes;
using Turbulence.Events;
using Turbulence.Experiments;
using Turbulence.Interruptions;
using Turbulence.Options;

namespace Turbulence.Tests.Running;

/// <summary>The verdicts of the default mode: every line of the design's table, and which of two wins.</summary>
public sealed class VerdictTests
{
    private static readonly ActivityResult Refused = ActivityResult.Failed("refused");
    private static readonly ActivityResult Broken = ActivityResult.Crashed("broken");

    [Fact]
    public async Task All_is_met_passes_with_0()
    {
        var run = new TestRun().Probe("p").Action("a").Rollback("r");
        var outcome = await run.RunAsync();
        Assert.Equal(
            (Verdict.Passed, 0, RunStatus.Completed, false), (outcome.Verdict, outcome.ExitCode, outcome.Status, outcome.Deviated));
        Assert.Empty(outcome.Reasons);
        Assert.Equal(["p", "a", "p", "r", "p"], run.Provider.Calls);
    }

    [Fact]
    public async Task A_gate_that_is_not_met_is_inconclusive_and_touches_nothing()
    {
        var run = new TestRun().Probe("p").Probe("q").Action("a").Rollback("r");
        run.Provider.Returns("p", false);
        var outcome = await run.RunAsync();
        Assert.Equal((Verdict.Inconclusive, 3, RunStatus.Failed), (outcome.Verdict, outcome.ExitCode, outcome.Status));
        Assert.Equal(["p", "q"], run.Provider.Calls);
        Assert.Contains(outcome.Reasons, reason => reason.Contains("'p'", StringComparison.Ordinal)
            && reason.Contains("expected true, got false", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_gate_whose_probe_is_refused_is_inconclusive_too()
    {
        var run = new TestRun().Probe("p").Action("a");
        run.Provider.On("p", Refused);
        Assert.Equal(3, (await run.RunAsync()).ExitCode);
    }

    [Fact]
    public async Task A_gate_whose_probe_is_broken_is_failed()
    {
        var run = new TestRun().Probe("p").Action("a");
        run.Provider.On("p", Broken);
        Assert.Equal(2, (await run.RunAsync()).ExitCode);
        Assert.DoesNotContain("a", run.Provider.Calls);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_steady_state_that_is_missed_after_the_method_deviates(bool refused)
    {
        var run = new TestRun().Probe("p").Action("a").Rollback("r");
        run.Provider.On(
            "p", ActivityResult.Succeeded(true), refused ? Refused : ActivityResult.Succeeded(false), ActivityResult.Succeeded(true));
        var outcome = await run.RunAsync();
        Assert.Equal(
            (Verdict.Deviated, 1, RunStatus.Completed, true), (outcome.Verdict, outcome.ExitCode, outcome.Status, outcome.Deviated));
        Assert.Contains("after the method", Assert.Single(outcome.Reasons), StringComparison.Ordinal);
        Assert.Contains("r", run.Provider.Calls);
    }

    [Fact]
    public async Task A_steady_state_that_does_not_come_back_after_the_rollbacks_deviates()
    {
        var run = new TestRun().Probe("p").Action("a").Rollback("r");
        run.Provider.Returns("p", true, true, false);
        var outcome = await run.RunAsync();
        Assert.Equal(1, outcome.ExitCode);
        Assert.Contains("after the rollbacks", Assert.Single(outcome.Reasons), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_tolerance_that_is_missed_in_the_method_deviates()
    {
        var run = new TestRun().Probe("p").MethodProbe("m", new JsonObject { ["tolerance"] = 5 });
        run.Provider.Returns("m", 4);
        var outcome = await run.RunAsync();
        Assert.Equal(1, outcome.ExitCode);
        Assert.Contains("expected 5, got 4", Assert.Single(outcome.Reasons), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_action_that_failed_is_failed_and_the_method_goes_on()
    {
        var run = new TestRun().Probe("p").Action("a").Action("b").Rollback("r");
        run.Provider.On("a", Refused);
        var outcome = await run.RunAsync();
        Assert.Equal((Verdict.Failed, 2, RunStatus.Failed), (outcome.Verdict, outcome.ExitCode, outcome.Status));
        Assert.Equal(["p", "a", "b", "p", "r", "p"], run.Provider.Calls);
    }

    [Fact]
    public async Task An_action_that_failed_wins_over_a_missed_steady_state_and_both_are_said()
    {
        var run = new TestRun().Probe("p").Action("a");
        run.Provider.On("a", Refused).Returns("p", true, false);
        var outcome = await run.RunAsync();
        Assert.Equal(2, outcome.ExitCode);
        Assert.Equal(2, outcome.Reasons.Count);
    }

    [Fact]
    public async Task A_missed_steady_state_wins_over_a_probe_of_the_method_that_is_broken()
    {
        var run = new TestRun().Probe("p").MethodProbe("m");
        run.Provider.On("m", Broken).Returns("p", true, false);
        Assert.Equal(1, (await run.RunAsync()).ExitCode);
    }

    [Fact]
    public async Task A_probe_of_the_method_that_failed_is_failed()
    {
        var run = new TestRun().Probe("p").MethodProbe("m");
        run.Provider.On("m", Refused);
        Assert.Equal(2, (await run.RunAsync()).ExitCode);
    }

    [Fact]
    public async Task A_background_activity_that_crashed_is_not_lost()
    {
        var run = new TestRun().Probe("p").Action("a", new JsonObject { ["background"] = true });
        run.Provider.On("a", _ => throw new InvalidOperationException("boom"));
        var outcome = await run.RunAsync();
        Assert.Equal(2, outcome.ExitCode);
        Assert.Contains("boom", Assert.Single(outcome.Reasons), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rollback_that_failed_asks_for_a_person_and_the_others_are_played()
    {
        var run = new TestRun().Probe("p").Action("a").Rollback("r").Rollback("s");
        run.Provider.On("r", Broken);
        var outcome = await run.RunAsync();
        Assert.Equal((Verdict.Passed, 5), (outcome.Verdict, outcome.ExitCode));
        Assert.Contains("s", run.Provider.Calls);
        Assert.Contains("by hand", Assert.Single(outcome.Reasons), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_interruption_ends_the_running_activity_and_its_pauses_and_plays_the_rollbacks()
    {
        var run = new TestRun { Time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider() }
            .Probe("p").Action("a", new JsonObject { ["pauses"] = new JsonObject { ["after"] = 3600 } }).Action("b").Rollback("r");
        run.OnEvent = happened =>
        {
            if (happened is PauseStarted)
            {
                run.Stop.Request(new Interruption(InterruptionCause.Keyboard, "Ctrl-C"));
            }
        };
        var outcome = await run.RunAsync();
        Assert.Equal((Verdict.Interrupted, 4, RunStatus.Interrupted), (outcome.Verdict, outcome.ExitCode, outcome.Status));
        Assert.Equal(["p", "a", "r"], run.Provider.Calls);
    }

    [Fact]
    public async Task An_interruption_before_the_method_plays_no_rollbacks()
    {
        var run = new TestRun().Probe("p").Action("a").Rollback("r");
        run.Provider.On("p", async token =>
        {
            run.Stop.Request(new Interruption(InterruptionCause.Termination, "SIGTERM"));
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token);
            return ActivityResult.Succeeded(true);
        });
        Assert.Equal(4, (await run.RunAsync()).ExitCode);
        Assert.Equal(["p"], run.Provider.Calls);
        Assert.Null(run.Run("p").End);
    }

    [Theory]
    [InlineData(1, true, 4)]
    [InlineData(2, true, 4)]
    [InlineData(3, false, 5)]
    public async Task Rollbacks_are_played_unless_somebody_insists(int requests, bool all, int exitCode)
    {
        var run = new TestRun().Action("a").Rollback("r").Rollback("s");
        run.Provider.On("r", token =>
        {
            for (var i = 0; i < requests; i++)
            {
                run.Stop.Request(new Interruption(InterruptionCause.Keyboard, "Ctrl-C"));
            }

            token.ThrowIfCancellationRequested();
            return ValueTask.FromResult(ActivityResult.Succeeded(null));
        });
        Assert.Equal(exitCode, (await run.RunAsync()).ExitCode);
        Assert.Equal(all, run.Provider.Calls.Contains("s"));
    }

    [Fact]
    public async Task An_observer_that_throws_is_dropped_and_the_rollbacks_are_played()
    {
        var run = new TestRun().Action("a").Rollback("r");
        run.Observers.Add(new Thrower());
        Assert.Equal(0, (await run.RunAsync()).ExitCode);
        Assert.Contains("r", run.Provider.Calls);
        Assert.Contains(run.Events.OfType<Notice>(), notice => notice.Text.Contains("disk full", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_reference_that_leads_nowhere_is_failed_and_the_rollbacks_are_played()
    {
        var run = new TestRun().Action("a", new JsonObject { ["ref"] = "nobody" }).Action("b").Rollback("r");
        Assert.Equal(2, (await run.RunAsync()).ExitCode);
        Assert.Equal(["b", "r"], run.Provider.Calls);
    }

    [Fact]
    public async Task The_time_limit_of_the_experiment_interrupts_it()
    {
        var time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider();
        var run = new TestRun { Time = time, Options = new RunOptions { Timeout = TimeSpan.FromSeconds(5) } }.Action("a").Rollback("r");
        run.Provider.On("a", async token =>
        {
            time.Advance(TimeSpan.FromSeconds(6));
            await Task.Delay(Timeout.InfiniteTimeSpan, time, token);
            return ActivityResult.Succeeded(null);
        });
        var outcome = await run.RunAsync();
        Assert.Equal(4, outcome.ExitCode);
        Assert.Contains("time limit", Assert.Single(outcome.Reasons), StringComparison.Ordinal);
        Assert.Contains("r", run.Provider.Calls);
    }

    private sealed class Thrower : IRunObserver
    {
        public void On(RunEvent happened) => throw new IOException("disk full");
    }
}
