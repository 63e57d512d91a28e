using System.Net;
using System.Net.Sockets;
using Turbulence.Platform.Sockets;
using Turbulence.Proxy.Buffers;
using Turbulence.Proxy.Loops;
using Turbulence.Proxy.Toxics;

namespace Turbulence.Proxy.Datagrams;

/// <summary>
/// One client's datagrams, and the socket from which the upstream gets them: what comes there is for this client. It is forgotten when
/// nothing has come for a while.
/// </summary>
internal sealed class DatagramFlow
{
    private const int MostWaiting = 64;

    private readonly DatagramFront front;
    private readonly ProxyLoop loop;
    private readonly List<long> noted = [];
    private PacketQueue? waiting;
    private DatagramReader? upstream;
    private EndPoint? target;
    private long sentUp;
    private long sentDown;
    private long leftUp;
    private long leftDown;

    public DatagramFlow(DatagramFront front, SocketAddress client, long number)
    {
        this.front = front;
        loop = front.Group.Loop;
        Client = client;
        Number = number;
        Node = new LinkedListNode<DatagramFlow>(this);
    }

    /// <summary>Who sends.</summary>
    public SocketAddress Client { get; }

    /// <summary>Its number in its proxy, from 1.</summary>
    public long Number { get; }

    /// <summary>Where it stands among the others, the one that was idle longest first.</summary>
    public LinkedListNode<DatagramFlow> Node { get; }

    /// <summary>When the last datagram came, in the loop's ticks.</summary>
    public long LastSeen { get; set; }

    /// <summary>How many of its datagrams are held back.</summary>
    public int Held { get; set; }

    /// <summary>Whether it was forgotten.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>Begins: a name is looked up beside the loop, and a few datagrams wait for that.</summary>
    public void Start()
    {
        var asked = front.Group.Settings.Upstream;
        if (asked.Literal is { } literal)
        {
            Connect(literal);
            return;
        }

        waiting = new PacketQueue();
        _ = Task.Run(async () =>
        {
            EndPoint? found = null;
            try
            {
                var all = await asked.ResolveAsync(CancellationToken.None);
                found = all.FirstOrDefault(end => end.AddressFamily == AddressFamily.InterNetwork) ?? all[0];
            }
            catch (SocketException)
            {
                // A name that is not known.
            }

            loop.Post(() => Resolved(found));
        });
    }

    /// <summary>The number of the next datagram in a direction, from 1.</summary>
    public long Next(ToxicStream direction) => direction == ToxicStream.Upstream ? ++sentUp : ++sentDown;

    /// <summary>A datagram leaves.</summary>
    /// <returns>Whether a later one of its direction has left before it.</returns>
    public bool IsOvertaken(ToxicStream direction, long number)
    {
        ref var last = ref direction == ToxicStream.Upstream ? ref leftUp : ref leftDown;
        var isLate = number < last;
        last = Math.Max(last, number);
        return isLate;
    }

    /// <summary>Whether a toxic hits it for the first time.</summary>
    public bool IsNew(ToxicEntry entry)
    {
        if (noted.Contains(entry.Serial))
        {
            return false;
        }

        noted.Add(entry.Serial);
        return true;
    }

    /// <summary>Sends a datagram to the upstream.</summary>
    public void SendUp(ReadOnlySpan<byte> bytes)
    {
        if (waiting is not null)
        {
            if (waiting.Count < MostWaiting)
            {
                waiting.Add(loop.Pool.Copy(bytes));
            }
            else
            {
                front.Group.Tally.Refuse();
            }

            return;
        }

        if (upstream is null && !TryAgain())
        {
            front.Group.Tally.DialFailed();
            return;
        }

        upstream!.Socket.Send(bytes, out var error);
        if (error == SocketError.ConnectionRefused)
        {
            // That is what became of an earlier one.
            front.Group.Tally.DialFailed();
            upstream.Socket.Send(bytes, out error);
        }

        if (error is not (SocketError.Success or SocketError.ConnectionRefused))
        {
            front.Group.Tally.Refuse();
        }
    }

    /// <summary>Forgets it.</summary>
    public void Close()
    {
        if (IsClosed)
        {
            return;
        }

        IsClosed = true;
        waiting?.Clear();
        upstream?.Close();
        upstream = null;
    }

    private void Resolved(EndPoint? found)
    {
        if (IsClosed)
        {
            return;
        }

        if (found is not null)
        {
            Connect(found);
        }

        var early = waiting!;
        waiting = null;
        while (!early.IsEmpty)
        {
            var packet = early.Take();
            SendUp(packet.Bytes);
            packet.Release();
        }
    }

    /// <summary>
    /// There was no open file for it, or its name was not known; both may be otherwise by now. One whose name is asked for again counts as
    /// gone once more.
    /// </summary>
    /// <returns>Whether there is a socket.</returns>
    private bool TryAgain()
    {
        if (target is not null)
        {
            Connect(target);
        }
        else
        {
            Start();
        }

        return upstream is not null;
    }

    private void Connect(EndPoint address)
    {
        target = address;
        if (NonBlockingSocket.ConnectDatagrams(address, out _) is not { } socket)
        {
            return;
        }

        var reader = new DatagramReader(loop, socket, ReadOne);
        if (!socket.IsAmongTheLast && reader.TryStart())
        {
            upstream = reader;
        }
        else
        {
            reader.Close();
        }
    }

    private SocketError ReadOne(NonBlockingSocket socket)
    {
        var count = socket.Receive(loop.Scratch, out var error);
        if (error == SocketError.Success)
        {
            front.Pass(this, ToxicStream.Downstream, loop.Scratch.AsSpan(0, count));
        }
        else if (error != SocketError.WouldBlock)
        {
            // Nobody is there (ICMP).
            front.Group.Tally.DialFailed();
        }

        return error;
    }
}
