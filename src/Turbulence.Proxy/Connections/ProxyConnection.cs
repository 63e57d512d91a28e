using Turbulence.Platform.Sockets;
using Turbulence.Proxy.Toxics;

namespace Turbulence.Proxy.Connections;

/// <summary>
/// A client's connection and the one that the proxy makes to the upstream for it. All of it happens on one loop.
/// <code>
///   accepted ─▶ dialling ─▶ open ─▶ closed        both directions ended, or one broke off, or a toxic or a person closes it
///                  └──────────────────▲           the upstream cannot be reached
/// </code>
/// An end is passed on as an end and leaves the other direction as it is; a reset is passed on as a reset and ends both.
/// </summary>
internal sealed class ProxyConnection
{
    private readonly ConnectionEnd client;
    private readonly ConnectionEnd upstream;
    private readonly ConnectionLink up;
    private readonly ConnectionLink down;
    private UpstreamDial? dial;
    private List<long>? noted;
    private bool isClosed;

    public ProxyConnection(ConnectionGroup group, long number)
    {
        Group = group;
        Number = number;
        client = new ConnectionEnd(this);
        upstream = new ConnectionEnd(this);
        up = new ConnectionLink(this, ToxicStream.Upstream, client, upstream);
        down = new ConnectionLink(this, ToxicStream.Downstream, upstream, client);
    }

    /// <summary>Those of the same proxy on the same loop.</summary>
    public ConnectionGroup Group { get; }

    /// <summary>Its number in its proxy, from 1.</summary>
    public long Number { get; }

    /// <summary>Where it stands in its group.</summary>
    public int Place { get; set; } = -1;

    /// <summary>Whether bytes go to and fro.</summary>
    public bool IsOpen { get; private set; }

    /// <summary>Which way the last bytes went that were read; null as long as none were.</summary>
    public ToxicStream? LastRead { get; set; }

    /// <summary>Whether a toxic stands in it.</summary>
    public bool HasStages => up.Stages.Count > 0 || down.Stages.Count > 0;

    /// <summary>Begins with the client's connection.</summary>
    /// <param name="socket">The client's connection.</param>
    /// <param name="opening">What becomes of it.</param>
    public void Start(NonBlockingSocket socket, ConnectionOpening opening)
    {
        socket.SendAtOnce();
        if (!client.Take(socket))
        {
            Close(reset: true);
        }
        else if (opening == ConnectionOpening.Hold)
        {
            Open();
        }
        else
        {
            dial = new UpstreamDial(this, upstream);
            dial.Start();
        }
    }

    /// <summary>The upstream was reached.</summary>
    public void Dialled()
    {
        dial = null;
        if (isClosed)
        {
            upstream.Close(reset: true);
            return;
        }

        upstream.Socket!.SendAtOnce();
        Open();
    }

    /// <summary>The upstream could not be reached.</summary>
    public void DialFailed()
    {
        dial = null;
        if (!isClosed)
        {
            Group.Tally.DialFailed();
            Group.Tally.Refuse();
            Close(reset: Group.Settings.OnFailure == UpstreamFailure.Reset);
        }
    }

    /// <summary>One of its sockets became ready.</summary>
    public void Ready(ConnectionEnd end, SocketReadiness readiness)
    {
        if (dial is not null)
        {
            if (end == upstream)
            {
                dial.Ready();
            }

            return;
        }

        var (from, to) = end == client ? (up, down) : (down, up);
        if ((readiness & SocketReadiness.Writable) != 0 && to.IsBlocked)
        {
            to.Pump();
        }

        if ((readiness & SocketReadiness.Readable) != 0)
        {
            from.Pump();
        }
    }

    /// <summary>The peer of an end broke the connection off.</summary>
    public void Break(ConnectionEnd end)
    {
        if (!end.IsBroken && !isClosed)
        {
            end.IsBroken = true;
            end.Close(reset: false);
            (end == client ? up : down).BreakOff();
            if (client.Socket is null && upstream.Socket is null)
            {
                Close(reset: true);
            }
        }
    }

    /// <summary>Closes both sides once both directions have ended.</summary>
    public void EndIfFinished()
    {
        if (up.IsFinished && down.IsFinished)
        {
            Close(reset: false);
        }
    }

    /// <summary>Closes both sides, with a reset or in order. What was not written yet is lost.</summary>
    public void Close(bool reset)
    {
        if (isClosed)
        {
            return;
        }

        isClosed = true;
        IsOpen = false;
        dial?.Stop();
        up.Discard();
        down.Discard();
        if (!reset)
        {
            client.ReadAway();
            upstream.ReadAway();
        }

        client.Close(reset);
        upstream.Close(reset);
        Group.Remove(this);
    }

    /// <summary>Takes the toxics that hold now.</summary>
    public void Apply(ToxicSet set)
    {
        try
        {
            Decide(set);
            if (IsOpen)
            {
                Put(set);
            }
        }
        catch (Exception failure) when (Fail(failure))
        {
            // One connection less; the others go on.
        }
    }

    /// <summary>
    /// Something went wrong that never should, in a toxic for instance: it is broken off, and the server keeps what it was.
    /// </summary>
    /// <returns>True: it has been dealt with.</returns>
    public bool Fail(Exception failure)
    {
        Group.Fail(failure);
        Close(reset: true);
        return true;
    }

    /// <summary>Decides which toxics hit it, and writes the receipts of those that were not decided before.</summary>
    /// <returns>What becomes of the connection.</returns>
    public ConnectionOpening Decide(ToxicSet set)
    {
        var opening = ConnectionOpening.Dial;
        foreach (var entry in set.Entries)
        {
            if (!entry.Hits(Number))
            {
                continue;
            }

            if (entry.Kind.IsPerRequest)
            {
                // Which of its requests it hits is decided when they come.
                continue;
            }

            opening = entry.Kind.Opening > opening ? entry.Kind.Opening : opening;
            if (noted?.Contains(entry.Serial) != true)
            {
                (noted ??= []).Add(entry.Serial);
                Group.Note(entry, Number);
            }
        }

        return opening;
    }

    private void Open()
    {
        IsOpen = true;
        Put(Group.Toxics);
        up.Pump();
        down.Pump();
    }

    private void Put(ToxicSet set)
    {
        if (set.Entries.Count == 0 && up.Stages.Count == 0 && down.Stages.Count == 0)
        {
            return;
        }

        List<ToxicEntry> upEntries = [];
        List<ToxicEntry> downEntries = [];
        List<ToxicStage> upStages = [];
        List<ToxicStage> downStages = [];
        foreach (var entry in set.Entries)
        {
            if (!entry.Hits(Number))
            {
                continue;
            }

            ToxicStage? twin = null;
            if (entry.StandsIn(ToxicStream.Upstream))
            {
                upEntries.Add(entry);
                upStages.Add(twin = Stage(up, entry));
            }

            if (entry.StandsIn(ToxicStream.Downstream))
            {
                var stage = Stage(down, entry);
                // An answer meets those that tell requests apart in the other order than its request did, and before all others: each hears
                // an answer to what it has let pass.
                var place = entry.Kind.IsPerRequest ? 0 : downStages.Count;
                downEntries.Insert(place, entry);
                downStages.Insert(place, stage);
                stage.Twin = twin;
                twin?.Twin = stage;
            }
        }

        up.Put([.. upStages], upEntries);
        down.Put([.. downStages], downEntries);
    }

    private static ToxicStage Stage(ConnectionLink link, ToxicEntry entry) =>
        link.Stages.FirstOrDefault(stage => stage.Entry.Serial == entry.Serial) ?? entry.Kind.CreateStage();
}
