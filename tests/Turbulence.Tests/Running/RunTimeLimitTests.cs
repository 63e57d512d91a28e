using Microsoft.Extensions.Time.Testing;
using Turbulence.Controls;
using Turbulence.Events;
using Turbulence.Experiments;
using Turbulence.Interruptions;
using Turbulence.Options;
using Turbulence.Tests.Controls;
using Turbulence.Tests.Running.Faults;

namespace Turbulence.Tests.Running;

/// <summary>
/// What the time limit of the experiment covers: everything from the first code of others to the rollbacks, and not these.
/// </summary>
public sealed class RunTimeLimitTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);
    private readonly FakeTimeProvider time = new();

    [Theory]
    [InlineData("rollback")]
    [InlineData("faults")]
    [InlineData("closing")]
    public async Task The_time_limit_does_not_run_on_through_rollbacks_taking_back_and_the_last_check(string slow)
    {
        var keeper = new ScriptedKeeper { OnTakeBack = _ => Pass(slow == "faults") };
        var run = new TestRun { Time = time, Faults = keeper, Options = new RunOptions { Timeout = TimeSpan.FromSeconds(5) } }
            .Probe("p")
            .Action("a")
            .Rollback("r");
        run.Provider
            .On("r", _ => Passing(slow == "rollback"))
            .On("p", _ => Passing(slow == "closing" && run.Provider.Calls.Count(call => call == "p") == 3));
        var outcome = await run.RunAsync();
        Assert.Equal(0, outcome.ExitCode);
        Assert.Empty(outcome.Reasons);
        Assert.Equal(["p", "a", "p", "r", "p"], run.Provider.Calls);
    }

    [Fact]
    public async Task The_time_limit_counts_from_where_it_was_begun_before_the_run()
    {
        var stop = new TestRun { Time = time };
        using var limit = new RunTimeLimit(TimeSpan.FromSeconds(5), stop.Stop, time);
        time.Advance(TimeSpan.FromSeconds(4));
        var run = new TestRun
        {
            Time = time,
            TimeLimit = limit,
            Options = new RunOptions { Timeout = TimeSpan.FromSeconds(5) },
        }.Action("a");
        stop.Stop.Requested += (interruption, _) => run.Stop.Request(interruption);
        run.Provider.On("a", token =>
        {
            time.Advance(TimeSpan.FromSeconds(2));
            token.ThrowIfCancellationRequested();
            return ValueTask.FromResult(ActivityResult.Succeeded(null));
        });
        var outcome = await run.RunAsync();
        Assert.Equal(4, outcome.ExitCode);
        Assert.Equal("the experiment took longer than its time limit of 5 s", Assert.Single(outcome.Reasons));
    }

    [Fact]
    public void A_time_limit_does_not_insist_as_a_person_does()
    {
        using var stop = new RunStop();
        using var limit = new RunTimeLimit(TimeSpan.FromSeconds(5), stop, time);
        stop.Request(new Interruption(InterruptionCause.Keyboard, "Ctrl-C"));
        stop.Request(new Interruption(InterruptionCause.Keyboard, "Ctrl-C"));
        time.Advance(TimeSpan.FromSeconds(5));
        Assert.False(stop.Rollbacks.IsCancellationRequested);
    }

    [Theory]
    [InlineData("before_activity")]
    [InlineData("after_activity")]
    [InlineData("before_method")]
    [InlineData("after_method")]
    public async Task A_hook_that_hangs_ends_with_the_time_of_the_experiment_and_those_that_follow_are_called(string hook)
    {
        var controls = new HangingControls(hook) { Once = true };
        var run = new TestRun
        {
            Time = time,
            ControlProviders = new ControlProviders(controls),
            Options = new RunOptions { Timeout = TimeSpan.FromSeconds(5), Rollbacks = RollbackStrategy.Always },
        }.Controlled("first", "second").Action("a").Rollback("r");
        var running = run.RunAsync();
        await controls.Hanging.Task.WaitAsync(Deadline, TimeProvider.System, TestContext.Current.CancellationToken);
        time.Advance(TimeSpan.FromSeconds(6));
        var outcome = await running.WaitAsync(Deadline, TimeProvider.System, TestContext.Current.CancellationToken);
        Assert.Equal((4, "the experiment took longer than its time limit of 5 s"), (outcome.ExitCode, Assert.Single(outcome.Reasons)));
        Assert.Equal(["r"], run.Provider.Calls.Where(call => call == "r"));
        Assert.Equal(2, controls.Calls.Count(call => call == "after_method"));
        Assert.Equal(
            hook.StartsWith("after", StringComparison.Ordinal) ? 1 : 0,
            run
                .Notices(NoticeLevel.Warning)
                .Count(text => text.EndsWith($" was ended in {hook}: the time limit of the experiment is over", StringComparison.Ordinal)));
    }

    private void Pass(bool really) => time.Advance(really ? TimeSpan.FromSeconds(60) : TimeSpan.Zero);

    private ValueTask<ActivityResult> Passing(bool really)
    {
        Pass(really);
        return ValueTask.FromResult(ActivityResult.Succeeded(true));
    }
}
