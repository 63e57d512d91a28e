using System.Text.Json.Nodes;
using Turbulence.Events;
using Turbulence.Faults.Contracts;
using Turbulence.Faults.Sessions;

namespace Turbulence.Faults.Tests.Sessions;

public sealed class FaultSessionTests : IDisposable
{
    private readonly Room room = new();
    private readonly WaitedTime time = new();
    private readonly ScriptedKind kind = new();
    private readonly List<string> told = [];

    public void Dispose() => room.Dispose();

    [Fact]
    public async Task A_fault_goes_its_way_and_each_step_is_on_disk_before_the_next()
    {
        await using var session = Session();
        kind.Inject = (_, _) =>
        {
            Assert.Equal(FaultState.Injecting, Assert.Single(room.Ledger.Read().Faults).State);
            return ValueTask.FromResult(StepResult.Done);
        };
        kind.Revert = () =>
        {
            Assert.Equal(FaultState.Reverting, Assert.Single(room.Ledger.Read().Faults).State);
            return ValueTask.FromResult(StepResult.Done);
        };

        var injection = await InjectAsync(session);

        Assert.Null(injection.Problem);
        Assert.Equal("it is in", injection.Record!.Effect!.Text);
        Assert.Equal(FaultState.Active, Assert.Single(room.Ledger.Read().Faults).State);
        Assert.True(session.HasOutstanding);
        var reverted = Assert.Single(await session.RevertAllAsync());
        Assert.Equal("it is gone", reverted.Confirmation!.Text);
        Assert.Equal(["Planned", "Injecting", "Active", "Reverting", "Reverted", "Confirmed"], told);
        Assert.Equal(
            ["inject Injecting", $"observe Injecting {{\"id\":\"{reverted.Id}\"}}", "revert Reverting", "check Reverted"], kind.Asked);
        Assert.False(session.HasOutstanding);
    }

    [Fact]
    public async Task A_duration_ends_a_fault_on_time()
    {
        await using var session = Session();
        var injection = await InjectAsync(session, duration: 5);
        Assert.Equal(time.GetUtcNow().AddSeconds(5), injection.Record!.Due);
        await time.WaitedForAsync(TimeSpan.FromSeconds(5));
        time.Advance(TimeSpan.FromSeconds(5) - TimeSpan.FromTicks(1));
        Assert.True(session.HasOutstanding);
        time.Advance(TimeSpan.FromTicks(1));
        await Eventually.HoldsAsync(() => !session.HasOutstanding);
        Assert.Equal(1, kind.Asked.Count(asked => asked.StartsWith("revert", StringComparison.Ordinal)));
        await session.RevertAllAsync();
        Assert.Equal(1, kind.Asked.Count(asked => asked.StartsWith("revert", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task What_could_not_be_injected_is_taken_back_at_once()
    {
        await using var session = Session();
        kind.Inject = static (_, _) => ValueTask.FromResult(StepResult.Failed("no way"));
        var injection = await InjectAsync(session);
        Assert.Equal("no way", injection.Problem);
        Assert.False(injection.IsWithoutEffect);
        Assert.Equal(FaultState.Confirmed, injection.Record!.State);
        Assert.Equal(["inject Injecting", "revert Reverting", "check Reverted"], kind.Asked);
    }

    [Fact]
    public async Task A_mistake_in_a_kind_is_a_failure_like_any_other()
    {
        await using var session = Session();
        kind.Inject = static (_, _) => throw new InvalidOperationException("oops");
        var injection = await InjectAsync(session);
        Assert.Equal("InvalidOperationException: oops", injection.Problem);
        Assert.Equal(FaultState.Confirmed, injection.Record!.State);
    }

    [Fact]
    public async Task A_fault_without_effect_is_taken_back_and_says_so()
    {
        await using var session = Session();
        kind.Observe = static () => new Evidence(false, "it answers as before");
        var injection = await InjectAsync(session);
        Assert.True(injection.IsWithoutEffect);
        Assert.Equal("it answers as before", injection.Problem);
        Assert.Equal(FaultState.Confirmed, injection.Record!.State);
    }

    [Fact]
    public async Task A_cancelled_injection_is_taken_back()
    {
        await using var session = Session();
        using var cancelling = new CancellationTokenSource();
        kind.Inject = async (_, token) =>
        {
            await cancelling.CancelAsync();
            await Task.Delay(Timeout.InfiniteTimeSpan, time, token);
            return StepResult.Done;
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => InjectAsync(session, stopping: cancelling.Token));
        Assert.Equal(FaultState.Confirmed, Assert.Single(await session.RevertAllAsync()).State);
        Assert.Equal(["inject Injecting", "revert Reverting", "check Reverted"], kind.Asked);
    }

    [Fact]
    public async Task What_was_taken_back_while_somebody_waited_for_it_is_not_taken_back_again()
    {
        await using var session = Session();
        using var cancelling = new CancellationTokenSource();
        TaskCompletionSource begun = new();
        kind.Inject = async (_, token) =>
        {
            begun.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, time, token);
            return StepResult.Done;
        };
        var injecting = InjectAsync(session, stopping: cancelling.Token);
        await begun.Task;
        var ending = session.RevertAllAsync();
        await cancelling.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => injecting);
        await Eventually.HoldsAsync(() => !session.HasOutstanding);
        await Eventually.HoldsAsync(() =>
        {
            time.Advance(TimeSpan.FromSeconds(1));
            return ending.IsCompleted;
        });
        Assert.Equal(FaultState.Confirmed, Assert.Single(await ending).State);
        Assert.Equal(["inject Injecting", "revert Reverting", "check Reverted"], kind.Asked);
    }

    [Fact]
    public async Task A_cancelled_injection_does_not_wait_for_its_undo_which_goes_on_and_is_the_only_one()
    {
        await using var session = Session();
        using var cancelling = new CancellationTokenSource();
        var (begun, held) = Hold(kind);
        kind.Inject = async (_, token) =>
        {
            await cancelling.CancelAsync();
            token.ThrowIfCancellationRequested();
            return StepResult.Done;
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            InjectAsync(session, stopping: cancelling.Token).WaitAsync(RunnerProcess.Deadline, TestContext.Current.CancellationToken));
        await begun.Task;
        var ending = session.RevertAllAsync();
        Assert.False(ending.IsCompleted);
        held.SetResult();
        Assert.Equal(FaultState.Confirmed, Assert.Single(await ending).State);
        Assert.Equal(["inject Injecting", "revert Reverting", "check Reverted"], kind.Asked);
    }

    [Fact]
    public async Task A_slow_undo_that_is_going_on_holds_up_no_other()
    {
        ScriptedKind slow = new("slow") { Targets = [new("slow", "slow")] }, fast = new("fast") { Targets = [new("fast", "fast")] };
        await using var session = Session(new FaultKinds(slow, fast));
        var (begun, held) = Hold(slow);
        Assert.Null((await InjectAsync(session, fast)).Problem);
        Assert.Null((await InjectAsync(session, slow, duration: 5)).Problem);
        await time.WaitedForAsync(TimeSpan.FromSeconds(5));
        time.Advance(TimeSpan.FromSeconds(5));
        await begun.Task;

        var ending = session.RevertAllAsync();
        await Eventually.HoldsAsync(() => session.Faults.Any(fault => fault is { Kind: "fast", State: FaultState.Confirmed }));
        Assert.False(ending.IsCompleted);
        held.SetResult();
        Assert.All(await ending, fault => Assert.Equal(FaultState.Confirmed, fault.State));
        Assert.Single(slow.Asked, "revert Reverting");
    }

    [Fact]
    public async Task A_target_that_a_fault_is_being_taken_back_from_is_waited_for()
    {
        await using var session = Session();
        using var cancelling = new CancellationTokenSource();
        var (begun, held) = Hold(kind);
        var inject = kind.Inject;
        kind.Inject = async (_, token) =>
        {
            await cancelling.CancelAsync();
            token.ThrowIfCancellationRequested();
            return StepResult.Done;
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => InjectAsync(session, stopping: cancelling.Token));
        await begun.Task;
        kind.Inject = inject;
        var again = InjectAsync(session);
        Assert.False(again.IsCompleted);
        held.SetResult();
        Assert.Null((await again).Problem);
    }

    [Fact]
    public async Task What_is_not_as_before_is_tried_again_and_told_when_it_stays_so()
    {
        await using var session = Session();
        await InjectAsync(session);
        kind.Check = static () => new Evidence(false, "port 8001 is silent");
        var reverting = session.RevertAllAsync();
        await PassAsync(0.1, 0.3, 1);
        var left = Assert.Single(await reverting);
        Assert.Equal(FaultState.Reverted, left.State);
        Assert.Equal("not as before: port 8001 is silent", left.Problem);
        Assert.Equal(4, kind.Asked.Count(asked => asked == "revert Reverting"));
        Assert.True(session.HasOutstanding);
        Assert.Equal(left.Problem, Assert.Single(room.Ledger.Read().Faults).Problem);
    }

    [Fact]
    public async Task A_kind_that_never_comes_back_is_given_up()
    {
        await using var session = Session();
        await InjectAsync(session);
        kind.Revert = static async () =>
        {
            await new TaskCompletionSource().Task;
            return StepResult.Done;
        };
        var reverting = session.RevertAllAsync();
        await PassAsync(60, 5, 0.1, 0.3, 1);
        Assert.Contains("still goes on", Assert.Single(await reverting).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_target_under_a_fault_is_refused_until_that_is_gone()
    {
        await using var session = Session();
        await InjectAsync(session);
        var second = await InjectAsync(session);
        Assert.StartsWith("the thing is still under the fault", second.Problem, StringComparison.Ordinal);
        Assert.Null(second.Record);
        Assert.Equal(1, kind.Asked.Count(asked => asked.StartsWith("inject", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Faults_are_taken_back_the_last_one_first()
    {
        List<string> order = [];
        var kinds = new[] { "one", "two", "three" }.Select(name =>
        {
            var made = new ScriptedKind(name) { Targets = [new FaultTarget(name, name)] };
            made.Revert = () =>
            {
                order.Add(name);
                return ValueTask.FromResult(StepResult.Done);
            };
            return made;
        }).ToArray();
        await using var session = Session(new FaultKinds(kinds));
        foreach (var each in kinds)
        {
            Assert.Null((await InjectAsync(session, each)).Problem);
            time.Advance(TimeSpan.FromSeconds(1));
        }

        await session.RevertAllAsync();
        Assert.Equal(["three", "two", "one"], order);
    }

    [Fact]
    public async Task An_irreversible_fault_is_refused_unless_allowed_and_then_confirmed_at_the_end()
    {
        var final = new ScriptedKind { IsIrreversible = true };
        await using var session = Session(new FaultKinds(final));
        Assert.Contains("\"irreversible\": true", (await InjectAsync(session, final)).Problem, StringComparison.Ordinal);
        Assert.Empty(final.Asked);
        var allowed = await session.InjectAsync(
            new FaultOrder("a", final, Request(), AllowIrreversible: true), TestContext.Current.CancellationToken);
        Assert.Equal(FaultState.Active, allowed.Record!.State);
        Assert.Equal(FaultState.Confirmed, Assert.Single(await session.RevertAllAsync()).State);
        Assert.DoesNotContain("revert Reverting", final.Asked);
    }

    [Fact]
    public async Task More_targets_than_allowed_and_none_at_all_are_refused()
    {
        var many = new ScriptedKind { Targets = [new("a", "process 1"), new("b", "process 2")] };
        await using var session = Session(new FaultKinds(many));
        Assert.Equal(
            "test.scripted would hit 2 targets, and max_targets is 1: process 1, process 2", (await InjectAsync(session, many)).Problem);
        Assert.Equal("test.scripted has found nothing to hit", (await InjectAsync(session, new ScriptedKind { Targets = [] })).Problem);
        Assert.Empty(room.Ledger.Read().Faults);
    }

    [Fact]
    public async Task Without_a_guardian_nothing_is_injected()
    {
        await using var session = Session(guardian: new NoGuardian("no more processes"));
        Assert.Equal("without a guardian no fault is injected: no more processes", (await InjectAsync(session)).Problem);
        Assert.Empty(kind.Asked);
    }

    [Fact]
    public async Task A_run_that_lost_its_faults_injects_nothing_any_more()
    {
        await using var session = Session();
        room.Ledger.MarkLost("run", "the guardian took over");
        Assert.Equal("no fault is injected any more: the guardian took over", (await InjectAsync(session)).Problem);
        Assert.Empty(kind.Asked);
    }

    [Fact]
    public async Task After_the_end_nothing_is_injected_any_more()
    {
        await using var session = Session();
        await session.RevertAllAsync();
        Assert.Contains("the run is at its end", (await InjectAsync(session)).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_kind_saves_is_on_disk_when_it_goes_on()
    {
        await using var session = Session();
        kind.Inject = async (tools, _) =>
        {
            await tools.SaveAsync(new JsonObject { ["child"] = 7 });
            Assert.Equal(7, Assert.Single(room.Ledger.Read().Faults).Undo["child"]!.GetValue<int>());
            return StepResult.Done;
        };
        var injection = await InjectAsync(session);
        Assert.Equal("{\"child\":7}", injection.Record!.Undo.ToJsonString());
        Assert.Contains("observe Injecting {\"child\":7}", kind.Asked);
    }

    private static FaultRequest Request(double duration = 0) =>
        new("", [], "/") { Duration = duration > 0 ? TimeSpan.FromSeconds(duration) : null };

    private FaultSession Session(FaultKinds? kinds = null, NoGuardian? guardian = null) => new(
        room.Ledger, Records.Run(), kinds ?? new FaultKinds(kind), guardian ?? new NoGuardian(), ["self"], time, new Random(1),
        record =>
        {
            if (told.LastOrDefault() != record.State.ToString())
            {
                told.Add(record.State.ToString());
            }
        });

    private Task<FaultInjection> InjectAsync(
        FaultSession session, IFaultKind? other = null, double duration = 0, CancellationToken? stopping = null) =>
        session.InjectAsync(new FaultOrder("a", other ?? kind, Request(duration)), stopping ?? TestContext.Current.CancellationToken);

    /// <summary>Makes an undo say when it has begun, and wait until it is let go.</summary>
    private static (TaskCompletionSource Begun, TaskCompletionSource Held) Hold(ScriptedKind kind)
    {
        TaskCompletionSource begun = new(), held = new();
        kind.Revert = async () =>
        {
            begun.TrySetResult();
            await held.Task;
            return StepResult.Done;
        };
        return (begun, held);
    }

    /// <summary>Moves the clock, which else stands still, past each of these waits, in seconds, as soon as somebody has begun it.</summary>
    private async Task PassAsync(params double[] waits)
    {
        foreach (var wait in waits.Select(TimeSpan.FromSeconds))
        {
            await time.WaitedForAsync(wait);
            time.Advance(wait);
        }
    }
}
