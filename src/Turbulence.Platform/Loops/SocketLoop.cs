using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Turbulence.Platform.Sockets;

namespace Turbulence.Platform.Loops;

/// <summary>
/// One thread that carries connections: it waits for sockets, timers and what other threads post to it, and does all of a connection's work
/// itself, so that nothing of a connection is locked. Its timers are those of the processor, not the 4 ms of .NET's. What runs on it must
/// not wait.
/// <code>
///   wait (sockets, next timer, posted) ─▶ posted ─▶ ready sockets ─▶ work that gave way ─▶ timers that are due ─┐
///     ▲                                                                                                        │
///     └────────────────────────────────────────────────────────────────────────────────────────────────────────┘
/// </code>
/// </summary>
internal class SocketLoop : IAsyncDisposable
{
    private const int Batch = 256;

    private readonly SocketPoll poll;
    private readonly ConcurrentQueue<Action> posted = new();
    private readonly TimerHeap timers = new();
    private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ITimer? alarm;
    private readonly Thread thread;
    private ILoopSocket?[] sockets = new ILoopSocket?[64];
    private uint[] generations = new uint[64];
    private readonly Stack<int> freePlaces = new();
    private int places;
    private List<ILoopWork> gaveWay = [];
    private List<ILoopWork> goingOn = [];
    private bool isEnding;

    /// <summary>Prepares one; <see cref="Start"/> starts its thread.</summary>
    /// <param name="name">What its thread is called.</param>
    /// <param name="time">The clock.</param>
    /// <param name="portable">Whether it waits by <c>select</c> in any case.</param>
    /// <exception cref="IOException">There are no open files or no memory left for it.</exception>
    public SocketLoop(string name, TimeProvider time, bool portable = false)
    {
        Clock = new LoopClock(time);
        poll = SocketPoll.Create(portable);
        alarm = Clock.IsReal ? null : Clock.Alarm(poll.Wake);
        thread = new Thread(Run, maxStackSize: 512 * 1024) { IsBackground = true, Name = name };
    }

    /// <summary>Its clock.</summary>
    public LoopClock Clock { get; }

    /// <summary>How many sockets it waits for.</summary>
    public int SocketCount => places - freePlaces.Count;

    /// <summary>How many timers are set.</summary>
    public virtual int TimerCount => timers.Count;

    /// <summary>The last thing that went wrong on it and never should, beside connections; null for nothing.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>Whether its thread is there.</summary>
    public bool IsRunning => !ended.Task.IsCompleted;

    /// <summary>Whether this thread is the loop's.</summary>
    public bool IsHere => Environment.CurrentManagedThreadId == thread.ManagedThreadId;

    /// <summary>Starts its thread.</summary>
    public void Start() => thread.Start();

    /// <summary>Has something done on the loop, soon. Any thread may call it.</summary>
    public void Post(Action action)
    {
        posted.Enqueue(action);
        if (!IsHere)
        {
            poll.Wake();
        }
    }

    /// <summary>Has something done on the loop; ends when it was done, or when the loop has ended before.</summary>
    public Task RunAsync(Action action)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Post(() =>
        {
            try
            {
                action();
                done.SetResult();
            }
#pragma warning disable CA1031 // Whatever it is, it belongs to who asked.
            catch (Exception failure)
#pragma warning restore CA1031
            {
                done.SetException(failure);
            }
        });
        return Task.WhenAny(done.Task, ended.Task).Unwrap();
    }

    /// <summary>Begins to wait for a connection.</summary>
    /// <returns>The key to end it with; 0 where the system has no memory for it.</returns>
    public long Watch(NonBlockingSocket socket, ILoopSocket target) => Register(target, key => poll.TryAdd(socket, key));

    /// <summary>Begins to wait for connections to accept.</summary>
    /// <returns>The key to end it with; 0 where the system has no memory for it.</returns>
    public long WatchListener(NonBlockingSocket socket, ILoopSocket target) => Register(target, key => poll.TryAddListener(socket, key));

    /// <summary>Waits for a socket no more, which stays open.</summary>
    public void Unwatch(NonBlockingSocket socket, long key)
    {
        poll.Remove(socket);
        Free(key);
    }

    /// <summary>Waits for a socket no more, which is closed right after this.</summary>
    public void Forget(NonBlockingSocket socket, long key)
    {
        poll.Forget(socket);
        Free(key);
    }

    /// <summary>A call found nothing to read, or no room to write.</summary>
    public void Await(NonBlockingSocket socket, SocketReadiness readiness) => poll.Await(socket, readiness);

    /// <summary>Goes on with this after the others have had their turn.</summary>
    public void GiveWay(ILoopWork work) => gaveWay.Add(work);

    /// <summary>Sets a timer, or sets it anew.</summary>
    public void Set(LoopTimer timer, long due) => timers.Set(timer, due);

    /// <summary>Stops a timer.</summary>
    public void Stop(LoopTimer timer) => timers.Stop(timer);

    /// <summary>Ends the thread, once what was posted is done. Its sockets have been closed before.</summary>
    public async ValueTask DisposeAsync()
    {
        Post(() => isEnding = true);
        await ended.Task;
        GC.SuppressFinalize(this);
    }

    /// <summary>A turn is over; called on its thread.</summary>
    protected virtual void OnTurned()
    {
    }

    /// <summary>The last turn is over; called on its thread.</summary>
    protected virtual void OnEnded()
    {
    }

    private long Register(ILoopSocket target, Func<long, bool> add)
    {
        if (!freePlaces.TryPop(out var place))
        {
            place = ++places;
            if (place >= sockets.Length)
            {
                Array.Resize(ref sockets, place * 2);
                Array.Resize(ref generations, place * 2);
            }
        }

        sockets[place] = target;
        var key = ((long)(generations[place] & int.MaxValue) << 32) | (uint)place;
        if (add(key))
        {
            return key;
        }

        sockets[place] = null;
        freePlaces.Push(place);
        return 0;
    }

    private void Free(long key)
    {
        var place = (int)key;
        sockets[place] = null;
        generations[place]++;
        freePlaces.Push(place);
    }

    [SuppressMessage("Design", "CA1031", Justification = "Whatever it is, who waits for the loop has to hear of it.")]
    private void Run()
    {
        try
        {
            while (!isEnding || !posted.IsEmpty)
            {
                Turn();
            }

            ended.TrySetResult();
        }
        catch (Exception failure)
        {
            ended.TrySetException(failure);
        }
        finally
        {
            alarm?.Dispose();
            poll.Dispose();
            OnEnded();
        }
    }

    private void Turn()
    {
        Span<SocketEvent> ready = stackalloc SocketEvent[Batch];
        var count = poll.Wait(ready, Patience());
        while (posted.TryDequeue(out var action))
        {
            Guard(action);
        }

        foreach (var (key, readiness) in ready[..count])
        {
            var place = (int)key;
            // What was closed a moment ago may still be in the batch, and its place somebody else's.
            if (sockets[place] is { } target && (generations[place] & int.MaxValue) == (uint)(key >> 32))
            {
                Guard(target, readiness);
            }
        }

        if (gaveWay.Count > 0)
        {
            (goingOn, gaveWay) = (gaveWay, goingOn);
            foreach (var work in goingOn)
            {
                Guard(work);
            }

            goingOn.Clear();
        }

        while (timers.Next is { } timer && timer.Due <= Clock.Now)
        {
            timers.Stop(timer);
            Guard(timer.Ring);
        }

        OnTurned();
    }

    // Whatever goes wrong with one, the others go on.
    [SuppressMessage("Design", "CA1031", Justification = "It is kept, and the loop is what everybody else lives on.")]
    private void Guard(Action action)
    {
        try
        {
            action();
        }
        catch (Exception failure)
        {
            Failure = failure;
        }
    }

    // Apart, since a delegate of it would be made each time.
    [SuppressMessage("Design", "CA1031", Justification = "It is kept, and the loop is what everybody else lives on.")]
    private void Guard(ILoopWork work)
    {
        try
        {
            work.Continue();
        }
        catch (Exception failure)
        {
            Failure = failure;
        }
    }

    [SuppressMessage("Design", "CA1031", Justification = "It is kept, and the loop is what everybody else lives on.")]
    private void Guard(ILoopSocket target, SocketReadiness readiness)
    {
        try
        {
            target.Ready(readiness);
        }
        catch (Exception failure)
        {
            Failure = failure;
        }
    }

    private long Patience()
    {
        if (gaveWay.Count > 0 || !posted.IsEmpty || isEnding)
        {
            return 0;
        }

        if (timers.Next is not { } next)
        {
            return SocketPoll.Forever;
        }

        var left = Clock.Until(next.Due);
        if (alarm is null || left == 0)
        {
            return left;
        }

        // Time goes on only when somebody moves it, which may have happened since we looked.
        alarm.Change(TimeSpan.FromTicks(Math.Max(1, left / 100)), Timeout.InfiniteTimeSpan);
        return Clock.Until(next.Due) == 0 ? 0 : SocketPoll.Forever;
    }
}
