using Turbulence.Proxy.Buffers;

namespace Turbulence.Proxy.Toxics.Http;

/// <summary>
/// The requests of a connection. Each head is kept until all of it is there, decided about, and passed on, held for a while, or swallowed with its body.
/// </summary>
/// <param name="stage">Its stage.</param>
internal sealed class HttpRequests(HttpStage stage) : HttpSide(stage)
{
    private const int MostWaiting = 1024;
    private const int MostMisses = 4;
    private const int BlockedMilliseconds = 5;

    private int misses;
    private bool isInBody;
    private bool isSwallowing;
    private bool hasReturn;
    private Packet delayed;
    private long until;

    public override void Leave()
    {
        if (Known.Phase == HttpPhase.Ended || Known.HasSwallowed)
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
        if (Stage.Other is null || !Input.HasNext)
        {
            return false;
        }

        if (Input.Next is { Kind: PacketKind.Data, Length: > 0 } next)
        {
            // Behind bytes of the upstream, or at the very beginning; in the middle of a body there may stand what looks like a request.
            var mayBegin = Known.Last != ToxicStream.Upstream;
            Known.Last = ToxicStream.Upstream;
            if (mayBegin && (next.Bytes[0] == '\r' || HttpHead.CouldBeRequest(next.Bytes)))
            {
                Known.Phase = HttpPhase.Messages;
                return true;
            }

            if (mayBegin && (Known.IsNew || ++misses >= MostMisses))
            {
                return GiveUp();
            }

            Known.IsNew = false;
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

        PassDelayed();
        return true;
    }

    protected override bool Pass()
    {
        if (until == 0)
        {
            return base.Pass();
        }

        PassDelayed();
        return true;
    }

    protected override bool Drop()
    {
        delayed.Release();
        (delayed, until) = (default, 0);
        return base.Drop();
    }

    protected override void DropEnd()
    {
        if (Known.IsHanging)
        {
            // Nobody is there any more who could be left without an answer.
            Stage.Break();
        }
        else
        {
            Stage.Forward(Packet.End);
        }
    }

    private bool ReadHead()
    {
        if (Stage.Answers is not { } answers)
        {
            return false;
        }

        if (!Input.HasPart && Input.HasNext && Input.Next.Mark != PacketMark.None)
        {
            // Another toxic answers it, and it keeps its number: what one does, changes nothing of what another decides.
            Known.Requests++;
            Stage.Forward(Input.Take());
            return true;
        }

        if (PassOther())
        {
            return true;
        }

        if (Known.AwaitsSwitch || Known.Count >= MostWaiting)
        {
            return false;
        }

        if (answers.HasMade && answers.IsBlocked)
        {
            // One who asks and never reads would fill the memory with answers that are made here.
            Stage.Wake(Stage.Clock.Now + Stage.Clock.Milliseconds(BlockedMilliseconds));
            return false;
        }

        if (!Input.HasPart && Input.HasNext && (hasReturn || Input.Next.Bytes[0] == '\r'))
        {
            return ReadEmptyLine();
        }

        return Input.TakeHead(Stage.Pool, isRequest: true, out var head) switch
        {
            true => Begin(head, answers),
            false => GiveUp(),
            // Something else than bytes comes in the middle of a head.
            null => Input.HasPart && Input.HasNext && GiveUp(),
        };
    }

    // Before a request there may be one (RFC 9112, 2.2).
    private bool ReadEmptyLine()
    {
        if (hasReturn && Input.Next.Bytes[0] != '\n')
        {
            return GiveUp();
        }

        hasReturn = !hasReturn;
        Stage.Forward(Input.Take(1));
        return true;
    }

    private bool Begin(in Packet head, HttpAnswers answers)
    {
        if (!HttpHead.TryReadRequest(head.Bytes, out var read))
        {
            return GiveUp(head);
        }

        var number = ++Known.Requests;
        var effect = Stage.Decide(head.Bytes, read, number, out var decision);
        var isSwallowed = effect is { Swallows: true };
        Body = new HttpBody(read.Body, read.Length);
        isInBody = !Body.IsDone;
        // One who waits to hear that he may send the body is not told so; whether he sends it all the same, nobody knows.
        var isAtOnce = isSwallowed && (effect!.IsAtOnce || !isInBody || read.ExpectsContinue);
        Known.AwaitsSwitch = !isSwallowed && (read.IsUpgrade || read.IsConnect);
        Known.Add(new HttpExchange(decision, effect)
        {
            IsHead = read.IsHead,
            IsConnect = read.IsConnect,
            IsUpgrade = read.IsUpgrade,
            IsSwallowed = isSwallowed,
            IsRead = isAtOnce,
            IsLast = read.IsLast || read.IsConnect || (isInBody && read.ExpectsContinue),
        });
        if (isSwallowed)
        {
            if (Stage.IsBeforeAnother)
            {
                Stage.TellOthers(head.Bytes, read);
                Stage.Forward(Packet.Instead(PacketMark.Request));
            }

            Stage.CountBytes(head.Length);
            head.Release();
            isSwallowing = !isAtOnce;

            if (isAtOnce)
            {
                answers.Process();
            }

            return true;
        }

        var changed = effect is null ? head : effect.Request(head, Stage.Pool);
        var delay = effect?.RequestDelay(HttpStage.Chance(decision).NextShare()) ?? 0;
        if (delay > 0)
        {
            Stage.CountBytes(changed.Length);
            (delayed, until) = (changed, Math.Max(1, Stage.Clock.Now + Stage.Clock.Milliseconds(delay)));
        }
        else
        {
            Stage.Forward(changed);
        }

        return true;
    }

    private bool ReadBody()
    {
        if (!Input.HasNext)
        {
            return false;
        }

        var next = Input.Next;
        if (next.Kind != PacketKind.Data)
        {
            // The rest of it will never come.
            if (Known.HasSwallowed)
            {
                Stage.Break();
                return false;
            }

            Stage.PassAll(isForeign: false);
            return true;
        }

        var bytes = (ReadOnlySpan<byte>)next.Bytes;
        var taken = 0;
        while (taken < bytes.Length && !Body.IsDone && !Body.IsBad)
        {
            taken += Body.Take(bytes[taken..], out _);
        }

        if (Body.IsBad)
        {
            return GiveUp();
        }

        var piece = Input.Take(taken);
        isInBody = !Body.IsDone;
        if (!isSwallowing)
        {
            Stage.Forward(piece);
            return true;
        }

        Stage.CountBytes(piece.Length);
        piece.Release();
        if (!isInBody)
        {
            isSwallowing = false;
            Known.EndLast();
            Stage.Answers!.Process();
        }

        return true;
    }

    private void PassDelayed()
    {
        var head = delayed;
        (delayed, until) = (default, 0);
        Stage.Forward(head);
    }
}
