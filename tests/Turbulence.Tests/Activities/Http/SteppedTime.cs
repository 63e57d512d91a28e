using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;

namespace Turbulence.Tests.Activities.Http;

/// <summary>A clock that stands, and tells when a timer is set that would end something.</summary>
internal sealed class SteppedTime : FakeTimeProvider
{
    private readonly Channel<TimeSpan> set = Channel.CreateUnbounded<TimeSpan>();

    /// <summary>Waits until a limit of five seconds is set once more.</summary>
    public async Task LimitSetAsync() => await set.Reader.ReadAsync(TestContext.Current.CancellationToken);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new Timer(base.CreateTimer(callback, state, dueTime, period), set.Writer);

    private sealed class Timer(ITimer inner, ChannelWriter<TimeSpan> set) : ITimer
    {
        private int changes;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            var changed = inner.Change(dueTime, period);

            // The first is set when the request leaves; from then on each says that a piece of the body came.
            if (dueTime == TimeSpan.FromSeconds(5) && changes++ > 0)
            {
                set.TryWrite(dueTime);
            }

            return changed;
        }

        public void Dispose() => inner.Dispose();

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
