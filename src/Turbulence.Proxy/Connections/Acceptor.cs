using System.Net.Sockets;
using Turbulence.Platform.Loops;
using Turbulence.Platform.Processes;
using Turbulence.Platform.Sockets;
using Turbulence.Proxy.Loops;

namespace Turbulence.Proxy.Connections;

/// <summary>
/// Accepts the connections of a listener. Where there are no open files left it waits, longer each time, instead of asking again and again.
/// </summary>
internal sealed class Acceptor : ILoopSocket, IProxyFront
{
    private const int LeastPause = 10;
    private const int MostPause = 500;

    private readonly ProxyLoop loop;
    private readonly NonBlockingSocket listener;
    private readonly Action<NonBlockingSocket> accepted;
    private readonly LoopTimer resume;
    private long key;
    private int pause = LeastPause;
    private bool isCareful;
    private bool isClosed;

    /// <summary>Makes one; <see cref="Start"/> begins.</summary>
    /// <param name="loop">Its loop.</param>
    /// <param name="listener">The listener, which is closed with it.</param>
    /// <param name="accepted">What is done with a connection.</param>
    public Acceptor(ProxyLoop loop, NonBlockingSocket listener, Action<NonBlockingSocket> accepted)
    {
        this.loop = loop;
        this.listener = listener;
        this.accepted = accepted;
        resume = new LoopTimer(Start);
    }

    /// <summary>How often there was no open file for a connection.</summary>
    public long Pauses { get; private set; }

    /// <summary>Begins, or goes on after a pause.</summary>
    public void Start()
    {
        if (!isClosed)
        {
            key = loop.WatchListener(listener, this);
            if (key == 0)
            {
                Pause();
            }
        }
    }

    public void Ready(SocketReadiness readiness)
    {
        if (isCareful && OpenFilesLimit.AreScarce())
        {
            // Who controls the proxies has to be heard even then.
            Rest();
        }
        else if (listener.Accept(out var error) is { } socket)
        {
            pause = LeastPause;
            isCareful = socket.IsAmongTheLast;
            accepted(socket);
        }
        else if (error is SocketError.TooManyOpenSockets or SocketError.NoBufferSpaceAvailable)
        {
            Rest();
        }
    }

    /// <summary>Closes the listener.</summary>
    public void Close()
    {
        if (!isClosed)
        {
            isClosed = true;
            loop.Stop(resume);
            if (key != 0)
            {
                loop.Unwatch(listener, key);
            }

            listener.Dispose();
        }
    }

    // The listener stays ready: waiting for it would turn in circles.
    private void Rest()
    {
        loop.Unwatch(listener, key);
        key = 0;
        Pause();
    }

    private void Pause()
    {
        Pauses++;
        loop.Set(resume, loop.Clock.Now + loop.Clock.Milliseconds(pause));
        pause = Math.Min(MostPause, pause * 2);
    }
}
