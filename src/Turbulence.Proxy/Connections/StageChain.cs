using Turbulence.Platform.Loops;
using Turbulence.Proxy.Buffers;
using Turbulence.Proxy.Loops;
using Turbulence.Proxy.Toxics;

namespace Turbulence.Proxy.Connections;

/// <summary>The stages of one direction of a connection, in their order, and the one timer that they share.</summary>
internal sealed class StageChain
{
    private readonly IToxicLink link;
    private readonly ProxyLoop loop;
    private readonly LoopTimer timer;

    /// <summary>Makes one without stages.</summary>
    /// <param name="link">The direction.</param>
    /// <param name="loop">Its loop.</param>
    /// <param name="ring">What is done when a stage's time has come; it calls <see cref="Ring"/>.</param>
    public StageChain(IToxicLink link, ProxyLoop loop, Action ring)
    {
        this.link = link;
        this.loop = loop;
        timer = new LoopTimer(ring);
    }

    /// <summary>The stages, first the one next to the source.</summary>
    public ToxicStage[] Stages { get; private set; } = [];

    /// <summary>Whether nothing more should be read for now.</summary>
    public bool IsFull
    {
        get
        {
            foreach (var stage in Stages)
            {
                if (stage.IsFull)
                {
                    return true;
                }
            }

            return false;
        }
    }

    /// <summary>How many bytes they keep.</summary>
    public long HeldBytes
    {
        get
        {
            long held = 0;
            foreach (var stage in Stages)
            {
                held += stage.HeldBytes;
            }

            return held;
        }
    }

    /// <summary>
    /// Puts other stages in the place of these. What is on its way keeps its order: what a stage that goes has kept is passed on, the
    /// oldest first.
    /// </summary>
    /// <param name="now">The stages; those that stay keep their order, and new ones stand behind them, as toxics are added at the
    /// end.</param>
    /// <param name="entries">The toxic of each.</param>
    public void Put(ToxicStage[] now, IReadOnlyList<ToxicEntry> entries)
    {
        var former = Stages;
        Stages = now;
        for (var i = 0; i < now.Length; i++)
        {
            now[i].Next = i + 1 < now.Length ? now[i + 1] : null;
        }

        var leaving = Leaving(former);
        for (var i = 0; i < now.Length; i++)
        {
            if (!former.Contains(now[i]))
            {
                now[i].Enter(link, entries[i]);
            }
            else if (now[i].Entry != entries[i])
            {
                now[i].Change(entries[i]);
            }
        }

        foreach (var stage in leaving)
        {
            stage.Leave();
        }

        Schedule();
    }

    /// <summary>Sets the timer for the stage that asks for the earliest time.</summary>
    public void Schedule()
    {
        var due = ToxicStage.Never;
        foreach (var stage in Stages)
        {
            due = Math.Min(due, stage.DueAt);
        }

        if (due == ToxicStage.Never)
        {
            loop.Stop(timer);
        }
        else if (timer.Place < 0 || timer.Due != due)
        {
            loop.Set(timer, due);
        }
    }

    /// <summary>Calls the stages whose time has come.</summary>
    public void Ring()
    {
        var now = loop.Clock.Now;
        // One of them may close the connection, and with it take all of them out.
        var stages = Stages;
        foreach (var stage in stages)
        {
            if (stage.DueAt <= now && Stages == stages)
            {
                stage.Ring();
            }
        }

        Schedule();
    }

    /// <summary>Passes a packet into the first.</summary>
    public void Accept(in Packet packet) => Stages[0].Accept(packet);

    /// <summary>The connection is gone: what is kept is released.</summary>
    public void Discard()
    {
        foreach (var stage in Stages)
        {
            stage.Discard();
        }

        Stages = [];
        loop.Stop(timer);
    }

    /// <summary>Those that go, the last one first, each with the stage behind it that stays.</summary>
    private List<ToxicStage> Leaving(ToxicStage[] former)
    {
        var leaving = new List<ToxicStage>();
        var next = Stages.FirstOrDefault(stage => !former.Contains(stage));
        for (var i = former.Length - 1; i >= 0; i--)
        {
            if (Stages.Contains(former[i]))
            {
                next = former[i];
            }
            else
            {
                former[i].Next = next;
                leaving.Add(former[i]);
            }
        }

        return leaving;
    }
}
