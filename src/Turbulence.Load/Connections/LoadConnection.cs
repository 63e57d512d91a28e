using System.Net.Sockets;
using Turbulence.Load.Outcomes;
using Turbulence.Platform.Loops;
using Turbulence.Platform.Sockets;

namespace Turbulence.Load.Connections;

/// <summary>
/// A connection of a load, on which one request after the other is carried. Nothing is sent twice: a request whose connection ended before
/// its answer is one that a user has lost, also where the server had closed the connection for want of requests.
/// <code>
///   closed ─ Open ─▶ connecting ─▶ exchanging ─┬ answered, the connection stays ─▶ idle ─ Use ─▶ exchanging
///     ▲                  │             │       └ answered, its last ─▶ closing, until the server has ended it too
///     └──────────────────┴─────────────┴─ refused, reset, timed out, no answer
/// </code>
/// </summary>
internal sealed class LoadConnection : ILoopSocket, ILoopWork
{
    // The server closes a connection that it is asked to; who closes first keeps the port for a minute (TIME_WAIT).
    private const double CloseMilliseconds = 1000;

    // Others have their turn after so many reads: a server that floods is never read to its end.
    private const int MostReads = 16;

    private readonly ILoadCarrier carrier;
    private readonly AnswerReader reader = new();
    private readonly LoopTimer closing;
    private readonly ConnectionDial dial;
    private NonBlockingSocket? socket;
    private long key;
    private bool gaveWay;
    private byte[] unsent = [];
    private int unsentStart;
    private int unsentLength;

    public LoadConnection(ILoadCarrier carrier)
    {
        this.carrier = carrier;
        closing = new LoopTimer(Drop);
        dial = new ConnectionDial(carrier, this);
    }

    /// <summary>The request that it carries; null for none.</summary>
    public LoadExchange? Exchange { get; private set; }

    /// <summary>Whether it is there, connected or about to be.</summary>
    public bool IsOpen => socket is not null || dial.IsGoing;

    /// <summary>Whether it stands among those that wait for a request.</summary>
    public bool IsParked { get; set; }

    /// <summary>Whether it has carried its last request, and waits only for the server to end it.</summary>
    public bool IsClosing => closing.Place >= 0;

    /// <summary>What it waits for, as the reason of a request whose time is over.</summary>
    public string Waiting => dial.IsGoing ? LossWords.NotConnected : reader.Status == 0 ? LossWords.NotAnswered : LossWords.NotWhole;

    /// <summary>Connects, and carries a request.</summary>
    public void Open(LoadExchange exchange)
    {
        Take(exchange);
        dial.Begin(exchange.Origin);
    }

    /// <summary>The server is reached.</summary>
    /// <param name="made">The socket.</param>
    /// <param name="watched">The key by which the loop watches it.</param>
    public void Connected(NonBlockingSocket made, long watched)
    {
        (socket, key) = (made, watched);
        Send();
    }

    /// <summary>It is not, at none of its addresses.</summary>
    /// <param name="outcome">What became of the request.</param>
    /// <param name="reason">Why.</param>
    public void NotConnected(RequestOutcome outcome, string reason) => Lose(outcome, reason);

    /// <summary>Carries another request.</summary>
    public void Use(LoadExchange exchange)
    {
        Take(exchange);
        Send();
    }

    /// <summary>Closes it; what it carries is somebody else's then.</summary>
    public void Close()
    {
        carrier.Loop.Stop(closing);
        dial.Stop();
        if (socket is not null)
        {
            carrier.Loop.Forget(socket, key);
            socket.Dispose();
        }

        (socket, key, Exchange, unsentLength) = (null, 0, null, 0);
    }

    /// <inheritdoc/>
    public void Ready(SocketReadiness readiness)
    {
        if (dial.IsGoing)
        {
            dial.Ready(readiness);
        }
        else if (Exchange is null)
        {
            Idle();
        }
        else
        {
            if (unsentLength > 0 && (readiness & SocketReadiness.Writable) != 0)
            {
                SendRest();
            }

            if ((readiness & SocketReadiness.Readable) != 0 && Exchange is not null)
            {
                Receive();
            }
        }
    }

    /// <inheritdoc/>
    public void Continue()
    {
        gaveWay = false;
        if (Exchange is not null && socket is not null)
        {
            Receive();
        }
    }

    private void Take(LoadExchange exchange)
    {
        Exchange = exchange;
        exchange.Connection = this;
        var request = exchange.Request;
        reader.Begin(request.IsHead, carrier.Judge.NeedsHead(request.Request), carrier.Judge.NeedsBody(request.Request));
    }

    private void Send()
    {
        var request = Exchange!.Request;
        Exchange.Trace = request.HasOwnTrace ? RequestTrace.Next(carrier.Random) : default;
        var length = request.Write(carrier.Scratch, Exchange.IsFresh, Exchange.Trace);
        var sent = socket!.Send(carrier.Scratch.AsSpan(0, length), out var error);
        carrier.Loop.Await(socket, SocketReadiness.Readable);
        if (error is not (SocketError.Success or SocketError.WouldBlock))
        {
            Receive();
        }
        else if (sent < length)
        {
            if (unsent.Length < length - sent)
            {
                unsent = new byte[length - sent];
            }

            carrier.Scratch.AsSpan(sent, length - sent).CopyTo(unsent);
            (unsentStart, unsentLength) = (0, length - sent);
            carrier.Loop.Await(socket, SocketReadiness.Writable);
        }
    }

    private void SendRest()
    {
        while (unsentLength > 0)
        {
            var sent = socket!.Send(unsent.AsSpan(unsentStart, unsentLength), out var error);
            (unsentStart, unsentLength) = (unsentStart + sent, unsentLength - sent);
            if (error == SocketError.WouldBlock)
            {
                carrier.Loop.Await(socket, SocketReadiness.Writable);
                return;
            }

            if (error != SocketError.Success)
            {
                // What the server said before it broke off counts.
                unsentLength = 0;
                Receive();
                return;
            }
        }
    }

    private void Receive()
    {
        for (var reads = 0; reads < MostReads; reads++)
        {
            var count = socket!.Receive(carrier.Scratch, out var error);
            if (error == SocketError.WouldBlock)
            {
                carrier.Loop.Await(socket, SocketReadiness.Readable);
                return;
            }

            if (error != SocketError.Success || (count == 0 && !reader.End()))
            {
                Lose(RequestOutcome.Reset, Ended(error));
                return;
            }

            var progress = count == 0 ? AnswerProgress.Whole : reader.Add(carrier.Scratch.AsSpan(0, count));
            if (progress == AnswerProgress.Bad)
            {
                Lose(RequestOutcome.WrongAnswer, LossWords.NoSense);
                return;
            }

            if (progress == AnswerProgress.Whole)
            {
                Answered(isOver: count == 0);
                return;
            }
        }

        if (!gaveWay)
        {
            gaveWay = true;
            carrier.Loop.GiveWay(this);
        }
    }

    private void Answered(bool isOver)
    {
        var (outcome, place) = carrier.Judge.Judge(Exchange!.Request.Request, reader.Status, reader.Head, reader.Body);
        Exchange.Reason = LossWords.Of(outcome, reader.Status);

        // A server that answers before it has read all of the request will not read another one.
        var closes = isOver || unsentLength > 0 || (reader.IsLast && !Exchange.IsFresh) || HasMore();
        if (!closes && Exchange.IsFresh)
        {
            carrier.Loop.Set(closing, carrier.Loop.Clock.Now + carrier.Loop.Clock.Milliseconds(CloseMilliseconds));
        }

        End(outcome, place, closes);
    }

    // An end that came together with the answer is not told again: the next request would be sent to nobody.
    private bool HasMore()
    {
        socket!.Receive(carrier.Scratch, out var error);
        if (error != SocketError.WouldBlock)
        {
            return true;
        }

        carrier.Loop.Await(socket, SocketReadiness.Readable);
        return false;
    }

    private void Idle()
    {
        var count = socket!.Receive(carrier.Scratch, out var error);
        if (error == SocketError.WouldBlock)
        {
            carrier.Loop.Await(socket, SocketReadiness.Readable);
        }
        else if (count == 0 || !IsClosing)
        {
            // An end, or an answer that nobody has asked for.
            Drop();
        }
    }

    private void Drop()
    {
        Close();
        carrier.Closed(this);
    }

    private string Ended(SocketError error) =>
        reader.Status > 0 ? LossWords.EndedPartly
        : error == SocketError.Success ? LossWords.EndedUnanswered
        : SocketWords.Of(error, Exchange!.Origin.Host);

    private void Lose(RequestOutcome outcome, string reason)
    {
        Exchange!.Reason = reason;
        End(outcome, 0, closes: true);
    }

    private void End(RequestOutcome outcome, int place, bool closes)
    {
        var exchange = Exchange!;
        if (closes)
        {
            Close();
        }

        Exchange = null;
        carrier.Ended(this, exchange, outcome, place);
    }
}
