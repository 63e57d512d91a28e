using System.Net;
using System.Net.Sockets;
using Turbulence.Load.Outcomes;
using Turbulence.Platform.Loops;
using Turbulence.Platform.Sockets;

namespace Turbulence.Load.Connections;

/// <summary>
/// Connects to one of the addresses of a server: to the one that answered last first, and to the next where one refuses or says nothing for
/// a while. The one that has said nothing has the rest of the time limit where the others are no better.
/// </summary>
internal sealed class ConnectionDial
{
    /// <summary>How long until the next address of a name is tried (RFC 8305, Happy Eyeballs, section 5).</summary>
    public static readonly TimeSpan AttemptPatience = TimeSpan.FromMilliseconds(250);

    private readonly ILoadCarrier carrier;
    private readonly LoadConnection owner;
    private readonly LoopTimer patience;
    private LoadOrigin? origin;
    private NonBlockingSocket? socket;
    private long key;
    private IReadOnlyList<EndPoint> addresses = [];
    private int first;
    private int tried;
    private int silent;
    private SocketError failure;

    public ConnectionDial(ILoadCarrier carrier, LoadConnection owner)
    {
        this.carrier = carrier;
        this.owner = owner;
        patience = new LoopTimer(TryNext);
    }

    /// <summary>Whether it goes on.</summary>
    public bool IsGoing => socket is not null;

    /// <summary>Begins.</summary>
    public void Begin(LoadOrigin to)
    {
        origin = to;
        (addresses, first) = (to.Addresses, to.First);
        (tried, silent, failure) = (0, -1, SocketError.HostNotFound);
        Dial();
    }

    /// <summary>Something is to be seen at the socket.</summary>
    public void Ready(SocketReadiness readiness)
    {
        if ((readiness & (SocketReadiness.Writable | SocketReadiness.Ended)) != 0)
        {
            Dialled(socket!.ConnectResult());
        }
    }

    /// <summary>Ends it.</summary>
    public void Stop()
    {
        carrier.Loop.Stop(patience);
        HangUp();
    }

    private void Dial()
    {
        while (tried < addresses.Count)
        {
            var next = addresses[(first + tried) % addresses.Count];
            if (NonBlockingSocket.Connect(next, out var error) is not { } made)
            {
                Weigh(error);
                continue;
            }

            if (made.IsAmongTheLast)
            {
                made.Dispose();
                Weigh(SocketError.TooManyOpenSockets);
                continue;
            }

            socket = made;
            made.SendAtOnce();
            key = carrier.Loop.Watch(made, owner);
            if (key == 0)
            {
                HangUp();
                Weigh(SocketError.NoBufferSpaceAvailable);
                break;
            }

            if (error == SocketError.Success)
            {
                Dialled(error);
                return;
            }

            carrier.Loop.Await(made, SocketReadiness.Writable);
            if (tried + 1 < addresses.Count)
            {
                carrier.Loop.Set(patience, carrier.Loop.Clock.Now + carrier.Loop.Clock.Milliseconds(AttemptPatience.TotalMilliseconds));
            }

            return;
        }

        if (silent >= 0)
        {
            // The others are no better: the rest of the time limit is for the one that has said nothing yet.
            (first, tried, addresses, silent) = (0, 0, [addresses[silent]], -1);
            Dial();
            return;
        }

        Fail();
    }

    private void Dialled(SocketError result)
    {
        carrier.Loop.Stop(patience);
        if (result == SocketError.Success)
        {
            origin!.Prefer(addresses[(first + tried) % addresses.Count]);
            var (made, watched) = (socket!, key);
            (socket, key) = (null, 0);
            owner.Connected(made, watched);
            return;
        }

        HangUp();
        Weigh(result);
        Dial();
    }

    private void TryNext()
    {
        silent = silent < 0 ? (first + tried) % addresses.Count : silent;
        HangUp();
        tried++;
        Dial();
    }

    private void HangUp()
    {
        if (key != 0)
        {
            carrier.Loop.Forget(socket!, key);
        }

        socket?.Dispose();
        (socket, key) = (null, 0);
    }

    private void Weigh(SocketError error)
    {
        tried++;
        failure = SocketShortage.Weightier(failure, error);
    }

    private void Fail()
    {
        var told = SocketShortage.Told(failure, addresses);
        if (SocketShortage.Of(told) is { } shortage)
        {
            carrier.RunShort(shortage);
            owner.NotConnected(RequestOutcome.NeverSent, LossWords.Short(shortage));
        }
        else
        {
            owner.NotConnected(RequestOutcome.Refused, origin!.Unresolved ?? SocketWords.Of(told, origin.Host));
        }
    }
}
