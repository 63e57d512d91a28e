using System.Diagnostics;
using System.Globalization;
using Turbulence.Resident.Contracts;
using Turbulence.Resident.Threads;

namespace Turbulence.Resident.Faults;

/// <summary>
/// <c>dotnet.threadpool</c>: workers of the thread pool that are busy with nothing, as code does that blocks on tasks. Either so many, or
/// as many as it takes until what is queued waits for so long; the pool makes more threads all the while, and then more are held.
/// </summary>
internal sealed class ThreadPoolFault(Spec spec) : IInnerFault
{
    private const int MostHeld = 2000;
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Starved = TimeSpan.FromMilliseconds(100);

    private readonly ManualResetEventSlim over = new();
    private readonly long? workers = spec.Integer("workers");
    private readonly TimeSpan? queueDelay = spec.Seconds("queue_delay");
    private readonly int threadsBefore = ThreadPool.ThreadCount;
    private int asked;
    private int held;
    private long measured;
    private long longest;

    public void Begin()
    {
        for (var i = 0; i < (workers ?? 0); i++)
        {
            Hold();
        }

        GuestThread.Start("pool", Tend);
    }

    public Sight Look()
    {
        var delay = TimeSpan.FromTicks(Interlocked.Read(ref measured));

        // A pool that has no worker left makes a new one or two a second: until then the rest of those that are to be held wait like
        // everybody.
        var isEnough = TimeSpan.FromTicks(Interlocked.Read(ref longest)) >= (queueDelay ?? Starved)
            || (workers is { } wanted && Volatile.Read(ref held) >= Math.Min(wanted, MostHeld));
        return new Sight(isEnough, string.Create(
            CultureInfo.InvariantCulture,
            $"{Volatile.Read(ref held)} workers of the thread pool held, {threadsBefore} threads before and {ThreadPool.ThreadCount} now; what is queued waits {delay.TotalMilliseconds:0} ms ({TimeSpan.FromTicks(Interlocked.Read(ref longest)).TotalMilliseconds:0} at most)"));
    }

    public void End() => over.Set();

    // In a work item for each: where the pool has no thread for it, it waits in the queue like all the rest, and returns at once when it is
    // over.
    private void Hold()
    {
        asked++;
        ThreadPool.UnsafeQueueUserWorkItem(
            static fault =>
            {
                if (!fault.over.IsSet)
                {
                    Interlocked.Increment(ref fault.held);
                    fault.over.Wait();
                    Interlocked.Decrement(ref fault.held);
                }
            },
            this,
            preferLocal: false);
    }

    // Measures how long one that is queued waits, one after the other, and holds more of them where that is too short.
    private void Tend()
    {
        while (!over.IsSet)
        {
            var queued = Stopwatch.GetTimestamp();
            var begun = new ManualResetEventSlim();
            ThreadPool.UnsafeQueueUserWorkItem(static begun => begun.Set(), begun, preferLocal: false);
            while (!begun.Wait(Pace))
            {
                Take(Stopwatch.GetElapsedTime(queued));
                if (over.IsSet)
                {
                    return;
                }
            }

            Take(Stopwatch.GetElapsedTime(queued));
            if (queueDelay is { } wanted && TimeSpan.FromTicks(Interlocked.Read(ref measured)) < wanted)
            {
                // All that are asked for sit on threads: one more each time, as many at first as the pool has threads at all.
                var more = asked == 0 ? ThreadPool.ThreadCount + 1 : Math.Max(1, ThreadPool.ThreadCount - Volatile.Read(ref held));
                for (var i = 0; i < more && asked < MostHeld; i++)
                {
                    Hold();
                }
            }

            over.Wait(Pace);
        }
    }

    private void Take(TimeSpan waited)
    {
        Interlocked.Exchange(ref measured, waited.Ticks);
        if (waited.Ticks > Interlocked.Read(ref longest))
        {
            Interlocked.Exchange(ref longest, waited.Ticks);
        }
    }
}
