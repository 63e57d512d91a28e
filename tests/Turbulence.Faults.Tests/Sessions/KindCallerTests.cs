using System.Text.Json.Nodes;
using System.Threading.Channels;
using Turbulence.Faults.Contracts;
using Turbulence.Faults.Sessions;

namespace Turbulence.Faults.Tests.Sessions;

public sealed class KindCallerTests
{
    private readonly WaitedTime time = new();
    private readonly ScriptedKind kind = new();
    private readonly StepsUnderWay steps = new();
    private readonly FaultRecord record = Records.Fault();
    private readonly List<JsonObject> saved = [];

    private FaultTools Tools => new(time, [], undo =>
    {
        saved.Add(undo);
        return ValueTask.CompletedTask;
    });

    [Fact]
    public async Task A_step_that_was_cancelled_is_waited_for_and_what_it_writes_down_until_then_counts()
    {
        using var cancelling = new CancellationTokenSource();
        TaskCompletionSource begun = new(), goOn = new();
        kind.Inject = async (tools, _) =>
        {
            begun.SetResult();
            await goOn.Task;
            await tools.SaveAsync(new JsonObject { ["child"] = 1 });
            throw new OperationCanceledException();
        };
        var injecting = new KindCaller(kind, time, steps).InjectAsync(record, Tools, cancelling.Token);
        await begun.Task;
        await cancelling.CancelAsync();
        await time.WaitedForAsync(KindCaller.Grace);
        Assert.False(injecting.IsCompleted);
        goOn.SetResult();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => injecting);
        Assert.Single(saved);
    }

    [Fact]
    public async Task One_that_does_not_end_is_given_up_and_nothing_is_begun_or_written_down_behind_its_back()
    {
        using var cancelling = new CancellationTokenSource();
        TaskCompletionSource begun = new(), goOn = new(), refused = new();
        kind.Inject = async (tools, _) =>
        {
            begun.SetResult();
            await goOn.Task;
            try
            {
                await tools.SaveAsync([]);
            }
            finally
            {
                refused.SetResult();
            }

            return StepResult.Done;
        };
        var caller = new KindCaller(kind, time, steps);
        var injecting = caller.InjectAsync(record, Tools, cancelling.Token);
        await begun.Task;
        await cancelling.CancelAsync();
        await time.WaitedForAsync(KindCaller.Grace);
        time.Advance(KindCaller.Grace);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => injecting);

        Assert.Contains("still goes on", (await caller.RevertAsync(record, Tools)).Problem, StringComparison.Ordinal);
        Assert.False((await caller.CheckAsync(record, Tools)).Seen);
        Assert.True((await caller.RevertAsync(record with { Id = record.Id + "b" }, Tools)).IsDone);
        goOn.SetResult();
        await refused.Task;
        await Eventually.HoldsAsync(() => !steps.Has(record.Id));
        Assert.Empty(saved);
        Assert.True((await caller.RevertAsync(record, Tools)).IsDone);
    }

    [Fact]
    public async Task A_step_that_says_that_it_goes_on_has_its_limit_again_and_one_that_is_silent_is_given_up()
    {
        var pieces = Channel.CreateUnbounded<bool>();
        var done = Channel.CreateUnbounded<bool>();
        kind.RevertWith = async tools =>
        {
            await foreach (var _ in pieces.Reader.ReadAllAsync(TestContext.Current.CancellationToken))
            {
                tools.GoesOn();
                await done.Writer.WriteAsync(true);
            }

            return StepResult.Done;
        };
        var caller = new KindCaller(kind, time, steps);
        var reverting = caller.RevertAsync(record, Tools);
        await time.WaitedForAsync(KindCaller.StepLimit);
        for (var i = 0; i < 3; i++)
        {
            await pieces.Writer.WriteAsync(true, TestContext.Current.CancellationToken);
            await done.Reader.ReadAsync(TestContext.Current.CancellationToken);
            time.Advance(KindCaller.StepLimit - TimeSpan.FromSeconds(1));
        }

        Assert.False(reverting.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(1));
        await time.WaitedForAsync(KindCaller.Grace);
        time.Advance(KindCaller.Grace);
        Assert.Contains("did not end within 60 s", (await reverting).Problem, StringComparison.Ordinal);
        pieces.Writer.Complete();
        await Eventually.HoldsAsync(() => !steps.Has(record.Id));
    }

    [Fact]
    public async Task The_lock_of_a_fault_is_kept_while_a_step_of_it_goes_on()
    {
        TaskCompletionSource goOn = new();
        steps.Add(record.Id, goOn.Task);
        using var held = new Held();
        steps.Hold(record.Id, held).Dispose();
        Assert.False(held.IsDisposed);
        goOn.SetResult();
        await Eventually.HoldsAsync(() => held.IsDisposed);
        using var next = new Held();
        await Eventually.HoldsAsync(() => !steps.Has(record.Id));
        steps.Hold(record.Id, next).Dispose();
        Assert.True(next.IsDisposed);
    }

    [Fact]
    public async Task One_that_blocks_its_thread_holds_up_no_other()
    {
        using var other = new ManualResetEventSlim();
        kind.Revert =
            () => ValueTask.FromResult(other.Wait(RunnerProcess.Deadline) ? StepResult.Done : StepResult.Failed("it was held up"));
        var second = new ScriptedKind
        {
            Revert = () =>
            {
                other.Set();
                return ValueTask.FromResult(StepResult.Done);
            },
        };
        var results = await Task.WhenAll(
            new KindCaller(kind, time, steps).RevertAsync(record, Tools),
            new KindCaller(second, time, steps).RevertAsync(record with { Id = record.Id + "b" }, Tools));
        Assert.All(results, result => Assert.Null(result.Problem));
    }

    private sealed class Held : IDisposable
    {
        public volatile bool IsDisposed;

        public void Dispose() => IsDisposed = true;
    }
}
