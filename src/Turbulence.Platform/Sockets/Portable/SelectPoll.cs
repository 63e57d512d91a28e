using System.Net;
using System.Net.Sockets;

namespace Turbulence.Platform.Sockets.Portable;

/// <summary>
/// <see cref="Socket.Select(System.Collections.IList?, System.Collections.IList?, System.Collections.IList?, TimeSpan)"/>, which looks at
/// all sockets at each wait: for a few of them. What is woken with is a datagram to itself.
/// </summary>
internal sealed class SelectPoll : SocketPoll
{
    private static readonly byte[] Nudge = [1];

    private readonly Dictionary<Socket, Watch> watched = [];
    private readonly List<Socket> readers = [];
    private readonly List<Socket> writers = [];
    private readonly Socket wake = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private readonly byte[] nudged = new byte[8];
    private int isWoken;

    public SelectPoll()
    {
        wake.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        wake.Connect(wake.LocalEndPoint!);
        wake.Blocking = false;
    }

    public override bool TryAdd(NonBlockingSocket socket, long key) =>
        watched.TryAdd(socket.Socket, new Watch(key, SocketReadiness.Readable | SocketReadiness.Writable, false));

    public override bool TryAddListener(NonBlockingSocket socket, long key) =>
        watched.TryAdd(socket.Socket, new Watch(key, SocketReadiness.Readable, true));

    public override void Await(NonBlockingSocket socket, SocketReadiness readiness)
    {
        if (watched.TryGetValue(socket.Socket, out var watch))
        {
            watched[socket.Socket] = watch with { Awaited = watch.Awaited | readiness };
        }
    }

    public override void Remove(NonBlockingSocket socket) => watched.Remove(socket.Socket);

    public override void Forget(NonBlockingSocket socket) => Remove(socket);

    public override int Wait(Span<SocketEvent> ready, long nanoseconds)
    {
        readers.Clear();
        writers.Clear();
        readers.Add(wake);
        foreach (var (socket, watch) in watched)
        {
            if ((watch.Awaited & SocketReadiness.Readable) != 0)
            {
                readers.Add(socket);
            }

            if ((watch.Awaited & SocketReadiness.Writable) != 0)
            {
                writers.Add(socket);
            }
        }

        Socket.Select(readers, writers, null, nanoseconds == Forever
            ? Timeout.InfiniteTimeSpan
            : TimeSpan.FromMicroseconds(Math.Min(1_000_000_000, (nanoseconds + 999) / 1000)));
        var found = 0;
        foreach (var socket in readers)
        {
            if (socket == wake)
            {
                Volatile.Write(ref isWoken, 0);
                while (wake.Receive(nudged, SocketFlags.None, out _) > 0)
                {
                }
            }
            else
            {
                Add(ready, ref found, socket, SocketReadiness.Readable);
            }
        }

        foreach (var socket in writers)
        {
            Add(ready, ref found, socket, SocketReadiness.Writable);
        }

        return found;
    }

    public override void Wake()
    {
        if (Interlocked.Exchange(ref isWoken, 1) == 0)
        {
            wake.Send(Nudge, SocketFlags.None, out _);
        }
    }

    protected override void Dispose(bool disposing) => wake.Dispose();

    private void Add(Span<SocketEvent> ready, ref int found, Socket socket, SocketReadiness readiness)
    {
        // Those that find no room are told by the next wait.
        if (found < ready.Length && watched.TryGetValue(socket, out var watch))
        {
            ready[found++] = new SocketEvent(
                watch.Key, readiness | (watch.IsListener || readiness == SocketReadiness.Writable ? 0 : SocketReadiness.Ended));
            if (!watch.IsListener)
            {
                watched[socket] = watch with { Awaited = watch.Awaited & ~readiness };
            }
        }
    }

    /// <summary>What is waited for. That the peer ended is not known beforehand, so it is always told: who reads finds out.</summary>
    private readonly record struct Watch(long Key, SocketReadiness Awaited, bool IsListener);
}
