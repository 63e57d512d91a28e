using Microsoft.Extensions.Time.Testing;
using Turbulence.Activities;

namespace Turbulence.Tests.Activities;

/// <summary>One large output at a time, and nobody is kept for ever or fails because of the others.</summary>
public sealed class OutputTurnTests
{
    private const long Large = 10_000_000;

    [Fact]
    public async Task Large_outputs_wait_for_each_other_and_small_ones_for_nobody()
    {
        using var gate = new SemaphoreSlim(1);
        using var first = new OutputTurn(gate, TimeProvider.System);
        using var second = new OutputTurn(gate, TimeProvider.System);
        using var small = new OutputTurn(gate, TimeProvider.System);
        await first.TakeAsync(Large, TestContext.Current.CancellationToken);
        var waiting = second.TakeAsync(Large, TestContext.Current.CancellationToken).AsTask();
        Assert.True(small.TakeAsync(1000, TestContext.Current.CancellationToken).AsTask().IsCompletedSuccessfully);
        Assert.False(waiting.IsCompleted);
        await first.TakeAsync(Large, TestContext.Current.CancellationToken);
        first.Leave();
        await waiting;
        Assert.Equal(0, gate.CurrentCount);
        second.Leave();
        second.Leave();
        Assert.Equal(1, gate.CurrentCount);
    }

    [Fact]
    public async Task Who_is_told_to_end_meanwhile_goes_on_without_a_turn_and_does_not_fail()
    {
        var time = new FakeTimeProvider();
        using var gate = new SemaphoreSlim(0);
        using var turn = new OutputTurn(gate, time);
        using var limit = new CancellationTokenSource();
        var waiting = turn.TakeAsync(Large, limit.Token).AsTask();
        await limit.CancelAsync();
        Assert.False(waiting.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(6));
        await waiting;
        turn.Leave();
        Assert.Equal(0, gate.CurrentCount);
    }
}
