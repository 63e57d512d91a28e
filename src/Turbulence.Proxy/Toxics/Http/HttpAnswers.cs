using Turbulence.Platform.Http;
using Turbulence.Proxy.Buffers;

namespace Turbulence.Proxy.Toxics.Http;

/// <summary>
/// The answers of a connection, each told from which request it is. One that is made here comes when all before it have come.
/// </summary>
/// <param name="stage">Its stage.</param>
internal sealed class HttpAnswers(HttpStage stage) : HttpSide(stage)
{
    private bool isSwitched;
    private HttpExchange current;
    private bool cutByReset;
    private HttpHead delayedHead;

    /// <summary>Whether an answer was made here.</summary>
    public bool HasMade { get; private set; }

    /// <summary>Whether answers wait for room to be written.</summary>
    public bool IsBlocked => Stage.IsBlocked;

    /// <summary>Where packets come from.</summary>
    public BlockPool Pool => Stage.Pool;

    /// <summary>Passes the upstream's answer on.</summary>
    public void Pass(in Packet head)
    {
        if (isSwitched)
        {
            Stage.PassAll(isForeign: false);
        }

        Send(head);
    }

    /// <summary>Passes another head on in its place.</summary>
    /// <param name="head">The head.</param>
    /// <param name="isOther">Whether it says something else.</param>
    public void PassChanged(in Packet head, bool isOther)
    {
        Stage.CountBytes(isOther ? head.Length : 0);
        Pass(head);
    }

    /// <summary>Sends bytes that were made here.</summary>
    public void Make(ReadOnlySpan<byte> bytes)
    {
        HasMade = true;
        if (!Stage.IsGone && bytes.Length > 0)
        {
            Send(Pool.Copy(bytes));
        }
    }

    /// <summary>Whether the answer may have a body, whatever it has.</summary>
    public bool MayHaveBody(in HttpHead read) => !isSwitched && !current.IsHead && read.Status is not (204 or 304) and >= 200;

    /// <summary>Drops the upstream's body.</summary>
    public void DropBody() => Tampering = IsInBody ? HttpTampering.Drop : default;

    /// <summary>Turns the bytes of the body into others.</summary>
    public void GarbleBody() => Tampering = HttpTampering.Garble(HttpStage.Chance(current.Decision));

    /// <summary>Ends the connection after so many bytes of the body.</summary>
    public void CutBody(long after, bool reset)
    {
        cutByReset = reset;
        if (!IsInBody || after == 0)
        {
            End(reset);
        }
        else
        {
            Tampering = HttpTampering.Cut(after);
        }
    }

    /// <summary>Ends both sides of the connection, after all that came before.</summary>
    public void End(bool reset)
    {
        Stage.CountEnded();
        Known.Phase = HttpPhase.Ended;
        Stage.Other?.WakeSoon();
        Send(reset ? Packet.Reset : Packet.Close);
    }

    /// <summary>Lets nothing come any more.</summary>
    public void Hang()
    {
        Stage.CountEnded();
        Known.IsHanging = true;
        Known.Phase = HttpPhase.Ended;
        Stage.Other?.WakeSoon();
    }

    /// <summary>Drops a head.</summary>
    public void DropHead(in Packet head) => DropBytes(head);

    public override void Leave()
    {
        if (Known.Phase == HttpPhase.Ended || Known.HasSwallowed || (IsInBody && Tampering.IsDrop))
        {
            Break();
            return;
        }

        Stage.PassAll(isForeign: false);
        Process();
    }

    protected override bool Search()
    {
        if (!Input.HasNext)
        {
            return false;
        }

        if (Input.Next is { Kind: PacketKind.Data, Length: > 0 })
        {
            if (Known.IsNew)
            {
                // It is the server who begins.
                return GiveUp();
            }

            Known.Last = ToxicStream.Downstream;
        }

        Send(Input.Take());
        return true;
    }

    protected override void EndDelay(in Packet head) => Deliver(head, delayedHead);

    // The client has been told all that it will hear.
    protected override void DropEnd()
    {
    }

    protected override bool ReadHead()
    {
        if (Known.Count > 0 && Known.First.IsSwallowed && !Input.HasPart)
        {
            return AnswerHere();
        }

        if (PassOther())
        {
            return PassedEnd();
        }

        if (!Input.IsEmpty && Known.Count == 0)
        {
            // Nobody has asked.
            return GiveUp();
        }

        return Input.TakeHead(Pool, isRequest: false, out var head) switch
        {
            true => Begin(head),
            false => GiveUp(),
            // Something else than bytes comes in the middle of a head.
            null => Input.HasPart && Input.HasNext && GiveUp(),
        };
    }

    private bool AnswerHere()
    {
        if (!Known.First.IsRead)
        {
            if (Input.HasNext && Input.Next.Kind is not (PacketKind.Data or PacketKind.End))
            {
                Break();
            }

            return false;
        }

        var exchange = Known.Take();
        Stage.Other?.WakeSoonIfWaiting();
        exchange.Effect!.Answer(this, exchange);
        if (exchange.IsLast && !Stage.IsGone && Known.Phase == HttpPhase.Messages)
        {
            // What the client still sends is dropped; closing at once would break off what it has not read yet.
            Known.Phase = HttpPhase.Ended;
            Send(Packet.End);
        }

        return true;
    }

    private bool Begin(in Packet head)
    {
        if (!HttpHead.TryReadAnswer(head.Bytes, Known.First.IsHead, out var read) || (read.Status == 101 && !Known.First.IsUpgrade))
        {
            return GiveUp(head);
        }

        if (read.Status < 200 && read.Status != 101)
        {
            Send(head);
            return true;
        }

        current = Known.Take();
        isSwitched = read.Status == 101 || (current.IsConnect && read.Status < 300);
        Known.AwaitsSwitch &= !(current.IsConnect || current.IsUpgrade) || isSwitched;
        Stage.Other?.WakeSoonIfWaiting();
        var delay = current.Effect?.AnswerDelay(HttpStage.Chance(current.Decision).NextShare()) ?? 0;
        if (delay > 0)
        {
            delayedHead = read;
            Delay(head, delay);
            return true;
        }

        Deliver(head, read);
        return true;
    }

    private void Deliver(in Packet head, in HttpHead read)
    {
        Body = isSwitched ? default : new HttpBody(read.Body, read.Length);
        IsInBody = !isSwitched && !Body.IsDone;
        Tampering = default;
        if (current.Effect is { } effect)
        {
            effect.Answer(this, head, read);
        }
        else
        {
            Pass(head);
        }
    }

    protected override bool ReadBody()
    {
        if (!Input.HasNext)
        {
            return false;
        }

        if (Input.Next.Kind != PacketKind.Data)
        {
            IsInBody = false;
            Send(Input.Take());
            return PassedEnd();
        }

        var taken = TakeBody(Input.Next.Bytes);
        if (Body.IsBad)
        {
            if (Tampering.IsDrop)
            {
                Break();
                return false;
            }

            return GiveUp();
        }

        if (Tampering.IsOver)
        {
            Send(Input.Take(taken));
            if (!Stage.IsGone)
            {
                End(cutByReset);
            }

            return !Stage.IsGone;
        }

        var piece = Input.Take(taken);
        IsInBody = !Body.IsDone;
        if (Tampering.IsDrop)
        {
            DropBytes(piece);
        }
        else
        {
            Send(piece);
        }

        return true;
    }

    private bool PassedEnd()
    {
        if (!Stage.IsGone && Known.HasSwallowed)
        {
            // Those can come behind no end.
            Break();
        }

        return !Stage.IsGone;
    }
}
