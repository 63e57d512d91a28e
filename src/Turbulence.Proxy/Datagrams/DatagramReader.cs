using System.Net.Sockets;
using Turbulence.Platform.Loops;
using Turbulence.Platform.Sockets;
using Turbulence.Proxy.Loops;

namespace Turbulence.Proxy.Datagrams;

/// <summary>
/// A socket of datagrams, which are read as they come, some in a turn, so that others on the loop have theirs. The socket is its own.
/// </summary>
/// <param name="loop">Its loop.</param>
/// <param name="socket">The socket.</param>
/// <param name="readOne">Reads one datagram, and passes it on where there is one.</param>
internal sealed class DatagramReader(ProxyLoop loop, NonBlockingSocket socket, Func<NonBlockingSocket, SocketError> readOne)
    : ILoopSocket, ILoopWork
{
    private const int MostInATurn = 64;

    private long key;
    private bool mayRead;
    private bool isWaiting;
    private bool isClosed;

    /// <summary>The socket, to send.</summary>
    public NonBlockingSocket Socket => socket;

    /// <summary>Begins.</summary>
    /// <returns>Whether it could; the system may have no memory for it.</returns>
    public bool TryStart()
    {
        key = loop.Watch(socket, this);
        return key != 0;
    }

    public void Ready(SocketReadiness readiness)
    {
        mayRead |= (readiness & SocketReadiness.Readable) != 0;
        Read();
    }

    public void Continue()
    {
        isWaiting = false;
        Read();
    }

    /// <summary>Ends, and closes the socket.</summary>
    public void Close()
    {
        isClosed = true;
        if (key != 0)
        {
            loop.Forget(socket, key);
        }

        socket.Dispose();
    }

    private void Read()
    {
        for (var turn = 0; turn < MostInATurn; turn++)
        {
            if (isClosed || !mayRead)
            {
                return;
            }

            if (readOne(socket) == SocketError.WouldBlock)
            {
                mayRead = false;
                loop.Await(socket, SocketReadiness.Readable);
            }
        }

        if (!isWaiting)
        {
            isWaiting = true;
            loop.GiveWay(this);
        }
    }
}
