using Turbulence.Load.Connections;
using Turbulence.Load.Outcomes;
using Turbulence.Load.Requests;
using Turbulence.Platform.Loops;

namespace Turbulence.Load.Driving;

/// <summary>
/// Sends the requests of a load when they are due, and accounts for each: whatever is due is launched, whatever was launched ends once. All of it goes on on one loop.
/// <code>
///   due ─ Launch ─┬ a connection that waits ─▶ carried ─┬ answered, refused, reset ─┐
///                 ├ room for another one ────▶ carried  └ deadline ─ timed out ─────┼─▶ Record
///                 └ none ─▶ queue ─▶ carried, or deadline ─ never sent ─────────────┘
/// </code>
/// </summary>
internal sealed class LoadDriver : ILoadCarrier, ILoopWork
{
    // Others have their turn after so many.
    private const int Batch = 64;
    private const int ScratchBytes = 64 << 10;

    private readonly LoadPlan plan;
    private readonly IReadOnlyList<RequestBytes> requests;
    private readonly IReadOnlyList<LoadOrigin> origins;
    private readonly ILoadSink sink;
    private readonly RequestMix mix;
    private readonly Random random;
    private readonly IEnumerator<long> moments;
    private readonly LoopTimer pace;
    private readonly Queue<LoadExchange> queue = new();
    private readonly Stack<LoadExchange> exchanges = new();
    private readonly Stack<LoadConnection> connections = new();
    private readonly HashSet<LoadConnection> open = [];
    private readonly TaskCompletionSource done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly long timeout;
    private long begun;
    private long last;
    private long next;
    private int owed;
    private bool isSettled;
    private bool hasWork;

    /// <summary>Prepares it.</summary>
    /// <param name="plan">What is sent, and when.</param>
    /// <param name="requests">The plan's requests, ready to be sent.</param>
    /// <param name="origins">Whom each is for.</param>
    /// <param name="loop">Carries it.</param>
    /// <param name="sink">Told of each request.</param>
    public LoadDriver(LoadPlan plan, IReadOnlyList<RequestBytes> requests, IReadOnlyList<LoadOrigin> origins, SocketLoop loop, ILoadSink sink)
    {
        this.plan = plan;
        this.requests = requests;
        this.origins = origins;
        this.sink = sink;
        Loop = loop;
        Judge = new AnswerJudge(plan.Classes);
        random = new Random(plan.Seed);
        Random = new Random(random.Next());
        mix = new RequestMix(plan.Requests);
        moments = plan.Schedule.Moments(new Random(random.Next())).GetEnumerator();
        pace = new LoopTimer(LaunchDue);
        timeout = loop.Clock.Milliseconds(plan.Timeout.TotalMilliseconds);
        Scratch = GC.AllocateUninitializedArray<byte>(Math.Max(ScratchBytes, requests.Max(static request => request.Length)), pinned: true);
    }

    /// <inheritdoc/>
    public SocketLoop Loop { get; }

    /// <inheritdoc/>
    public AnswerJudge Judge { get; }

    /// <inheritdoc/>
    public byte[] Scratch { get; }

    /// <inheritdoc/>
    public Random Random { get; }

    /// <summary>When it began, in the loop's ticks; 0 before that.</summary>
    public long Begun => begun;

    /// <summary>How many requests were due until now.</summary>
    public long Intended { get; private set; }

    /// <summary>How many of them have not ended.</summary>
    public int InFlight { get; private set; }

    /// <summary>What the system had no more of; null where it had all that was needed.</summary>
    public string? Shortage { get; private set; }

    /// <summary>Ends when every request that was due has ended.</summary>
    public Task Done => done.Task;

    /// <summary>Begins; called on the loop.</summary>
    public void Start()
    {
        begun = Loop.Clock.Now;
        if (IsClosedModel)
        {
            last = begun + Ticks((long)plan.Schedule.Duration.TotalNanoseconds);
            owed = plan.Schedule.Users;
            GiveWay();
        }
        else
        {
            Advance();
            LaunchDue();
        }
    }

    /// <summary>Sends nothing more; called on the loop. What was sent ends by itself.</summary>
    public void Finish()
    {
        Loop.Stop(pace);
        (isSettled, owed) = (true, 0);
        EndIfOver();
    }

    /// <summary>Ends it now; called on the loop. What has not ended is cancelled.</summary>
    public void Cancel()
    {
        Loop.Stop(pace);
        (isSettled, owed) = (true, 0);
        foreach (var exchange in open.Select(static connection => connection.Exchange).OfType<LoadExchange>().Concat(queue).ToList())
        {
            exchange.Connection?.Close();
            Record(exchange, RequestOutcome.Cancelled, 0);
        }

        queue.Clear();
        CloseAll();
        EndIfOver();
    }

    /// <summary>Closes the connections that are left; called on the loop.</summary>
    public void CloseAll()
    {
        foreach (var connection in open)
        {
            connection.Close();
        }

        open.Clear();
    }

    /// <inheritdoc/>
    public void Continue()
    {
        hasWork = false;
        for (var count = 0; count < Batch && queue.Count > 0 && open.Count < plan.Connections.Most; count++)
        {
            Carry(queue.Dequeue());
        }

        if (queue.Count > 0 && open.Count < plan.Connections.Most)
        {
            GiveWay();
        }

        if (IsClosedModel)
        {
            LaunchOwed();
        }
        else if (!isSettled)
        {
            LaunchDue();
        }
    }

    /// <inheritdoc/>
    public void Ended(LoadConnection connection, LoadExchange exchange, RequestOutcome outcome, int answerClass)
    {
        Record(exchange, outcome, answerClass);
        if (!connection.IsOpen)
        {
            Forget(connection);
        }
        else
        {
            Reuse(connection, exchange);
        }

        Finish(exchange);
    }

    /// <inheritdoc/>
    public void Closed(LoadConnection connection) => Forget(connection);

    /// <inheritdoc/>
    public void RunShort(string what) => Shortage ??= what;

    private bool IsClosedModel => plan.Schedule.Users > 0;

    private void LaunchOwed()
    {
        for (var count = 0; count < Batch && owed > 0; count++)
        {
            var now = Loop.Clock.Now;
            owed--;
            isSettled |= now >= last;
            if (!isSettled)
            {
                Launch(now);
            }
        }

        if (owed > 0)
        {
            GiveWay();
        }

        EndIfOver();
    }

    private void LaunchDue()
    {
        for (var count = 0; count < Batch && !isSettled && next <= Loop.Clock.Now; count++)
        {
            Launch(next);
            Advance();
        }

        if (isSettled)
        {
            EndIfOver();
        }
        else if (next <= Loop.Clock.Now)
        {
            GiveWay();
        }
        else
        {
            Loop.Set(pace, next);
        }
    }

    private void Advance()
    {
        isSettled = !moments.MoveNext();
        next = isSettled ? long.MaxValue : begun + Ticks(moments.Current);
    }

    private void Launch(long due)
    {
        var place = mix.Next(random);
        var exchange = exchanges.TryPop(out var used) ? used : new LoadExchange(TimeOut);
        exchange.Request = requests[place];
        exchange.Origin = origins[place];
        exchange.Due = due;
        exchange.Sent = Loop.Clock.Now;
        exchange.IsFresh = plan.Connections.FreshShare > 0 && random.NextDouble() < plan.Connections.FreshShare;
        exchange.Connection = null;
        Intended++;
        InFlight++;
        Loop.Set(exchange.Deadline, due + timeout);
        if (exchange.Sent >= due + timeout)
        {
            // The load is late by all of the time limit. Nobody waits for this one any more.
            Record(exchange, RequestOutcome.NeverSent, 0);
            Finish(exchange);
        }
        else if (queue.Count > 0)
        {
            queue.Enqueue(exchange);
        }
        else
        {
            Carry(exchange);
        }
    }

    private void Carry(LoadExchange exchange)
    {
        while (!exchange.IsFresh && exchange.Origin.Unpark() is { } idle)
        {
            if (idle.IsOpen)
            {
                idle.Use(exchange);
                return;
            }

            connections.Push(idle);
        }

        if (open.Count >= plan.Connections.Most && !CloseIdle())
        {
            queue.Enqueue(exchange);
            return;
        }

        var made = connections.TryPop(out var used) ? used : new LoadConnection(this);
        open.Add(made);
        made.Open(exchange);
    }

    /// <summary>Closes a connection that nobody needs now: one to another server, or one that its server was asked to close.</summary>
    private bool CloseIdle()
    {
        if (plan.Connections.FreshShare > 0 && open.FirstOrDefault(static connection => connection.IsClosing) is { } closing)
        {
            closing.Close();
            Forget(closing);
            return true;
        }

        foreach (var origin in origins)
        {
            while (origin.Unpark() is { } idle)
            {
                connections.Push(idle);
                if (idle.IsOpen)
                {
                    idle.Close();
                    return open.Remove(idle);
                }
            }
        }

        return false;
    }

    private void Reuse(LoadConnection connection, LoadExchange ended)
    {
        if (!ended.IsFresh && queue.TryPeek(out var waiting) && !waiting.IsFresh && waiting.Origin == ended.Origin)
        {
            connection.Use(queue.Dequeue());
        }
        else if (queue.Count > 0)
        {
            // Its place is needed for a connection of another kind.
            connection.Close();
            Forget(connection);
        }
        else if (!ended.IsFresh)
        {
            ended.Origin.Park(connection);
        }
    }

    private void Forget(LoadConnection connection)
    {
        open.Remove(connection);
        if (!connection.IsParked)
        {
            connections.Push(connection);
        }

        if (queue.Count > 0)
        {
            GiveWay();
        }
    }

    private void TimeOut(LoadExchange exchange)
    {
        if (exchange.Connection is { } connection)
        {
            connection.Close();
            Record(exchange, RequestOutcome.TimedOut, 0);
            Forget(connection);
        }
        else
        {
            // All have the same limit, so that the first one whose time is over is the first one that waits.
            queue.Dequeue();
            Record(exchange, RequestOutcome.NeverSent, 0);
        }

        Finish(exchange);
    }

    // Whoever had it in the closed model asks again.
    private void Finish(LoadExchange exchange)
    {
        if (IsClosedModel && !isSettled)
        {
            owed++;
            GiveWay();
        }

        exchanges.Push(exchange);
        EndIfOver();
    }

    private void Record(LoadExchange exchange, RequestOutcome outcome, int answerClass)
    {
        Loop.Stop(exchange.Deadline);
        InFlight--;
        sink.Add(new LoadSample(Nanoseconds(exchange.Due), Nanoseconds(exchange.Sent), Nanoseconds(Loop.Clock.Now), outcome, answerClass));
    }

    private void GiveWay()
    {
        if (!hasWork)
        {
            hasWork = true;
            Loop.GiveWay(this);
        }
    }

    private void EndIfOver()
    {
        if (isSettled && InFlight == 0)
        {
            done.TrySetResult();
        }
    }

    private long Ticks(long nanoseconds) => Loop.Clock.Frequency == 1_000_000_000 ? nanoseconds : (long)((double)nanoseconds / 1_000_000_000 * Loop.Clock.Frequency);

    private long Nanoseconds(long ticks) => Loop.Clock.Frequency == 1_000_000_000 ? ticks - begun : (long)((double)(ticks - begun) * 1_000_000_000 / Loop.Clock.Frequency);
}
