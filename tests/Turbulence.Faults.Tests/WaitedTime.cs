using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;

namespace Turbulence.Faults.Tests;

/// <summary>
/// A clock that stands still until it is moved, and tells who waits on it: whoever moves it only then moves it past nobody.
/// </summary>
internal sealed class WaitedTime : FakeTimeProvider
{
    private readonly Channel<TimeSpan> waits = Channel.CreateUnbounded<TimeSpan>();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        waits.Writer.TryWrite(dueTime);
        return timer;
    }

    /// <summary>Returns when somebody has begun to wait for that long. Each such wait is told once.</summary>
    public async Task WaitedForAsync(TimeSpan time)
    {
        using var deadline = new CancellationTokenSource(RunnerProcess.Deadline);
        while (await waits.Reader.ReadAsync(deadline.Token) != time)
        {
        }
    }
}
