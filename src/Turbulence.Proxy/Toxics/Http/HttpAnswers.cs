using Turbulence.Proxy.Buffers;
using Turbulence.Proxy.Decisions;

namespace Turbulence.Proxy.Toxics.Http;

/// <summary>
/// The answers of a connection, each told from which request it is. One that is made here comes when all before it have come.
/// </summary>
/// <param name="stage">Its stage.</param>
internal sealed class HttpAnswers(HttpStage stage) : HttpSide(stage)
{
    private bool isInBody;
    private bool isSwitched;
    private HttpExchange current;
    private Tampering tampering;
    private long cutAfter;
    private bool cutByReset;
    private StageRandom random;
    private Packet delayed;
    private HttpHead delayedHead;
    private long until;

    private enum Tampering
    {
        None,
        Drop,
        Garble,
        Cut,
    }

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

        Stage.Forward(head);
    }

    /// <summary>Passes another head on in its place.</summary>
    public void PassChanged(in Packet head)
    {
        Stage.CountBytes(head.Length);
        Pass(head);
    }

    /// <summary>Sends bytes that were made here.</summary>
    public void Make(ReadOnlySpan<byte> bytes)
    {
        HasMade = true;
        if (!Stage.IsGone && bytes.Length > 0)
        {
            Stage.Forward(Pool.Copy(bytes));
        }
    }

    /// <summary>Whether the answer may have a body, whatever it has.</summary>
    public bool MayHaveBody(in HttpHead read) => !isSwitched && !current.IsHead && read.Status is not (204 or 304) and >= 200;

    /// <summary>Drops the upstream's body.</summary>
    public void DropBody() => tampering = isInBody ? Tampering.Drop : Tampering.None;

    /// <summary>Turns the bytes of the body into others.</summary>
    public void GarbleBody()
    {
        tampering = Tampering.Garble;
        random = HttpStage.Chance(current.Decision);
    }

    /// <summary>Ends the connection after so many bytes of the body.</summary>
    public void CutBody(long after, bool reset)
    {
        (cutAfter, cutByReset) = (after, reset);
        if (!isInBody || after == 0)
        {
            End(reset);
        }
        else
        {
            tampering = Tampering.Cut;
        }
    }

    /// <summary>Ends both sides of the connection, after all that came before.</summary>
    public void End(bool reset)
    {
        Stage.CountEnded();
        Known.Phase = HttpPhase.Ended;
        Stage.Other?.WakeSoon();
        Stage.Forward(reset ? Packet.Reset : Packet.Close);
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
    public void DropHead(in Packet head)
    {
        Stage.CountBytes(head.Length);
        head.Release();
    }

    public override void Leave()
    {
        if (Known.Phase == HttpPhase.Ended || Known.HasSwallowed || (isInBody && tampering is Tampering.Drop))
        {
            Stage.Break();
            return;
        }

        Stage.PassAll(isForeign: false);
        Process();
    }

    public override void Discard()
    {
        delayed.Release();
        delayed = default;
        base.Discard();
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

        Stage.Forward(Input.Take());
        return true;
    }

    protected override bool Read()
    {
        if (until == 0)
        {
            return isInBody ? ReadBody() : ReadHead();
        }

        if (Stage.Clock.Now < until)
        {
            Stage.Wake(until);
            return false;
        }

        var head = delayed;
        (delayed, until) = (default, 0);
        Deliver(head, delayedHead);
        return true;
    }

    protected override bool Pass()
    {
        if (until == 0)
        {
            return base.Pass();
        }

        var head = delayed;
        (delayed, until) = (default, 0);
        Stage.Forward(head);
        return true;
    }

    // The client has been told all that it will hear.
    protected override void DropEnd()
    {
    }

    private bool ReadHead()
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
                Stage.Break();
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
            Stage.Forward(Packet.End);
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
            Stage.Forward(head);
            return true;
        }

        current = Known.Take();
        isSwitched = read.Status == 101 || (current.IsConnect && read.Status < 300);
        Known.AwaitsSwitch &= !(current.IsConnect || current.IsUpgrade) || isSwitched;
        Stage.Other?.WakeSoonIfWaiting();
        var delay = current.Effect?.AnswerDelay(HttpStage.Chance(current.Decision).NextShare()) ?? 0;
        if (delay > 0)
        {
            Stage.CountBytes(head.Length);
            (delayed, delayedHead, until) = (head, read, Math.Max(1, Stage.Clock.Now + Stage.Clock.Milliseconds(delay)));
            return true;
        }

        Deliver(head, read);
        return true;
    }

    private void Deliver(in Packet head, in HttpHead read)
    {
        Body = isSwitched ? default : new HttpBody(read.Body, read.Length);
        isInBody = !isSwitched && !Body.IsDone;
        tampering = Tampering.None;
        if (current.Effect is { } effect)
        {
            effect.Answer(this, head, read);
        }
        else
        {
            Pass(head);
        }
    }

    private bool ReadBody()
    {
        if (!Input.HasNext)
        {
            return false;
        }

        if (Input.Next.Kind != PacketKind.Data)
        {
            isInBody = false;
            Stage.Forward(Input.Take());
            return PassedEnd();
        }

        var bytes = Input.Next.Bytes;
        var taken = 0;
        while (taken < bytes.Length && !Body.IsDone && !Body.IsBad)
        {
            var run = Body.Take(bytes[taken..], out var isContent);
            if (isContent && tampering == Tampering.Garble)
            {
                Garble(bytes.Slice(taken, run));
            }
            else if (isContent && tampering == Tampering.Cut)
            {
                if (run >= cutAfter)
                {
                    Stage.Forward(Input.Take(taken + (int)cutAfter));
                    if (!Stage.IsGone)
                    {
                        End(cutByReset);
                    }

                    return !Stage.IsGone;
                }

                cutAfter -= run;
            }

            taken += run;
        }

        if (Body.IsBad)
        {
            if (tampering == Tampering.Drop)
            {
                Stage.Break();
                return false;
            }

            return GiveUp();
        }

        var piece = Input.Take(taken);
        isInBody = !Body.IsDone;
        if (tampering == Tampering.Drop)
        {
            DropHead(piece);
        }
        else
        {
            Stage.Forward(piece);
        }

        return true;
    }

    private void Garble(Span<byte> bytes)
    {
        Stage.CountBytes(bytes.Length);
        foreach (ref var place in bytes)
        {
            place = (byte)(random.Next() >> 56);
        }
    }

    private bool PassedEnd()
    {
        if (!Stage.IsGone && Known.HasSwallowed)
        {
            // Those can come behind no end.
            Stage.Break();
        }

        return !Stage.IsGone;
    }
}
