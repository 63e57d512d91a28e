using Turbulence.Platform.Loops;
using Turbulence.Proxy.Loops;
using Turbulence.Proxy.Toxics;

namespace Turbulence.Proxy.Datagrams;

/// <summary>Datagrams that leave later, each at its own time: those of a short delay overtake others.</summary>
internal sealed class DelayedDatagrams
{
    // As much as a stream's latency keeps.
    private const long Capacity = 32 << 20;

    private readonly PriorityQueue<DelayedDatagram, (long Due, long Serial)> waiting = new();
    private readonly ProxyLoop loop;
    private readonly Action<DelayedDatagram> send;
    private readonly LoopTimer timer;
    private long serial;
    private long bytes;

    /// <summary>Makes one.</summary>
    /// <param name="loop">Its loop.</param>
    /// <param name="send">Sends one.</param>
    public DelayedDatagrams(ProxyLoop loop, Action<DelayedDatagram> send)
    {
        this.loop = loop;
        this.send = send;
        timer = new LoopTimer(() => Send(loop.Clock.Now));
    }

    /// <summary>Keeps one for a while.</summary>
    /// <param name="flow">Whose it is.</param>
    /// <param name="direction">Where it goes.</param>
    /// <param name="number">Its number in its flow and direction.</param>
    /// <param name="overtaking">What has hit it in order that others overtake it; null for nothing.</param>
    /// <param name="datagram">The datagram.</param>
    /// <param name="milliseconds">For how long.</param>
    /// <returns>Whether there is room for it.</returns>
    public bool TryAdd(
        DatagramFlow flow, ToxicStream direction, long number, ToxicEntry? overtaking, ReadOnlySpan<byte> datagram, double milliseconds)
    {
        if (bytes + datagram.Length > Capacity || loop.IsShortOfMemory)
        {
            return false;
        }

        bytes += datagram.Length;
        flow.Held++;
        waiting.Enqueue(
            new(flow, direction, number, overtaking, loop.Pool.Copy(datagram)),
            (loop.Clock.Now + loop.Clock.Milliseconds(milliseconds), ++serial));
        Await();
        return true;
    }

    /// <summary>Sends all, in the order in which they are due.</summary>
    public void SendAll() => Send(long.MaxValue);

    /// <summary>Drops all.</summary>
    public void Clear()
    {
        while (waiting.TryDequeue(out var one, out _))
        {
            one.Packet.Release();
        }

        bytes = 0;
        loop.Stop(timer);
    }

    private void Send(long until)
    {
        while (waiting.TryPeek(out var one, out var priority) && priority.Due <= until)
        {
            waiting.Dequeue();
            bytes -= one.Packet.Length;
            one.Flow.Held--;
            if (!one.Flow.IsClosed)
            {
                send(one);
            }

            one.Packet.Release();
        }

        Await();
        loop.TrimSoon();
    }

    private void Await()
    {
        if (waiting.TryPeek(out _, out var priority))
        {
            if (timer.Place < 0 || timer.Due != priority.Due)
            {
                loop.Set(timer, priority.Due);
            }
        }
        else
        {
            loop.Stop(timer);
        }
    }
}
