using Turbulence.Load.Outcomes;
using Turbulence.Load.Requests;
using Turbulence.Platform.Loops;

namespace Turbulence.Load.Connections;

/// <summary>
/// Carries requests over connections of its own: over one that waits, over another one while there may be more, or when one is free.
/// <code>
///   Carry ─┬ a connection that waits ─▶ carried ─┬ answered, refused, reset ─▶ told
///          ├ room for another one ────▶ carried  └ given up: timed out
///          └ none ─▶ queue ─▶ carried, or given up: never sent
/// </code>
/// </summary>
internal sealed class ConnectionPool : IExchangeCarrier, ILoadCarrier, ILoopWork
{
    // Others have their turn after so many.
    private const int Batch = 64;
    private const int ScratchBytes = 64 << 10;

    private readonly LoadConnections limits;
    private readonly IReadOnlyList<LoadOrigin> origins;
    private readonly IExchangeOwner owner;
    private readonly Queue<LoadExchange> queue = new();
    private readonly Stack<LoadConnection> connections = new();
    private readonly HashSet<LoadConnection> open = [];
    private bool hasWork;

    /// <summary>Makes one without any connection.</summary>
    /// <param name="plan">How connections are used, and what answers are.</param>
    /// <param name="requests">What is sent.</param>
    /// <param name="origins">To whom.</param>
    /// <param name="loop">Carries it.</param>
    /// <param name="random">Where traces come from.</param>
    /// <param name="owner">Told of the end of each request.</param>
    public ConnectionPool(
        LoadPlan plan,
        IReadOnlyList<RequestBytes> requests,
        IReadOnlyList<LoadOrigin> origins,
        SocketLoop loop,
        Random random,
        IExchangeOwner owner)
    {
        this.origins = origins;
        this.owner = owner;
        limits = plan.Connections;
        Loop = loop;
        Random = random;
        Judge = new AnswerJudge(plan.Classes);
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

    /// <inheritdoc/>
    public void Carry(LoadExchange exchange)
    {
        if (queue.Count > 0)
        {
            queue.Enqueue(exchange);
        }
        else
        {
            CarryNow(exchange);
        }
    }

    /// <inheritdoc/>
    public RequestOutcome GiveUp(LoadExchange exchange)
    {
        if (exchange.Connection is { } connection)
        {
            exchange.Reason = connection.Waiting;
            connection.Close();
            Forget(connection);
            return RequestOutcome.TimedOut;
        }

        // All have the same limit, so that the first one whose time is over is the first one that waits.
        queue.Dequeue();
        exchange.Reason = LossWords.AllBusy;
        return RequestOutcome.NeverSent;
    }

    /// <inheritdoc/>
    public IReadOnlyList<LoadExchange> GiveAllUp()
    {
        List<LoadExchange> all = [.. open.Select(static connection => connection.Exchange).OfType<LoadExchange>(), .. queue];
        queue.Clear();
        Dispose();
        return all;
    }

    /// <inheritdoc/>
    public void Dispose()
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
        for (var count = 0; count < Batch && queue.Count > 0 && open.Count < limits.Most; count++)
        {
            CarryNow(queue.Dequeue());
        }

        if (queue.Count > 0 && open.Count < limits.Most)
        {
            GiveWay();
        }
    }

    /// <inheritdoc/>
    public void Ended(LoadConnection connection, LoadExchange exchange, RequestOutcome outcome, int answerClass)
    {
        owner.Record(exchange, outcome, answerClass, Loop.Clock.Now);
        if (!connection.IsOpen)
        {
            Forget(connection);
        }
        else
        {
            Reuse(connection, exchange);
        }

        owner.Release(exchange);
    }

    /// <inheritdoc/>
    public void Closed(LoadConnection connection) => Forget(connection);

    /// <inheritdoc/>
    public void RunShort(string what) => owner.RunShort(what);

    private void CarryNow(LoadExchange exchange)
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

        if (open.Count >= limits.Most && !CloseIdle())
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
        if (limits.FreshShare > 0 && open.FirstOrDefault(static connection => connection.IsClosing) is { } closing)
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

    private void GiveWay()
    {
        if (!hasWork)
        {
            hasWork = true;
            Loop.GiveWay(this);
        }
    }
}
