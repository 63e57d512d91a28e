using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Turbulence.Platform.Sockets;
using Turbulence.Proxy.Buffers;

namespace Turbulence.Proxy.Loops;

/// <summary>
/// One thread that carries connections: it waits for sockets, timers and what other threads post to it, and does all of a connection's work itself, so that nothing of a
/// connection is locked. What runs on it must not wait.
/// <code>
///   wait (sockets, next timer, posted) ─▶ posted ─▶ ready sockets ─▶ work that gave way ─▶ timers that are due ─┐
///     ▲                                                                                                        │
///     └────────────────────────────────────────────────────────────────────────────────────────────────────────┘
/// </code>
/// </summary>
internal sealed class ProxyLoop : IAsyncDisposable
{
    private const int Batch = 256;
    private const int TrimMilliseconds = 1000;

    private readonly SocketPoll poll;
    private readonly ConcurrentQueue<Action> posted = new();
    private readonly TimerHeap timers = new();
    private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly LoopTimer trim;
    private readonly ITimer? alarm;
    private readonly int thread;
    private readonly long mostHeld;
    private ILoopSocket?[] sockets = new ILoopSocket?[64];
    private uint[] generations = new uint[64];
    private readonly Stack<int> freePlaces = new();
    private int places;
    private List<ILoopWork> gaveWay = [];
    private List<ILoopWork> goingOn = [];
    private readonly List<ILoopWork> starved = [];
    private bool isEnding;

    /// <summary>Starts one.</summary>
    /// <param name="number">Its number among those of a server.</param>
    /// <param name="time">The clock.</param>
    /// <param name="portable">Whether it waits by <c>select</c> in any case.</param>
    /// <param name="mostHeld">How many bytes may be on their way before those that keep some have to wait.</param>
    public ProxyLoop(int number, TimeProvider time, bool portable, long mostHeld)
    {
        Number = number;
        this.mostHeld = mostHeld;
        Clock = new LoopClock(time);
        poll = SocketPoll.Create(portable);
        alarm = Clock.IsReal ? null : Clock.Alarm(poll.Wake);
        trim = new LoopTimer(Trim);
        var started = new Thread(Run, maxStackSize: 512 * 1024) { IsBackground = true, Name = $"proxy {number}" };
        thread = started.ManagedThreadId;
        started.Start();
    }

    /// <summary>Its number among those of a server.</summary>
    public int Number { get; }

    /// <summary>Its clock.</summary>
    public LoopClock Clock { get; }

    /// <summary>Its blocks.</summary>
    public BlockPool Pool { get; } = new();

    /// <summary>What all of its connections read into, one after the other: one that is idle needs no memory for it.</summary>
    public byte[] Scratch { get; } = GC.AllocateUninitializedArray<byte>(BlockPool.Largest, pinned: true);

    /// <summary>How many sockets it waits for.</summary>
    public int SocketCount => places - freePlaces.Count;

    /// <summary>How many timers are set.</summary>
    public int TimerCount => timers.Count - (trim.Place >= 0 ? 1 : 0);

    /// <summary>Whether so much is on its way that nobody who keeps some should take more.</summary>
    public bool IsShortOfMemory => Pool.LentBytes > mostHeld;

    /// <summary>The last thing that went wrong on it and never should, beside connections; null for nothing.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>Whether its thread is there.</summary>
    public bool IsRunning => !ended.Task.IsCompleted;

    /// <summary>Whether this thread is the loop's.</summary>
    public bool IsHere => Environment.CurrentManagedThreadId == thread;

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

    /// <summary>Goes on with this when there is memory again.</summary>
    public void WaitForMemory(ILoopWork work) => starved.Add(work);

    /// <summary>Sets a timer, or sets it anew.</summary>
    public void Set(LoopTimer timer, long due) => timers.Set(timer, due);

    /// <summary>Stops a timer.</summary>
    public void Stop(LoopTimer timer) => timers.Stop(timer);

    /// <summary>Lets memory that was given back to the pool be the system's, if nobody needs it soon.</summary>
    public void TrimSoon()
    {
        // A clock that stands still would never end the wait.
        if (trim.Place < 0 && Clock.IsReal)
        {
            timers.Set(trim, Clock.Now + Clock.Milliseconds(TrimMilliseconds));
        }
    }

    /// <summary>Ends the thread, once what was posted is done. Its sockets have been closed before.</summary>
    public async ValueTask DisposeAsync()
    {
        Post(() => isEnding = true);
        await ended.Task;
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

    private void Trim()
    {
        Pool.Trim();
        if (Pool.HasSpare)
        {
            TrimSoon();
        }
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
            Pool.Dispose();
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
                work.Continue();
            }

            goingOn.Clear();
        }

        while (timers.Next is { } timer && timer.Due <= Clock.Now)
        {
            timers.Stop(timer);
            Guard(timer.Ring);
        }

        if (starved.Count > 0 && !IsShortOfMemory)
        {
            gaveWay.AddRange(starved);
            starved.Clear();
        }
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
