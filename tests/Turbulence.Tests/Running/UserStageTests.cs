using System.Text.Json.Nodes;
using Turbulence.Documents;
using Turbulence.Events;
using Turbulence.Experiments;
using Turbulence.Interruptions;
using Turbulence.Options;
using Turbulence.Running.Users;
using Turbulence.Values;

namespace Turbulence.Tests.Running;

/// <summary>
/// The users are there from before the gate until after the closing check, whatever becomes of the run, and decide nothing without a
/// tolerance.
/// </summary>
public sealed class UserStageTests
{
    private readonly List<string> order = [];

    [Fact]
    public async Task They_come_before_the_gate_and_go_after_the_closing_check()
    {
        var run = Run().Probe("p").Action("a").Rollback("r");
        foreach (var name in (ReadOnlySpan<string>)["p", "a", "r"])
        {
            run.Provider.OnCall(name, (_, _) =>
            {
                order.Add(name);
                return ValueTask.FromResult(ActivityResult.Succeeded(true));
            });
        }

        var outcome = await run.RunAsync();
        Assert.Equal(["begin", "p", "a", "p", "r", "p", "end"], order);
        Assert.Equal((Verdict.Passed, "users: 7 requests, 3 lost"), (outcome.Verdict, Assert.Single(outcome.Notes)));
        Assert.Equal(3, (int)Assert.Single(run.Events.OfType<UsersMeasured>()).Figures["lost"]!);
        Assert.IsType<RunEnded>(run.Events[^1]);
    }

    [Fact]
    public async Task What_keeps_them_out_fails_the_run_before_anything_is_done()
    {
        var run = Run("there is nobody").Probe("p").Action("a");
        var outcome = await run.RunAsync();
        Assert.Equal((Verdict.Failed, "users: there is nobody"), (outcome.Verdict, Assert.Single(outcome.Reasons)));
        Assert.Equal(["begin"], order);
        Assert.Empty(run.Events.OfType<ActivityStarted>());
        Assert.Empty(run.Events.OfType<UsersMeasured>());
    }

    [Fact]
    public async Task They_see_an_interrupted_run_to_its_end()
    {
        var run = Run().Action("a").Rollback("r");
        run.Provider.OnCall("a", (_, _) =>
        {
            run.Stop.Request(new Interruption(InterruptionCause.Keyboard, "enough"));
            return ValueTask.FromResult(ActivityResult.Succeeded(true));
        });
        run.Provider.OnCall("r", (_, _) =>
        {
            order.Add("r");
            return ValueTask.FromResult(ActivityResult.Succeeded(true));
        });
        Assert.Equal(Verdict.Interrupted, (await run.RunAsync()).Verdict);
        Assert.Equal(["begin", "r", "cancel"], order);
    }

    [Fact]
    public async Task Those_who_never_came_since_the_run_was_stopped_are_not_ended()
    {
        var run = Run().Action("a");
        run.Stop.Request(new Interruption(InterruptionCause.Keyboard, "enough"));
        var outcome = await run.RunAsync();
        Assert.Equal(Verdict.Interrupted, outcome.Verdict);
        Assert.DoesNotContain("cancel", order);
        Assert.Empty(run.Events.OfType<UsersMeasured>());
    }

    [Fact]
    public async Task A_secret_in_what_keeps_them_out_is_masked()
    {
        var run = new TestRun
        {
            Users = new Scripted(order, "rate must be a number, not s3cr3t-rate", ""),
            Values = new ResolvedValues([], new JsonObject { ["scope"] = new JsonObject { ["key"] = "s3cr3t-rate" } }),
        };
        Assert.Equal("users: rate must be a number, not *****", Assert.Single((await run.Action("a").RunAsync()).Reasons));
    }

    [Fact]
    public async Task A_rehearsal_has_none()
    {
        await Run(options: new RunOptions { Dry = DryMode.Actions }).Action("a").RunAsync();
        Assert.Empty(order);
    }

    [Fact]
    public async Task Secrets_are_in_nothing_that_is_told_of_them()
    {
        var run = new TestRun
        {
            Users = new Scripted(order, null, "users: s3cr3t-class 5"),
            Values = new ResolvedValues([], new JsonObject { ["scope"] = new JsonObject { ["key"] = "s3cr3t-class" } }),
        };
        await run.Action("a").RunAsync();
        Assert.DoesNotContain(
            "s3cr3t", Assert.Single(run.Events.OfType<UsersProgressed>()).Progress.ToJsonString(), StringComparison.Ordinal);
        var told = Assert.Single(run.Events.OfType<UsersMeasured>());
        Assert.Equal("users: ***** 5", Assert.Single(told.Lines));
        Assert.DoesNotContain("s3cr3t", told.Figures.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_an_activity_measured_in_vain_is_no_pass()
    {
        var run = new TestRun().Probe("p").Action("load");
        run.Provider.OnCall(
            "load",
            static (_, _) => ValueTask.FromResult(ActivityResult.Inconclusive("the load was late.", new JsonObject { ["lost"] = 0 })));
        var outcome = await run.RunAsync();
        Assert.Equal((Verdict.Inconclusive, 3), (outcome.Verdict, outcome.ExitCode));
        Assert.Equal("in the method: what 'load' measured proves nothing: the load was late", Assert.Single(outcome.Reasons));
    }

    [Theory]
    [InlineData(5, Verdict.Passed)]
    [InlineData(50, Verdict.Inconclusive)]
    public async Task What_is_in_doubt_meets_a_tolerance_and_misses_none(int milliseconds, Verdict verdict)
    {
        var run = new TestRun()
            .Probe("p")
            .Action("load", new JsonObject { ["tolerance"] = new JsonObject { ["type"] = "range", ["range"] = new JsonArray(0, 10) } });
        run.Provider.OnCall(
            "load", (_, _) => ValueTask.FromResult(ActivityResult.Succeeded(milliseconds) with { Doubt = "the load was late" }));
        var outcome = await run.RunAsync();
        Assert.Equal(verdict, outcome.Verdict);
        Assert.Equal(
            verdict == Verdict.Passed ? [] : ["in the method: what 'load' measured proves nothing: the load was late"], outcome.Reasons);
    }

    [Fact]
    public async Task What_they_felt_beyond_their_tolerance_is_a_deviation()
    {
        var run = Judged(missed: ["users: p99 71.0 ms, at most 50.0 ms"], unproven: ["users: nobody knows"]).Probe("p").Action("a");
        var outcome = await run.RunAsync();
        Assert.Equal(
            (Verdict.Deviated, true, "users: p99 71.0 ms, at most 50.0 ms"),
            (outcome.Verdict, outcome.Deviated, Assert.Single(outcome.Reasons)));
    }

    [Fact]
    public async Task What_nobody_knows_of_their_tolerance_is_no_pass()
    {
        var outcome = await Judged(unproven: ["users: p99, at most 50.0 ms, is not known"]).Probe("p").Action("a").RunAsync();
        Assert.Equal(
            (Verdict.Inconclusive, false, "users: p99, at most 50.0 ms, is not known"),
            (outcome.Verdict, outcome.Deviated, Assert.Single(outcome.Reasons)));
    }

    [Fact]
    public async Task What_they_felt_of_a_system_that_was_not_well_before_is_nothing_that_the_method_did()
    {
        var run = Judged(missed: ["users: lost 3 of 7 requests, at most 0"]).Probe("p", false).Action("a");
        var outcome = await run.RunAsync();
        Assert.Equal((Verdict.Inconclusive, false), (outcome.Verdict, outcome.Deviated));
        Assert.DoesNotContain("users: lost 3 of 7 requests, at most 0", outcome.Reasons);
    }

    [Fact]
    public async Task The_reference_knows_no_users_and_is_told_of_what_they_felt()
    {
        var run = Judged(
            missed: ["users: p99 71.0 ms, at most 50.0 ms"],
            unproven: ["users: nobody knows"],
            options: new RunOptions { Compatibility = Compatibility.ChaosToolkit }).Probe("p").Action("a");
        var outcome = await run.RunAsync();
        Assert.Equal(
            (Verdict.Passed, false, "users: p99 71.0 ms, at most 50.0 ms"),
            (outcome.Verdict, outcome.Deviated, Assert.Single(outcome.Reasons)));
    }

    [Fact]
    public async Task A_steady_state_that_was_measured_in_vain_after_the_method_is_no_pass()
    {
        var calls = 0;
        var run = new TestRun().Probe("p", new JsonObject { ["type"] = "range", ["range"] = new JsonArray(0, 10) }).Action("a");
        run.Provider.OnCall(
            "p",
            (_, _) => ValueTask.FromResult(++calls == 2 ? ActivityResult.Inconclusive("the load was late") : ActivityResult.Succeeded(5)));
        var outcome = await run.RunAsync();
        Assert.Equal(Verdict.Inconclusive, outcome.Verdict);
        Assert.Contains("after the method: what 'p' measured proves nothing: the load was late", outcome.Reasons);
    }

    private TestRun Judged(IReadOnlyList<string>? missed = null, IReadOnlyList<string>? unproven = null, RunOptions? options = null) =>
        new()
        {
            Users = new Scripted(order, null, "users: 7 requests, 3 lost")
            {
                Missed = missed ?? [],
                Unproven = unproven ?? [],
                IsJudged = true,
            },
            Options = options ?? new RunOptions()
        };

    private TestRun Run(string? problem = null, RunOptions? options = null) =>
        new() { Users = new Scripted(order, problem, "users: 7 requests, 3 lost"), Options = options ?? new RunOptions() };

    private sealed class Scripted(List<string> order, string? problem, string line) : IUserLoad
    {
        public bool IsJudged { get; init; }

        public IReadOnlyList<string> Missed { get; init; } = [];

        public IReadOnlyList<string> Unproven { get; init; } = [];

        public ValueTask<string?> StartAsync(
            ResolvedValues values, int seed, Action<JsonObject> progress, CancellationToken cancellationToken)
        {
            cancellationToken.ThrowIfCancellationRequested();
            order.Add("begin");
            progress(new JsonObject { ["requests"] = 2, ["class"] = line });
            return ValueTask.FromResult(problem);
        }

        public ValueTask<UsersMeasured> EndAsync(DateTimeOffset now, CancellationToken cancellationToken)
        {
            order.Add(cancellationToken.IsCancellationRequested ? "cancel" : "end");
            return ValueTask.FromResult(new UsersMeasured(now, new JsonObject
            {
                ["intended"] = 7,
                ["lost"] = 3,
                ["outcomes"] = new JsonObject { [line] = 1 },
            }, [line])
            { Missed = Missed, Unproven = Unproven });
        }
    }
}
