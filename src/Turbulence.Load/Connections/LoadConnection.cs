using System.Net;
using System.Net.Sockets;
using Turbulence.Load.Outcomes;
using Turbulence.Platform.Loops;
using Turbulence.Platform.Sockets;

namespace Turbulence.Load.Connections;

/// <summary>
/// A connection of a load, on which one request after the other is carried. Nothing is sent twice: a request whose connection ended before its answer is one that a user has
/// lost, also where the server had closed the connection for want of requests.
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

    // RFC 8305 (Happy Eyeballs), section 5: so long until the next address of a name is tried.
    private const double AttemptMilliseconds = 250;

    private readonly ILoadCarrier carrier;
    private readonly AnswerReader reader = new();
    private readonly LoopTimer closing;
    private readonly LoopTimer patience;
    private NonBlockingSocket? socket;
    private long key;
    private IReadOnlyList<EndPoint> addresses = [];
    private int first;
    private int tried;
    private int silent;
    private SocketError failure;
    private bool isConnecting;
    private bool gaveWay;
    private byte[] unsent = [];
    private int unsentStart;
    private int unsentLength;

    public LoadConnection(ILoadCarrier carrier)
    {
        this.carrier = carrier;
        closing = new LoopTimer(Drop);
        patience = new LoopTimer(TryNext);
    }

    /// <summary>The request that it carries; null for none.</summary>
    public LoadExchange? Exchange { get; private set; }

    /// <summary>Whether it is there, connected or about to be.</summary>
    public bool IsOpen => socket is not null;

    /// <summary>Whether it stands among those that wait for a request.</summary>
    public bool IsParked { get; set; }

    /// <summary>Whether it has carried its last request, and waits only for the server to end it.</summary>
    public bool IsClosing => closing.Place >= 0;

    /// <summary>Connects, and carries a request.</summary>
    public void Open(LoadExchange exchange)
    {
        Take(exchange);
        (addresses, first) = (exchange.Origin.Addresses, exchange.Origin.First);
        (tried, silent, failure) = (0, -1, SocketError.HostNotFound);
        Dial();
    }

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
        carrier.Loop.Stop(patience);
        if (socket is not null)
        {
            if (key != 0)
            {
                carrier.Loop.Forget(socket, key);
            }

            socket.Dispose();
        }

        (socket, key, isConnecting, Exchange, unsentLength) = (null, 0, false, null, 0);
    }

    /// <inheritdoc/>
    public void Ready(SocketReadiness readiness)
    {
        if (isConnecting)
        {
            if ((readiness & (SocketReadiness.Writable | SocketReadiness.Ended)) != 0)
            {
                Dialled(socket!.ConnectResult());
            }
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
        if (Exchange is not null && !isConnecting)
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

    private void Dial()
    {
        while (tried < addresses.Count)
        {
            var next = addresses[(first + tried) % addresses.Count];
            if (NonBlockingSocket.Connect(next, out var error) is not { } made)
            {
                Weigh(error);
                continue;
            }

            socket = made;
            made.SendAtOnce();
            key = carrier.Loop.Watch(made, this);
            if (key == 0)
            {
                Weigh(SocketError.NoBufferSpaceAvailable);
                break;
            }

            isConnecting = true;
            if (error == SocketError.Success)
            {
                Dialled(error);
                return;
            }

            carrier.Loop.Await(made, SocketReadiness.Writable);
            if (tried + 1 < addresses.Count)
            {
                carrier.Loop.Set(patience, carrier.Loop.Clock.Now + carrier.Loop.Clock.Milliseconds(AttemptMilliseconds));
            }

            return;
        }

        if (silent >= 0)
        {
            // The others are no better: the rest of the time limit is for the one that has said nothing yet.
            (first, tried, addresses, silent) = (0, 0, [addresses[silent]], -1);
            Dial();
            return;
        }

        Fail();
    }

    private void Dialled(SocketError result)
    {
        isConnecting = false;
        carrier.Loop.Stop(patience);
        if (result == SocketError.Success)
        {
            Exchange!.Origin.Prefer(addresses[(first + tried) % addresses.Count]);
            Send();
            return;
        }

        HangUp();
        Weigh(result);
        Dial();
    }

    private void TryNext()
    {
        silent = silent < 0 ? (first + tried) % addresses.Count : silent;
        HangUp();
        tried++;
        Dial();
    }

    private void HangUp()
    {
        carrier.Loop.Forget(socket!, key);
        socket!.Dispose();
        (socket, key, isConnecting) = (null, 0, false);
    }

    // That one of several addresses is of a kind that this machine does not have says nothing where another one was asked.
    private void Weigh(SocketError error)
    {
        tried++;
        if (failure is SocketError.HostNotFound or SocketError.AddressNotAvailable || error is SocketError.TooManyOpenSockets or SocketError.NoBufferSpaceAvailable)
        {
            failure = error;
        }
    }

    private void Fail()
    {
        var shortage = failure switch
        {
            SocketError.AddressNotAvailable or SocketError.AddressAlreadyInUse => "ports",
            SocketError.TooManyOpenSockets => "open files",
            SocketError.NoBufferSpaceAvailable => "memory for sockets",
            _ => null,
        };
        if (shortage is not null)
        {
            carrier.RunShort(shortage);
        }

        End(shortage is null ? RequestOutcome.Refused : RequestOutcome.NeverSent, 0, closes: true);
    }

    private void Send()
    {
        var length = Exchange!.Request.Write(carrier.Scratch, Exchange.IsFresh, carrier.Random);
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
                End(RequestOutcome.Reset, 0, closes: true);
                return;
            }

            var progress = count == 0 ? AnswerProgress.Whole : reader.Add(carrier.Scratch.AsSpan(0, count));
            if (progress == AnswerProgress.Bad)
            {
                End(RequestOutcome.WrongAnswer, 0, closes: true);
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
        var (outcome, place) = carrier.Judge.Judge(Exchange!.Request.Request, reader);

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
