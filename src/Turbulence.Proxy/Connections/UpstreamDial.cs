using System.Net;
using System.Net.Sockets;
using Turbulence.Platform.Loops;
using Turbulence.Platform.Sockets;
using Turbulence.Proxy.Loops;

namespace Turbulence.Proxy.Connections;

/// <summary>
/// Connects to the upstream without holding anybody up: names are resolved beside the loop, addresses tried one after the other, each with
/// its part of the time that is left.
/// </summary>
internal sealed class UpstreamDial
{
    private const int BusyMilliseconds = 5;

    private readonly ProxyConnection connection;
    private readonly ConnectionEnd end;
    private readonly ProxyLoop loop;
    private readonly LoopTimer timer;
    private readonly CancellationTokenSource? resolving;
    private IReadOnlyList<EndPoint> addresses = [];
    private long deadline;
    private int next;
    private bool isOver;
    private bool isBusy;

    public UpstreamDial(ProxyConnection connection, ConnectionEnd end)
    {
        this.connection = connection;
        this.end = end;
        loop = connection.Group.Loop;
        timer = new LoopTimer(() => Guard(TimeOut));
        resolving = connection.Group.Settings.Upstream.Literal is null ? new CancellationTokenSource() : null;
    }

    /// <summary>Begins.</summary>
    public void Start()
    {
        deadline = loop.Clock.Now + loop.Clock.Milliseconds(connection.Group.Settings.DialTimeout.TotalMilliseconds);
        var upstream = connection.Group.Settings.Upstream;
        if (upstream.Literal is { } literal)
        {
            addresses = [literal];
            TryNext();
            return;
        }

        loop.Set(timer, deadline);
        _ = Task.Run(async () =>
        {
            IReadOnlyList<EndPoint> found = [];
            try
            {
                found = await upstream.ResolveAsync(resolving!.Token);
            }
            catch (Exception failure) when (failure is SocketException or OperationCanceledException)
            {
                // A name that is not known has no address to try.
            }

            loop.Post(() => Guard(() => Resolved(found)));
        });
    }

    /// <summary>The socket says that the connection came about, or failed.</summary>
    public void Ready()
    {
        if (end.Socket is not { } socket)
        {
            return;
        }

        if (socket.ConnectResult() == SocketError.Success)
        {
            Stop();
            connection.Dialled();
        }
        else
        {
            end.Close(reset: false);
            TryNext();
        }
    }

    /// <summary>Gives up. The socket is left as it is.</summary>
    public void Stop()
    {
        isOver = true;
        loop.Stop(timer);
        resolving?.Cancel();
    }

    private void Guard(Action action)
    {
        try
        {
            action();
        }
        catch (Exception failure) when (connection.Fail(failure))
        {
            // One connection less; the others go on.
        }
    }

    private void Resolved(IReadOnlyList<EndPoint> found)
    {
        if (!isOver)
        {
            addresses = found;
            TryNext();
        }
    }

    private void TryNext()
    {
        while (next < addresses.Count)
        {
            var left = deadline - loop.Clock.Now;
            var address = addresses[next++];
            if (left <= 0)
            {
                break;
            }

            if (NonBlockingSocket.Connect(address, out var error) is { } socket && end.Take(socket))
            {
                if (error == SocketError.Success)
                {
                    Stop();
                    connection.Dialled();
                }
                else
                {
                    loop.Set(timer, loop.Clock.Now + (left / (addresses.Count - next + 1)));
                }

                return;
            }

            if (error is SocketError.WouldBlock or SocketError.TooManyOpenSockets)
            {
                // A Unix socket whose queue is full says so at once, where TCP would wait for its turn; and open files may be had again.
                isBusy = true;
                loop.Set(timer, loop.Clock.Now + Math.Min(left, loop.Clock.Milliseconds(BusyMilliseconds)));
                return;
            }
        }

        Stop();
        connection.DialFailed();
    }

    private void TimeOut()
    {
        if (isBusy)
        {
            isBusy = false;
            next--;
            TryNext();
            return;
        }

        end.Close(reset: true);
        if (addresses.Count == 0)
        {
            Stop();
            connection.DialFailed();
        }
        else
        {
            TryNext();
        }
    }
}
