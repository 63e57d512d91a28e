using Microsoft.Extensions.Time.Testing;

namespace Turbulence.Tests.Running;

/// <summary>A clock on which whoever waits has waited: time passes when somebody asks for it.</summary>
internal sealed class PassingTime : FakeTimeProvider
{
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        if (dueTime > TimeSpan.Zero)
        {
            // Not before the one who waits has its timer.
            _ = Task.Run(() => Advance(dueTime));
        }

        return timer;
    }
}
