using Turbulence.Platform.Http;
using Turbulence.Platform.Loops;
using Turbulence.Proxy.Buffers;
using Turbulence.Proxy.Decisions;

namespace Turbulence.Proxy.Toxics.Http;

/// <summary>
/// A toxic of HTTP in one direction of a connection. It stands in both; the two know of each other, so that an answer that is made here
/// comes at its turn:
/// <code>
///   client ─▶ HttpRequests ─────────────────▶ upstream
///                  │ swallowed: made here
///   client ◀─ HttpAnswers ◀────────────────── upstream
/// </code>
/// </summary>
/// <param name="kind">The kind.</param>
internal sealed class HttpStage(HttpToxic kind) : ToxicStage
{
    private HttpSide? side;
    private HttpConversation? conversation;
    private HttpRule? rule;

    public override bool IsFull => side is { IsFull: true };

    public override long HeldBytes => side?.HeldBytes ?? 0;

    /// <summary>What is known of the connection in both directions.</summary>
    public HttpConversation Conversation => conversation ??= ((HttpStage)Twin!).conversation ?? new HttpConversation();

    /// <summary>The other direction; null as long as it has not entered the connection.</summary>
    public HttpStage? Other => Twin is HttpStage { side: not null } other ? other : null;

    /// <summary>The answers' side of this connection.</summary>
    public HttpAnswers? Answers => (side as HttpAnswers) ?? (Other?.side as HttpAnswers);

    /// <summary>Which requests it is for, and what it does to them.</summary>
    public HttpRule Rule => rule!;

    public new LoopClock Clock => base.Clock;

    public new BlockPool Pool => base.Pool;

    public new bool IsBlocked => base.IsBlocked;

    /// <summary>Whether the connection is gone, or the toxic out of it.</summary>
    public bool IsGone { get; private set; }

    /// <summary>Whether another toxic of HTTP stands behind it.</summary>
    public bool IsBeforeAnother
    {
        get
        {
            for (var stage = Next; stage is not null; stage = stage.Next)
            {
                if (stage is HttpStage)
                {
                    return true;
                }
            }

            return false;
        }
    }

    public override void Accept(in Packet packet) => side!.Accept(packet);

    public override void Leave()
    {
        side!.Leave();
        IsGone = true;
    }

    public override void Discard()
    {
        IsGone = true;
        side?.Discard();
    }

    /// <summary>Decides whether a request is hit, counts it and writes its receipt.</summary>
    /// <param name="bytes">Its head.</param>
    /// <param name="head">What that says.</param>
    /// <param name="request">Its number in its connection, from 1.</param>
    /// <param name="decision">The number that it alone has.</param>
    /// <returns>What is done to it; null for nothing.</returns>
    public HttpEffect? Decide(ReadOnlySpan<byte> bytes, in HttpHead head, long request, out ulong decision)
    {
        var known = Conversation;
        decision = 0;
        if (!IsFor(bytes, head))
        {
            return null;
        }

        var method = bytes[..head.MethodLength];
        var target = bytes.Slice(head.TargetStart, head.TargetLength);
        var identity = OccurrenceCounts.Identity(method, RequestTarget.PathOf(target));
        var occurrence = Entry.Tally.Occurrences.Next(identity);
        decision = Entry.Decisions.Of(identity, occurrence);
        if ((Rule.Counts && !Rule.IsCounted(Rule.IsAcross ? Entry.Tally.NextMatch() : ++known.Matches))
            || !DecisionSeed.Hits(decision, Entry.Toxicity))
        {
            return null;
        }

        if (!known.IsHit)
        {
            known.IsHit = true;
            CountConnection();
        }

        Note(new RequestReceipt(method, target, occurrence, request, HttpTrace.Find(bytes)));
        return Rule.Effect;
    }

    /// <summary>
    /// Tells the toxics behind of a request that this one answers: they count it among those that are the same, so that what one toxic does
    /// changes nothing of what another decides.
    /// </summary>
    /// <param name="bytes">Its head.</param>
    /// <param name="head">What that says.</param>
    public void TellOthers(ReadOnlySpan<byte> bytes, in HttpHead head)
    {
        for (var stage = Next; stage is not null; stage = stage.Next)
        {
            if (stage is HttpStage other && other.IsFor(bytes, head))
            {
                other.Entry.Tally.Occurrences.Next(OccurrenceCounts.Identity(
                    bytes[..head.MethodLength], RequestTarget.PathOf(bytes.Slice(head.TargetStart, head.TargetLength))));
            }
        }
    }

    /// <summary>The chance of a request; not the number itself, since that was below the toxicity where it is hit.</summary>
    /// <param name="decision">The number that it alone has.</param>
    public static StageRandom Chance(ulong decision) => new(~decision);

    public void Wake(long ticks) => WakeAt(ticks);

    /// <summary>Goes on soon, from the loop itself.</summary>
    public void WakeSoon() => WakeAt(Clock.Now);

    /// <summary>Goes on soon, where something waits.</summary>
    public void WakeSoonIfWaiting()
    {
        if (HeldBytes > 0)
        {
            WakeSoon();
        }
    }

    public void CountBytes(long bytes) => Count(bytes);

    public void CountEnded() => CountEnd();

    /// <summary>Nothing is looked at any more.</summary>
    /// <param name="isForeign">Whether that is since the toxic can do nothing here.</param>
    public void PassAll(bool isForeign)
    {
        if (Conversation.Phase is HttpPhase.Bytes or HttpPhase.Ended)
        {
            return;
        }

        if (isForeign)
        {
            CountForeign();
        }

        Conversation.Phase = HttpPhase.Bytes;
        Other?.WakeSoon();
    }

    /// <summary>Nobody could say any more which answer belongs to whom.</summary>
    public void Break() => CloseConnection();

    private bool IsFor(ReadOnlySpan<byte> bytes, in HttpHead head) =>
        Rule.IsInWindow(Clock.Now - Entry.Since, Clock) && Rule.Matches(bytes, head);

    protected override void Configure(ToxicValues values) => rule = kind.Rule(values);

    protected override void Start()
    {
        if (conversation is null && Other is null)
        {
            Conversation.Last = LastRead;
            Conversation.IsNew = LastRead is null;
        }

        side = Direction == ToxicStream.Upstream ? new HttpRequests(this) : new HttpAnswers(this);
        // What came before the other direction was there had to wait.
        Other?.WakeSoon();
    }

    protected override void Due() => side!.Process();
}
