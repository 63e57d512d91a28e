using Turbulence.Platform.Http;
using Turbulence.Proxy.Buffers;

namespace Turbulence.Proxy.Toxics.Http;

/// <summary>One direction of a connection, as a toxic of HTTP sees it.</summary>
/// <param name="stage">Its stage.</param>
internal abstract class HttpSide(HttpStage stage)
{
    private const int Capacity = 256 << 10;

    private bool isProcessing;
    private Packet pending;
    private Packet delayed;
    private long until;

    /// <summary>Whether nothing more should be read for now.</summary>
    public virtual bool IsFull => Input.Bytes >= Capacity;

    /// <summary>How many bytes wait.</summary>
    public long HeldBytes => Input.Bytes;

    /// <summary>Its stage.</summary>
    protected HttpStage Stage { get; } = stage;

    /// <summary>What both directions know together.</summary>
    protected HttpConversation Known { get; } = stage.Conversation;

    /// <summary>What has come and was not passed on yet.</summary>
    protected HttpInput Input { get; } = new();

    /// <summary>What is left of the message that is going by.</summary>
    protected HttpBody Body;

    /// <summary>What is done to it.</summary>
    protected HttpTampering Tampering;

    /// <summary>Whether a body is going by.</summary>
    protected bool IsInBody { get; set; }

    /// <summary>A packet has come.</summary>
    public void Accept(in Packet packet)
    {
        Input.Add(packet);
        Process();
    }

    /// <summary>Does what can be done by now.</summary>
    public void Process()
    {
        if (isProcessing)
        {
            return;
        }

        isProcessing = true;
        var wasFull = IsFull;
        while (!Stage.IsGone && (Known.Phase switch
        {
            HttpPhase.Searching => Search(),
            HttpPhase.Messages => Read(),
            HttpPhase.Bytes => Pass(),
            _ => Drop(),
        }))
        {
        }

        isProcessing = false;
        SendPending();
        if (wasFull && !IsFull && !Stage.IsGone)
        {
            // It may be the other direction that asked, and then nobody reads on here.
            Stage.WakeSoon();
        }
    }

    /// <summary>The toxic goes while the connection stays.</summary>
    public abstract void Leave();

    /// <summary>The connection is gone.</summary>
    public void Discard()
    {
        DropDelayed();
        pending.Release();
        pending = default;
        Input.Clear();
    }

    /// <summary>
    /// Passes a packet on. What was read at once and passes as it is leaves at once: a head and its body are one packet again.
    /// </summary>
    protected void Send(in Packet packet)
    {
        if (pending.TryJoin(packet, out var joined))
        {
            pending = joined;
            return;
        }

        SendPending();
        if (isProcessing && packet is { Kind: PacketKind.Data, Length: > 0 })
        {
            pending = packet;
        }
        else
        {
            Stage.Forward(packet);
        }
    }

    /// <summary>Closes the connection, after what was passed on.</summary>
    protected void Break()
    {
        SendPending();
        Stage.Break();
    }

    /// <summary>Does one thing while no request was seen.</summary>
    /// <returns>Whether there may be more to do.</returns>
    protected abstract bool Search();

    /// <summary>Does one thing of a message's head.</summary>
    /// <returns>Whether there may be more to do.</returns>
    protected abstract bool ReadHead();

    /// <summary>Does one thing of a message's body.</summary>
    /// <returns>Whether there may be more to do.</returns>
    protected abstract bool ReadBody();

    /// <summary>The time of a head that was delayed has come.</summary>
    protected abstract void EndDelay(in Packet head);

    /// <summary>Lets a head, and all behind it, go on later.</summary>
    protected void Delay(in Packet head, double milliseconds)
    {
        Stage.CountBytes(head.Length);
        (delayed, until) = (head, Math.Max(1, Stage.Clock.Now + Stage.Clock.Milliseconds(milliseconds)));
    }

    /// <summary>Takes what is there of the body, and does to it what is to be done.</summary>
    /// <returns>How many bytes; what is behind them is not of the body, or <see cref="HttpTampering.IsOver"/>.</returns>
    protected int TakeBody(Span<byte> bytes)
    {
        var taken = 0;
        while (taken < bytes.Length && !Body.IsDone && !Body.IsBad && !Tampering.IsOver)
        {
            var run = Body.Take(bytes[taken..], out var isContent);
            if (isContent)
            {
                run = Tampering.Apply(bytes.Slice(taken, run));
                if (Tampering.IsGarble)
                {
                    Stage.CountBytes(run);
                }
            }

            taken += run;
        }

        return taken;
    }

    /// <summary>Drops bytes that nobody hears of.</summary>
    protected void DropBytes(in Packet packet)
    {
        Stage.CountBytes(packet.Length);
        packet.Release();
    }

    private void SendPending()
    {
        if (pending.Length > 0)
        {
            var packet = pending;
            pending = default;
            Stage.Forward(packet);
        }
    }

    private bool Read()
    {
        if (until == 0)
        {
            return IsInBody ? ReadBody() : ReadHead();
        }

        if (Stage.Clock.Now < until)
        {
            Stage.Wake(until);
            return false;
        }

        EndDelay(TakeDelayed());
        return true;
    }

    private Packet TakeDelayed()
    {
        var head = delayed;
        (delayed, until) = (default, 0);
        return head;
    }

    private void DropDelayed() => TakeDelayed().Release();

    private bool Pass()
    {
        if (until != 0)
        {
            Send(TakeDelayed());
            return true;
        }

        if (Input.HasPart)
        {
            Send(Input.TakePart());
            return true;
        }

        if (!Input.HasNext)
        {
            return false;
        }

        Send(Input.Take());
        return true;
    }

    private bool Drop()
    {
        DropDelayed();
        if (Input.HasPart)
        {
            Input.TakePart().Release();
            return true;
        }

        if (!Input.HasNext)
        {
            return false;
        }

        var packet = Input.Take();
        switch (packet.Kind)
        {
            case PacketKind.Data:
                DropBytes(packet);
                break;
            case PacketKind.End:
                DropEnd();
                break;
            default:
                Send(packet);
                break;
        }

        return true;
    }

    /// <summary>The end of the stream comes while everything is dropped.</summary>
    protected abstract void DropEnd();

    /// <summary>The next packet is not bytes, and stands where a message begins: it is passed on.</summary>
    /// <returns>Whether it was so.</returns>
    protected bool PassOther()
    {
        if (Input.HasPart || !Input.HasNext || Input.Next is { Kind: PacketKind.Data, Length: > 0 })
        {
            return false;
        }

        Send(Input.Take());
        return true;
    }

    /// <summary>
    /// What comes is understood no further. Bytes pass as they are from then on; only where a request waits that the upstream never heard
    /// of, nobody could say any more which answer belongs to whom, and the connection is closed.
    /// </summary>
    protected bool GiveUp()
    {
        if (Known.HasSwallowed)
        {
            Break();
            return false;
        }

        Stage.PassAll(isForeign: true);
        return true;
    }

    /// <summary>The same, and passes a head on that was taken already.</summary>
    protected bool GiveUp(in Packet head)
    {
        if (!GiveUp())
        {
            head.Release();
            return false;
        }

        Send(head);
        return true;
    }
}
