using Turbulence.Platform.Sockets;
using Turbulence.Proxy.Decisions;
using Turbulence.Proxy.Loops;
using Turbulence.Proxy.Toxics;

namespace Turbulence.Proxy.Connections;

/// <summary>The connections of a proxy on one loop. Everything but <see cref="Tally"/> belongs to that loop.</summary>
/// <param name="loop">The loop.</param>
/// <param name="log">Where receipts go; null for nowhere.</param>
/// <param name="settings">How connections are made.</param>
internal sealed class ConnectionGroup(ProxyLoop loop, DecisionLog? log, ConnectionSettings settings)
{
    private readonly List<ProxyConnection> connections = [];

    /// <summary>The loop.</summary>
    public ProxyLoop Loop { get; } = loop;

    /// <summary>What they did.</summary>
    public ConnectionTally Tally { get; } = new();

    /// <summary>How new ones are made.</summary>
    public ConnectionSettings Settings { get; set; } = settings;

    /// <summary>The toxics that hold now.</summary>
    public ToxicSet Toxics { get; private set; } = ToxicSet.Empty;

    /// <summary>Other toxics hold now.</summary>
    public event Action? ToxicsChanged;

    /// <summary>Takes a client's connection.</summary>
    /// <param name="socket">The connection.</param>
    /// <param name="number">Its number in its proxy.</param>
    public void Open(NonBlockingSocket socket, long number)
    {
        var connection = new ProxyConnection(this, number) { Place = connections.Count };
        connections.Add(connection);
        Tally.Opened();
        try
        {
            var opening = connection.Decide(Toxics);
            if (opening == ConnectionOpening.Refuse)
            {
                Tally.Refuse();
                CountRefusal(number);
                socket.Reset();
                connection.Close(reset: true);
            }
            else
            {
                connection.Start(socket, opening);
            }
        }
        catch (Exception failure) when (connection.Fail(failure))
        {
            // One connection less; the others go on.
        }
    }

    /// <summary>Takes the toxics that hold from now on, unless newer ones do already.</summary>
    public void Apply(ToxicSet toxics)
    {
        if (toxics.Version <= Toxics.Version)
        {
            return;
        }

        Toxics = toxics;
        ToxicsChanged?.Invoke();
        // One that closes takes itself out, and the last one its place.
        for (var i = connections.Count - 1; i >= 0; i--)
        {
            if (i < connections.Count)
            {
                connections[i].Apply(toxics);
            }
        }
    }

    /// <summary>Closes all of them.</summary>
    public void CloseAll()
    {
        while (connections.Count > 0)
        {
            connections[^1].Close(reset: false);
        }
    }

    /// <summary>Takes one out that has closed.</summary>
    public void Remove(ProxyConnection connection)
    {
        var last = connections[^1];
        connections[connection.Place] = last;
        last.Place = connection.Place;
        connections.RemoveAt(connections.Count - 1);
        Tally.Closed();
    }

    /// <summary>The last thing that went wrong and never should; null for nothing.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>Something went wrong that never should.</summary>
    public void Fail(Exception failure) => Failure = failure;

    // Connections are refused where the upstream is not there as well, which no toxic has done.
    private void CountRefusal(long connection)
    {
        foreach (var entry in Toxics.Entries)
        {
            if (entry.Kind.Opening == ConnectionOpening.Refuse && entry.Hits(connection))
            {
                entry.Tally.AddEnd(Loop.Number);
            }
        }
    }

    /// <summary>A toxic hits a connection.</summary>
    public void Note(ToxicEntry entry, long connection)
    {
        entry.Tally.AddConnection(Loop.Number);
        log?.Add(Loop.Number, entry.Receipt, connection);
    }

    /// <summary>A toxic hits a datagram.</summary>
    public void NoteDatagram(ToxicEntry entry, long flow, long number, ToxicStream direction) =>
        log?.Add(Loop.Number, entry.Receipt, flow, number, direction == ToxicStream.Upstream);

    /// <summary>A toxic hits a request.</summary>
    public void Note(ToxicEntry entry, long connection, in RequestReceipt request)
    {
        entry.Tally.AddRequest(Loop.Number);
        entry.Tally.Traces.Add(request.Trace);
        log?.Add(Loop.Number, entry.Receipt, connection, request);
    }
}
