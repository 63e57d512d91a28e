using Turbulence.Platform.Loops;
using Turbulence.Proxy.Buffers;
using Turbulence.Proxy.Decisions;

namespace Turbulence.Proxy.Toxics;

/// <summary>
/// A toxic in one direction of one connection that it hits. Packets come in order, and whatever stays of them leaves in order:
/// <code>
///   source ─▶ stage ─▶ stage ─▶ destination
///             Accept: Forward at once, or keep and Forward when Due, or drop
/// </code>
/// Everything is called on the connection's loop, and nothing may wait. Nothing is lost by its going: <see cref="Leave"/> forwards what it
/// kept. The end and the reset of a stream are packets like others, and pass on unless the toxic is about them.
/// </summary>
internal abstract class ToxicStage
{
    /// <summary>A time that never comes.</summary>
    public const long Never = long.MaxValue;

    private IToxicLink? link;
    private StageRandom random;

    /// <summary>The stage behind it; null before the destination.</summary>
    public ToxicStage? Next { get; set; }

    /// <summary>The toxic that it belongs to.</summary>
    public ToxicEntry Entry { get; private set; } = null!;

    /// <summary>The same toxic's stage in the other direction, where the kind stands in both.</summary>
    public ToxicStage? Twin { get; set; }

    /// <summary>When <see cref="Due"/> is called, in the loop's ticks.</summary>
    public long DueAt { get; private set; } = Never;

    /// <summary>Whether it keeps so much that nothing more should be read for now. It still takes what comes.</summary>
    public virtual bool IsFull => false;

    /// <summary>How many bytes it keeps; where all connections together keep much, one that keeps some is not read from.</summary>
    public virtual long HeldBytes => 0;

    /// <summary>The direction that it is in.</summary>
    protected ToxicStream Direction => Link.Direction;

    /// <summary>The loop's clock.</summary>
    protected LoopClock Clock => Link.Clock;

    /// <summary>Where packets with other bytes come from.</summary>
    protected BlockPool Pool => Link.Pool;

    /// <summary>The connection's number in its proxy, from 1.</summary>
    protected long Connection => Link.Connection;

    /// <summary>The chance of this stage; the same in each run with the same seed.</summary>
    protected ref StageRandom Random => ref random;

    private IToxicLink Link => link ?? throw new InvalidOperationException("The stage is in no connection yet.");

    /// <summary>Puts it into a direction of a connection.</summary>
    public void Enter(IToxicLink direction, ToxicEntry entry)
    {
        link = direction;
        Entry = entry;
        random = new StageRandom(entry.Decisions.Of(direction.Connection) + (ulong)direction.Direction);
        Configure(entry.Values);
        Start();
    }

    /// <summary>The toxic was changed.</summary>
    public void Change(ToxicEntry entry)
    {
        Entry = entry;
        Configure(entry.Values);
    }

    /// <summary>A packet has come.</summary>
    public abstract void Accept(in Packet packet);

    /// <summary>The time that it asked for has come.</summary>
    public void Ring()
    {
        DueAt = Never;
        Due();
    }

    /// <summary>The toxic goes while the connection stays: everything that was kept is forwarded, and nothing comes any more.</summary>
    public virtual void Leave()
    {
    }

    /// <summary>The connection is gone: everything that was kept is released.</summary>
    public virtual void Discard()
    {
    }

    /// <summary>Passes a packet on to the next stage.</summary>
    public void Forward(in Packet packet)
    {
        if (Next is { } next)
        {
            next.Accept(packet);
        }
        else
        {
            Link.Emit(packet);
        }
    }

    /// <summary>Takes the attributes, when it enters and at each change.</summary>
    protected virtual void Configure(ToxicValues values)
    {
    }

    /// <summary>It has entered the connection, and its attributes are known.</summary>
    protected virtual void Start()
    {
    }

    /// <summary>The time that it asked for has come.</summary>
    protected virtual void Due()
    {
    }

    /// <summary>
    /// Asks for <see cref="Due"/> at a time in the loop's ticks, in place of the one asked for before; <see cref="Never"/> for none.
    /// </summary>
    protected void WakeAt(long ticks)
    {
        DueAt = ticks;
        Link.Schedule();
    }

    /// <summary>Counts bytes that the toxic did something to: the proof of its effect.</summary>
    protected void Count(long bytes) => Entry.Tally.AddBytes(Link.Loop, bytes);

    /// <summary>Counts an end or a reset that the toxic held back, swallowed or made.</summary>
    protected void CountEnd() => Entry.Tally.AddEnd(Link.Loop);

    /// <summary>Which way the last bytes went that were read on the connection; null as long as none were.</summary>
    protected ToxicStream? LastRead => Link.LastRead;

    /// <summary>Whether something waits for room to write, behind all stages.</summary>
    protected bool IsBlocked => Link.IsBlocked;

    /// <summary>Counts a connection, the first time that one of its requests is hit.</summary>
    protected void CountConnection() => Entry.Tally.AddConnection(Link.Loop);

    /// <summary>Counts a connection on which the toxic can do nothing, since it does not speak what the toxic is about.</summary>
    protected void CountForeign() => Entry.Tally.AddForeign(Link.Loop);

    /// <summary>Writes the receipt of a decision about a request, and counts it.</summary>
    protected void Note(in RequestReceipt request) => Link.Note(Entry, request);

    /// <summary>Closes both sides of the connection now; <see cref="Packet.Close"/> does so after what came before.</summary>
    protected void CloseConnection() => Link.CloseConnection(reset: false);

    /// <summary>Breaks both sides of the connection off (RST).</summary>
    protected void ResetConnection() => Link.CloseConnection(reset: true);
}
