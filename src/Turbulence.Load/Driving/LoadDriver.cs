using System.Net;
using Turbulence.Load.Connections;
using Turbulence.Load.Handlers;
using Turbulence.Load.Outcomes;
using Turbulence.Load.Requests;
using Turbulence.Platform.Loops;

namespace Turbulence.Load.Driving;

/// <summary>
/// Sends the requests of a load when they are due, and accounts for each: whatever is due is launched, whatever was launched ends once. All
/// of it goes on on one loop.
/// <code>
///   due ─ Launch ─▶ carried ─┬ answered, refused, reset ────────────┬─▶ Record ─▶ Release
///                            └ deadline ─ timed out, or never sent ─┘
/// </code>
/// </summary>
internal sealed class LoadDriver : IExchangeOwner, ILoopWork
{
    // Others have their turn after so many.
    private const int Batch = 64;

    private readonly LoadPlan plan;
    private readonly IReadOnlyList<RequestBytes> requests;
    private readonly IReadOnlyList<LoadOrigin> origins;
    private readonly IExchangeCarrier[] carriers;
    private readonly SocketLoop loop;
    private readonly ILoadSink sink;
    private readonly LossReasons reasons;
    private readonly RequestMix mix;
    private readonly Random random;
    private readonly IEnumerator<long> moments;
    private readonly LoopTimer pace;
    private readonly Stack<LoadExchange> exchanges = new();
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
    /// <param name="reasons">Told why requests are lost.</param>
    public LoadDriver(
        LoadPlan plan,
        IReadOnlyList<RequestBytes> requests,
        IReadOnlyList<LoadOrigin> origins,
        SocketLoop loop,
        ILoadSink sink,
        LossReasons reasons)
    {
        this.plan = plan;
        this.requests = requests;
        this.origins = origins;
        this.sink = sink;
        this.reasons = reasons;
        this.loop = loop;
        random = new Random(plan.Seed);

        // Ids are none of the choices that a seed makes again: two runs would have one trace.
        var traces = new Random();
        mix = new RequestMix(plan.Requests);
        moments = plan.Schedule.Moments(new Random(random.Next())).GetEnumerator();
        pace = new LoopTimer(LaunchDue);
        timeout = loop.Clock.Milliseconds(plan.Timeout.TotalMilliseconds);
        var pool = new Lazy<ConnectionPool>(() => new ConnectionPool(plan, requests, origins, loop, traces, this));
        var handlers = new Lazy<HandlerCarrier>(() => new HandlerCarrier(plan, Dial(), loop, traces, this));
        carriers = [.. requests.Select(
            request => plan.Transport.NeedsHandler(request.Request.Url) ? (IExchangeCarrier)handlers.Value : pool.Value)];
    }

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
        begun = loop.Clock.Now;
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
        loop.Stop(pace);
        (isSettled, owed) = (true, 0);
        EndIfOver();
    }

    /// <summary>Ends it now; called on the loop. What has not ended is cancelled.</summary>
    public void Cancel()
    {
        loop.Stop(pace);
        (isSettled, owed) = (true, 0);
        foreach (var exchange in carriers.Distinct().SelectMany(static carrier => carrier.GiveAllUp()))
        {
            Record(exchange, RequestOutcome.Cancelled, 0, loop.Clock.Now);
        }

        EndIfOver();
    }

    /// <summary>Closes the connections that are left; called on the loop.</summary>
    public void CloseAll()
    {
        foreach (var carrier in carriers.Distinct())
        {
            carrier.Dispose();
        }
    }

    /// <inheritdoc/>
    public void Continue()
    {
        hasWork = false;
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
    public void Record(LoadExchange exchange, RequestOutcome outcome, int answerClass, long ended)
    {
        loop.Stop(exchange.Deadline);
        InFlight--;
        var sample = new LoadSample(Nanoseconds(exchange.Due), Nanoseconds(exchange.Sent), Nanoseconds(ended), outcome, answerClass)
        {
            Trace = exchange.Trace,
        };
        if (sample.IsLost)
        {
            reasons.Add(sample, exchange.Reason ?? LossReasons.Others);
        }

        sink.Add(sample);
    }

    /// <inheritdoc/>
    public void Release(LoadExchange exchange)
    {
        // Whoever had it in the closed model asks again.
        if (IsClosedModel && !isSettled)
        {
            owed++;
            GiveWay();
        }

        exchanges.Push(exchange);
        EndIfOver();
    }

    /// <inheritdoc/>
    public void RunShort(string what) => Shortage ??= what;

    private bool IsClosedModel => plan.Schedule.Users > 0;

    private HandlerDial Dial()
    {
        Dictionary<DnsEndPoint, LoadOrigin> known = [];
        foreach (var (request, origin) in requests.Zip(origins))
        {
            known[LoadOrigin.PlaceOf(request.Request.Url)] = origin;
        }

        return new HandlerDial(known, loop.Clock.Time);
    }

    private void LaunchOwed()
    {
        for (var count = 0; count < Batch && owed > 0; count++)
        {
            var now = loop.Clock.Now;
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
        for (var count = 0; count < Batch && !isSettled && next <= loop.Clock.Now; count++)
        {
            Launch(next);
            Advance();
        }

        if (isSettled)
        {
            EndIfOver();
        }
        else if (next <= loop.Clock.Now)
        {
            GiveWay();
        }
        else
        {
            loop.Set(pace, next);
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
        exchange.Sent = loop.Clock.Now;
        exchange.IsFresh = plan.Connections.FreshShare > 0 && random.NextDouble() < plan.Connections.FreshShare;
        exchange.Carrier = carriers[place];
        exchange.Connection = null;
        exchange.Trace = default;
        exchange.Reason = null;
        Intended++;
        InFlight++;
        loop.Set(exchange.Deadline, due + timeout);
        if (exchange.Sent >= due + timeout)
        {
            // Nobody waits for this one any more.
            exchange.Reason = LossWords.TooLate;
            Record(exchange, RequestOutcome.NeverSent, 0, loop.Clock.Now);
            Release(exchange);
        }
        else
        {
            exchange.Carrier.Carry(exchange);
        }
    }

    private void TimeOut(LoadExchange exchange)
    {
        Record(exchange, exchange.Carrier.GiveUp(exchange), 0, loop.Clock.Now);
        Release(exchange);
    }

    private void GiveWay()
    {
        if (!hasWork)
        {
            hasWork = true;
            loop.GiveWay(this);
        }
    }

    private void EndIfOver()
    {
        if (isSettled && InFlight == 0)
        {
            done.TrySetResult();
        }
    }

    private long Ticks(long nanoseconds) =>
        loop.Clock.Frequency == 1_000_000_000 ? nanoseconds : (long)((double)nanoseconds / 1_000_000_000 * loop.Clock.Frequency);

    private long Nanoseconds(long ticks) =>
        loop.Clock.Frequency == 1_000_000_000 ? ticks - begun : (long)((double)(ticks - begun) * 1_000_000_000 / loop.Clock.Frequency);
}
