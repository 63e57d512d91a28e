using Turbulence.Platform.Loops;
using Turbulence.Platform.Sockets;

namespace Turbulence.Proxy.Connections;

/// <summary>One of the two sockets of a connection, and what is known of it.</summary>
/// <param name="connection">The connection.</param>
internal sealed class ConnectionEnd(ProxyConnection connection) : ILoopSocket
{
    private const int MostReadAway = 16;
    private const int LossSeconds = 15;

    private long key;

    /// <summary>The socket; null as long as there is none, and when it was closed.</summary>
    public NonBlockingSocket? Socket { get; private set; }

    /// <summary>Whether the last that is known is that there may be something to read.</summary>
    public bool MayRead { get; private set; }

    /// <summary>Whether the last that is known is that there may be room to write.</summary>
    public bool MayWrite { get; private set; }

    /// <summary>Whether an end or an error may stand behind what can be read, so that a short read is not the last.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>Whether its peer broke the connection off.</summary>
    public bool IsBroken { get; set; }

    /// <summary>Takes a socket and waits for it.</summary>
    /// <returns>Whether it can be waited for; it is closed where not.</returns>
    public bool Take(NonBlockingSocket socket)
    {
        key = connection.Group.Loop.Watch(socket, this);
        if (key == 0)
        {
            socket.Dispose();
            return false;
        }

        Socket = socket;
        return true;
    }

    /// <summary>The socket became ready.</summary>
    public void Ready(SocketReadiness readiness)
    {
        MayRead |= (readiness & SocketReadiness.Readable) != 0;
        MayWrite |= (readiness & SocketReadiness.Writable) != 0;
        HasEnded |= (readiness & SocketReadiness.Ended) != 0;
        try
        {
            connection.Ready(this, readiness);
        }
        catch (Exception failure) when (connection.Fail(failure))
        {
            // One connection less; the others go on.
        }
    }

    /// <summary>Nothing is there to read now.</summary>
    public void Drained()
    {
        MayRead = false;
        HasEnded = false;
        connection.Group.Loop.Await(Socket!, SocketReadiness.Readable);
    }

    /// <summary>There is no room to write now.</summary>
    public void Filled()
    {
        MayWrite = false;
        connection.Group.Loop.Await(Socket!, SocketReadiness.Writable);
    }

    /// <summary>
    /// Reads what is there, for nobody. Closing a socket with unread bytes makes the system send a reset, by which the peer may lose what
    /// it was sent before.
    /// </summary>
    public void ReadAway()
    {
        for (var turn = 0; turn < MostReadAway && MayRead && Socket is { } socket; turn++)
        {
            if (socket.Receive(connection.Group.Loop.Scratch, out _) == 0)
            {
                return;
            }
        }
    }

    /// <summary>Finds out by itself, in a minute or so, that the peer has gone without a word.</summary>
    public void WatchOut() => Socket?.DetectLoss(LossSeconds);

    /// <summary>Closes the socket, with a reset or in order.</summary>
    public void Close(bool reset)
    {
        if (Socket is not { } socket)
        {
            return;
        }

        connection.Group.Loop.Forget(socket, key);
        (Socket, MayRead, MayWrite) = (null, false, false);
        if (reset)
        {
            socket.Reset();
        }
        else
        {
            socket.Dispose();
        }
    }
}
