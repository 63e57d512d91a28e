using System.Net;
using System.Net.Sockets;
using Turbulence.Platform.Loops;
using Turbulence.Platform.Sockets;
using Turbulence.Proxy.Connections;
using Turbulence.Proxy.Loops;
using Turbulence.Proxy.Toxics;

namespace Turbulence.Proxy.Datagrams;

/// <summary>
/// Takes the datagrams of clients, and sends them what the upstream answers. Each client, known by its address, has a flow of its own:
/// <code>
///   client ─▶ front ─ flow of the client's address ─ toxics ─▶ upstream
///   client ◀─ front ◀──────────────────────────────── toxics ─ upstream
/// </code>
/// What is delayed leaves at its time and may be overtaken; what finds no room is dropped, as on every network, and counted.
/// </summary>
internal sealed class DatagramFront : IProxyFront
{
    private readonly DatagramReader clients;
    private readonly DatagramLimits limits;
    private readonly Func<long> nextNumber;
    private readonly Dictionary<SocketAddress, DatagramFlow> flows = [];
    private readonly LinkedList<DatagramFlow> byIdleness = new();
    private readonly DatagramToxics toxics;
    private readonly DelayedDatagrams delayed;
    private readonly LoopTimer idle;
    private readonly SocketAddress sender;
    private readonly ProxyLoop loop;
    private bool isClosed;

    public DatagramFront(ConnectionGroup group, NonBlockingSocket socket, DatagramLimits limits, Func<long> nextNumber)
    {
        Group = group;
        this.limits = limits;
        this.nextNumber = nextNumber;
        loop = group.Loop;
        clients = new DatagramReader(loop, socket, ReadOne);
        toxics = new DatagramToxics(group);
        delayed = new DelayedDatagrams(loop, one => Send(one.Flow, one.Direction, one.Number, one.Overtaking, one.Packet.Bytes));
        idle = new LoopTimer(ForgetIdle);
        sender = socket.LocalEndPoint!.Serialize();
    }

    /// <summary>The proxy's toxics, counts and settings.</summary>
    public ConnectionGroup Group { get; }

    public void Start()
    {
        if (!isClosed)
        {
            Group.ToxicsChanged += delayed.SendAll;
            clients.TryStart();
        }
    }

    /// <summary>A datagram has come.</summary>
    public void Pass(DatagramFlow flow, ToxicStream direction, Span<byte> bytes)
    {
        Touch(flow);
        Group.Tally.Sent(direction == ToxicStream.Upstream, bytes.Length);
        var number = flow.Next(direction);
        var fate = toxics.Decide(flow, direction, number, bytes);
        for (var copy = 0; copy <= fate.Copies && !fate.IsLost; copy++)
        {
            if (fate.Delay <= 0)
            {
                Send(flow, direction, number, null, bytes);
            }
            else if (!delayed.TryAdd(flow, direction, number, copy == 0 ? fate.Overtaking : null, bytes, fate.Delay))
            {
                Group.Tally.Refuse();
            }
        }
    }

    public void Close()
    {
        if (isClosed)
        {
            return;
        }

        isClosed = true;
        Group.ToxicsChanged -= delayed.SendAll;
        delayed.Clear();
        while (byIdleness.First is { Value: var flow })
        {
            Forget(flow);
        }

        loop.Stop(idle);
        clients.Close();
    }

    private SocketError ReadOne(NonBlockingSocket socket)
    {
        var count = socket.ReceiveFrom(loop.Scratch, sender, out var error);
        if (error == SocketError.Success)
        {
            Pass(FlowOf(sender), ToxicStream.Upstream, loop.Scratch.AsSpan(0, count));
        }

        return error;
    }

    private DatagramFlow FlowOf(SocketAddress address)
    {
        if (flows.TryGetValue(address, out var known))
        {
            return known;
        }

        if (flows.Count >= limits.MostFlows)
        {
            Forget(byIdleness.First!.Value);
        }

        var client = new SocketAddress(address.Family, address.Buffer.Length) { Size = address.Size };
        address.Buffer.CopyTo(client.Buffer);
        var flow = new DatagramFlow(this, client, nextNumber());
        flows.Add(client, flow);
        byIdleness.AddLast(flow.Node);
        Group.Tally.Opened();
        flow.Start();
        return flow;
    }

    private void Send(DatagramFlow flow, ToxicStream direction, long number, ToxicEntry? overtaking, ReadOnlySpan<byte> bytes)
    {
        if (flow.IsOvertaken(direction, number) && overtaking is not null)
        {
            toxics.Count(overtaking, bytes.Length);
        }

        if (direction == ToxicStream.Upstream)
        {
            flow.SendUp(bytes);
        }
        else if (clients.Socket.SendTo(bytes, flow.Client) != SocketError.Success)
        {
            Group.Tally.Refuse();
        }
    }

    private void Touch(DatagramFlow flow)
    {
        flow.LastSeen = loop.Clock.Now;
        byIdleness.Remove(flow.Node);
        byIdleness.AddLast(flow.Node);
        if (idle.Place < 0)
        {
            AwaitIdle();
        }
    }

    private void ForgetIdle()
    {
        var before = loop.Clock.Now - loop.Clock.Milliseconds(limits.IdleTime.TotalMilliseconds);
        while (byIdleness.First is { Value: var flow } && flow.LastSeen <= before)
        {
            if (flow.Held > 0)
            {
                Touch(flow);
            }
            else
            {
                Forget(flow);
            }
        }

        AwaitIdle();
    }

    private void AwaitIdle()
    {
        if (byIdleness.First is { Value: var flow })
        {
            loop.Set(idle, flow.LastSeen + loop.Clock.Milliseconds(limits.IdleTime.TotalMilliseconds));
        }
    }

    private void Forget(DatagramFlow flow)
    {
        flow.Close();
        flows.Remove(flow.Client);
        byIdleness.Remove(flow.Node);
        Group.Tally.Closed();
    }
}
