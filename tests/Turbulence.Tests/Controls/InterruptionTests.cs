using System.Text.Json.Nodes;
using Turbulence.Controls;
using Turbulence.Documents;
using Turbulence.Events;
using Turbulence.Experiments;
using Turbulence.Interruptions;
using Turbulence.Journals;
using Turbulence.Options;
using Turbulence.Tests.Running;

namespace Turbulence.Tests.Controls;

/// <summary>Section 9.4, interruptions: from every hook, in both modes.</summary>
public sealed class InterruptionTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    /// <summary>
    /// The hook, then what was played and the status and exit code, in compatibility mode and in the default mode. Capital letters are
    /// activities: P the probe, A the action, B the background action, R the rollback.
    /// </summary>
    public static TheoryData<string, string, string> Rows { get; } = new()
    {
        { "configure", "PABPR completed 0", " interrupted 4" },
        { "before_experiment", " interrupted 1", " interrupted 4" },
        { "before_hypothesis", " interrupted 1", " interrupted 4" },
        { "after_hypothesis", "P interrupted 1", "P interrupted 4" },
        { "before_method", "P interrupted 1", "P interrupted 4" },
        { "after_method", "PAB interrupted 1", "PABR interrupted 4" },
        { "before_rollback", "PABP interrupted 1", "PABPR interrupted 4" },
        { "after_rollback", "PABPR interrupted 1", "PABPR interrupted 4" },
        { "after_experiment", "PABPR completed 0", "PABPRP interrupted 4" },
        { "before_activity P", " interrupted 1", " interrupted 4" },
        { "after_activity P", "P interrupted 1", "P interrupted 4" },
        { "before_activity A", "P interrupted 1", "PR interrupted 4" },
        { "after_activity A", "PA interrupted 1", "PAR interrupted 4" },
        { "before_activity B", "PA interrupted 1", "PAR interrupted 4" },
        { "before_activity R", "PABP interrupted 1", "PABPR interrupted 4" },
        { "after_activity R", "PABPR interrupted 1", "PABPR interrupted 4" },
        { "cleanup", "PABPR completed 0", "PABPRP completed 0" },
    };

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task As_the_reference(string hook, string reference, string ours)
    {
        Assert.NotEmpty(ours);
        Assert.Equal(reference, await PlayAsync(hook, Compatibility.ChaosToolkit));
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task As_we_do(string hook, string reference, string ours)
    {
        Assert.NotEmpty(reference);
        Assert.Equal(ours, await PlayAsync(hook, Compatibility.None));
    }

    [Theory]
    [InlineData(Compatibility.None)]
    [InlineData(Compatibility.ChaosToolkit)]
    public async Task A_background_activity_s_control_stops_the_run(Compatibility compatibility)
    {
        var run = new TestRun { Options = new RunOptions { Compatibility = compatibility } }
            .Action("b", new JsonObject { ["background"] = true, ["controls"] = ScriptedControls.List("c") }).Action("long").Action(
                "never");
        run.Provider.On("long", async token =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token);
            return ActivityResult.Succeeded(true);
        });
        run.Controls.On("after_activity", "c", ControlResult.Interrupt("enough"));
        var outcome = await run.RunAsync();
        Assert.Equal(RunStatus.Interrupted, outcome.Status);
        Assert.DoesNotContain("never", run.Provider.Calls);
        Assert.Equal("enough", run.Events.OfType<RunInterrupted>().Single().Interruption.Message);
    }

    [Theory]
    [InlineData(Compatibility.None)]
    [InlineData(Compatibility.ChaosToolkit)]
    public async Task A_continuous_check_s_control_stops_the_run(Compatibility compatibility)
    {
        var run = new TestRun
        {
            Options = new RunOptions { Compatibility = compatibility, Hypothesis = HypothesisStrategy.DuringMethodOnly },
        }
            .Controlled("c").Probe("p").Action("long").Action("never");
        run.Provider.On("long", async token =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token);
            return ActivityResult.Succeeded(true);
        });
        run.Controls.On("after_hypothesis", "c", ControlResult.Interrupt("enough"));
        Assert.Equal(RunStatus.Interrupted, (await run.RunAsync()).Status);
        Assert.DoesNotContain("never", run.Provider.Calls);
    }

    [Fact]
    public async Task The_remaining_hooks_of_the_side_are_skipped_and_the_other_side_is_called()
    {
        var run = new TestRun().Controlled("a", "b", "c").Action("x");
        run.Controls.On("before_activity", "b", ControlResult.Interrupt("enough"));
        await run.RunAsync();
        Assert.Equal(["a x", "b x"], run.Controls.Of("before_activity"));
        Assert.Equal(["c x", "b x", "a x"], run.Controls.Of("after_activity"));
        Assert.Equal(["c t", "b t", "a t"], run.Controls.Of("after_method"));
        Assert.Equal(["c t", "b t", "a t"], run.Controls.Of("after_experiment"));
        Assert.Equal(["c", "b", "a"], run.Controls.Of("cleanup"));
    }

    [Fact]
    public async Task A_control_that_interrupts_at_every_hook_does_not_cost_a_rollback()
    {
        var run = new TestRun().Controlled("c").Action("a").Rollback("r1").Rollback("r2").Rollback("r3").Rollback("r4");
        run.Controls.On("after_activity", "c", ControlResult.Interrupt("enough"));
        var outcome = await run.RunAsync();
        Assert.Equal(["r1", "r2", "r3", "r4"], run.Activities(RunPhase.Rollbacks));
        Assert.Equal(4, outcome.ExitCode);
        Assert.Equal(["enough"], outcome.Reasons);
    }

    [Theory]
    [InlineData(20, true)]
    [InlineData(30, false)]
    public async Task An_exit_counts_as_an_exit_signal(int code, bool rollbacks)
    {
        var run = new TestRun().Controlled("c").Action("a").Rollback("r");
        run.Controls.On("after_activity", "c", ControlResult.Exit(code));
        Assert.Equal(RunStatus.Interrupted, (await run.RunAsync()).Status);
        Assert.Equal(rollbacks, run.RollbacksPlayed);
        Assert.Equal($"Received the exit signal: {code}", run.Events.OfType<RunInterrupted>().Single().Interruption.Message);
    }

    [Fact]
    public async Task A_hook_that_waits_ends_with_the_run_and_the_after_hooks_are_called()
    {
        var provider = new HangingControls("before_activity");
        var run = new TestRun { ControlProviders = new ControlProviders(provider) }.Controlled("c").Action("a");
        var running = run.RunAsync();
        await provider.Hanging.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        run.Stop.Request(new Interruption(InterruptionCause.Keyboard, "SIGINT"));
        var outcome = await running.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        Assert.Equal(RunStatus.Interrupted, outcome.Status);
        Assert.Empty(run.Provider.Calls);
        Assert.Contains("after_experiment", provider.Calls);
    }

    [Fact]
    public async Task Who_insists_does_not_wait_for_an_after_hook()
    {
        var provider = new HangingControls("after_activity");
        var run = new TestRun { ControlProviders = new ControlProviders(provider) }.Controlled("c").Action("a");
        var running = run.RunAsync();
        await provider.Hanging.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        for (var i = 0; i < RunStop.RequestsThatSkipRollbacks; i++)
        {
            run.Stop.Request(new Interruption(InterruptionCause.Keyboard, "SIGINT"));
        }

        Assert.Equal(
            RunStatus.Interrupted, (await running.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken)).Status);
    }

    private async Task<string> PlayAsync(string row, Compatibility compatibility)
    {
        var run = new TestRun { Options = new RunOptions { Compatibility = compatibility } }
            .Controlled("c")
            .Probe("P")
            .Action("A")
            .Action("B")
            .Rollback("R");
        using var journal = new JournalWriter(folder["journal.json"], new JournalHead("1"), run.Time);
        run.Journal = journal;
        run.Observers.Add(journal);
        var (hook, about) = row.Split(' ') is [var first, var second] ? (first, second) : (row, null);
        var once = 0;
        run.Controls.On(hook, "c", call => about is null || call.Context["name"]?.GetValue<string>() == about
            ? Interlocked.Increment(ref once) == 1 ? ControlResult.Interrupt("enough") : ControlResult.Continue
            : ControlResult.Continue);
        run.Controls.Setup(hook, "c", _ => ControlResult.Interrupt("enough"));
        var outcome = await run.RunAsync();
        var written = JsonNode.Parse(await File.ReadAllTextAsync(folder["journal.json"]))!;
        var status = outcome.Status.ToString().ToLowerInvariant();
        Assert.Equal(status, written["status"]!.GetValue<string>());
        return $"{string.Concat(run.Provider.Calls)} {status} {outcome.ExitCode}";
    }
}
