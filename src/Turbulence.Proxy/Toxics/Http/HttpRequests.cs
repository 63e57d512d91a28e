using Turbulence.Platform.Http;
using Turbulence.Proxy.Buffers;

namespace Turbulence.Proxy.Toxics.Http;

/// <summary>
/// The requests of a connection. Each head is kept until all of it is there, decided about, and passed on, held for a while, or swallowed
/// with its body.
/// </summary>
/// <param name="stage">Its stage.</param>
internal sealed class HttpRequests(HttpStage stage) : HttpSide(stage)
{
    private const int MostWaiting = 1024;
    private const int MostMisses = 4;
    private const int BlockedMilliseconds = 5;

    private int misses;
    private bool isSwallowing;
    private bool hasReturn;

    /// <summary>Whether a body follows the head.</summary>
    public bool HasBody => IsInBody;

    /// <summary>Where packets come from.</summary>
    public BlockPool Pool => Stage.Pool;

    /// <summary>Passes the request on.</summary>
    public void Pass(in Packet head) => Send(head);

    /// <summary>Passes another head on in its place.</summary>
    /// <param name="head">The head.</param>
    /// <param name="isOther">Whether it says something else.</param>
    public void PassChanged(in Packet head, bool isOther)
    {
        Stage.CountBytes(isOther ? head.Length : 0);
        Send(head);
    }

    /// <summary>Sends a body that was made here, and drops the client's.</summary>
    public void ReplaceBody(ReadOnlySpan<byte> body)
    {
        Tampering = HttpTampering.Drop;
        if (body.Length > 0)
        {
            Send(Pool.Copy(body));
        }
    }

    /// <summary>Turns the bytes of the body into others.</summary>
    /// <param name="decision">The number that the request alone has.</param>
    public void GarbleBody(ulong decision) => Tampering = HttpTampering.Garble(HttpStage.Chance(decision));

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

        Send(Input.Take());
        return true;
    }

    protected override void EndDelay(in Packet head) => Send(head);

    protected override void DropEnd()
    {
        if (Known.IsHanging)
        {
            // Nobody is there any more who could be left without an answer.
            Break();
        }
        else
        {
            Send(Packet.End);
        }
    }

    protected override bool ReadHead()
    {
        if (Stage.Answers is not { } answers)
        {
            return false;
        }

        if (!Input.HasPart && Input.HasNext && Input.Next.Mark != PacketMark.None)
        {
            // Another toxic answers it, and it keeps its number: what one does, changes nothing of what another decides.
            Known.Requests++;
            Send(Input.Take());
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
        Send(Input.Take(1));
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
        IsInBody = !Body.IsDone;
        Tampering = default;
        // One who waits to hear that he may send the body is not told so; whether he sends it all the same, nobody knows.
        var isAtOnce = isSwallowed && (effect!.IsAtOnce || !IsInBody || read.ExpectsContinue);
        Known.AwaitsSwitch = !isSwallowed && (read.IsUpgrade || read.IsConnect);
        Known.Add(new HttpExchange(decision, effect)
        {
            IsHead = read.IsHead,
            IsConnect = read.IsConnect,
            IsUpgrade = read.IsUpgrade,
            IsSwallowed = isSwallowed,
            IsRead = isAtOnce,
            IsLast = read.IsLast || read.IsConnect || (IsInBody && read.ExpectsContinue),
        });
        if (isSwallowed)
        {
            if (Stage.IsBeforeAnother)
            {
                Stage.TellOthers(head.Bytes, read);
                Send(Packet.Instead(PacketMark.Request));
            }

            DropBytes(head);
            isSwallowing = !isAtOnce;
            Tampering = HttpTampering.Drop;

            if (isAtOnce)
            {
                answers.Process();
            }

            return true;
        }

        var delay = effect?.RequestDelay(HttpStage.Chance(decision).NextShare()) ?? 0;
        if (delay > 0)
        {
            Delay(head, delay);
        }
        else if (effect is not null)
        {
            effect.Request(this, head, decision);
        }
        else
        {
            Send(head);
        }

        return true;
    }

    protected override bool ReadBody()
    {
        if (!Input.HasNext)
        {
            return false;
        }

        var next = Input.Next;
        if (next.Kind != PacketKind.Data)
        {
            // The rest of it will never come.
            if (Known.HasSwallowed || Tampering.IsDrop)
            {
                Break();
                return false;
            }

            Stage.PassAll(isForeign: false);
            return true;
        }

        var taken = TakeBody(next.Bytes);
        if (Body.IsBad)
        {
            if (!Tampering.IsDrop)
            {
                return GiveUp();
            }

            Break();
            return false;
        }

        var piece = Input.Take(taken);
        IsInBody = !Body.IsDone;
        if (!Tampering.IsDrop)
        {
            Send(piece);
            return true;
        }

        DropBytes(piece);
        if (isSwallowing && !IsInBody)
        {
            isSwallowing = false;
            Known.EndLast();
            Stage.Answers!.Process();
        }

        return true;
    }
}
