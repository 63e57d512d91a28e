using System.Net.Sockets;
using Turbulence.Proxy.Buffers;
using Turbulence.Proxy.Decisions;
using Turbulence.Proxy.Loops;
using Turbulence.Proxy.Toxics;

namespace Turbulence.Proxy.Connections;

/// <summary>
/// One direction of a connection: reads from one socket, writes to the other.
/// <code>
///   source ─ read ─┬─ no stage ───────────────────────────────────▶ write ─▶ destination
///                  └─▶ stage ─▶ stage ─▶ … ─ Emit ─▶ (queue) ─▶ write ─▶
/// </code>
/// Without a stage, what is read into the loop's memory is written from there; only what finds no room is copied. Nothing is read while something waits in the queue or a
/// stage is full: that is the back-pressure.
/// </summary>
internal sealed class ConnectionLink : IToxicLink, ILoopWork
{
    private const int LeastRead = 16 << 10;
    private const int MostRead = 256 << 10;
    private const int MostReadForStages = 64 << 10;

    // Then it is the others' turn, and that of whoever wants to change something.
    private const int MostReadInATurn = 256 << 10;

    // What each connection may keep even where all together keep too much.
    private const int LeastHeld = 64 << 10;

    private readonly ProxyConnection connection;
    private readonly ConnectionEnd source;
    private readonly ConnectionEnd destination;
    private readonly ProxyLoop loop;
    private readonly ConnectionTally tally;
    private PacketQueue? queue;
    private StageChain? chain;
    private int readSize = LeastRead;
    private bool hasRead;
    private bool isWaiting;

    public ConnectionLink(ProxyConnection connection, ToxicStream direction, ConnectionEnd source, ConnectionEnd destination)
    {
        this.connection = connection;
        this.source = source;
        this.destination = destination;
        loop = connection.Group.Loop;
        tally = connection.Group.Tally;
        Direction = direction;
    }

    public ToxicStream Direction { get; }

    public long Connection => connection.Number;

    public int Loop => loop.Number;

    public ToxicStream? LastRead => connection.LastRead;

    public LoopClock Clock => loop.Clock;

    public BlockPool Pool => loop.Pool;

    /// <summary>The stages, first the one next to the source.</summary>
    public IReadOnlyList<ToxicStage> Stages => chain?.Stages ?? [];

    /// <summary>Whether everything was written, the end included.</summary>
    public bool IsFinished { get; private set; }

    /// <summary>Whether something waits for room to write.</summary>
    public bool IsBlocked => queue is { IsEmpty: false };

    private bool HasStages => chain is { Stages.Length: > 0 };

    /// <summary>Reads and writes as much as can be.</summary>
    public void Pump()
    {
        for (var read = 0; read < MostReadInATurn;)
        {
            if (!connection.IsOpen || !Flush() || hasRead || !source.MayRead || chain is { IsFull: true })
            {
                return;
            }

            if (loop.IsShortOfMemory && (chain?.HeldBytes ?? 0) + (queue?.Bytes ?? 0) >= LeastHeld)
            {
                GiveWay(forMemory: true);
                return;
            }

            read += Read();
        }

        GiveWay(forMemory: false);
    }

    public void Continue()
    {
        isWaiting = false;
        try
        {
            Pump();
        }
        catch (Exception failure) when (connection.Fail(failure))
        {
            // One connection less; the others go on.
        }
    }

    /// <summary>The source's peer broke the connection off: the destination hears of it after all that came before.</summary>
    public void BreakOff()
    {
        hasRead = true;
        Push(Packet.Reset);
    }

    public void Emit(in Packet packet)
    {
        if (!connection.IsOpen || destination.IsBroken || destination.Socket is null)
        {
            packet.Release();
            if (packet.Kind is PacketKind.Reset or PacketKind.Close)
            {
                connection.Close(reset: packet.Kind == PacketKind.Reset);
            }

            return;
        }

        switch (packet.Kind)
        {
            case PacketKind.Reset:
                // It does not wait for room: a real one does not either.
                Flush();
                connection.Close(reset: true);
                break;
            case PacketKind.Data when !IsBlocked:
                var written = Write(packet.Bytes);
                if (written == packet.Length || !connection.IsOpen || destination.IsBroken)
                {
                    packet.Release();
                }
                else
                {
                    Wait(packet.Without(written));
                }

                break;
            case PacketKind.End when !IsBlocked:
                Finish();
                break;
            case PacketKind.Close when !IsBlocked:
                connection.Close(reset: false);
                break;
            default:
                Wait(packet);
                break;
        }
    }

    public void Schedule() => chain!.Schedule();

    public void Note(ToxicEntry entry, in RequestReceipt request) => connection.Group.Note(entry, connection.Number, request);

    public void CloseConnection(bool reset) => connection.Close(reset);

    /// <summary>Puts other stages in the place of these, as <see cref="StageChain.Put"/> says.</summary>
    public void Put(ToxicStage[] stages, IReadOnlyList<ToxicEntry> entries)
    {
        if (connection.IsOpen)
        {
            (chain ??= new StageChain(this, loop, Ring)).Put(stages, entries);
            Pump();
        }
    }

    /// <summary>The connection is gone.</summary>
    public void Discard()
    {
        chain?.Discard();
        queue?.Clear();
        loop.TrimSoon();
    }

    private void GiveWay(bool forMemory)
    {
        if (isWaiting)
        {
            return;
        }

        isWaiting = true;
        if (forMemory)
        {
            loop.WaitForMemory(this);
        }
        else
        {
            loop.GiveWay(this);
        }
    }

    /// <summary>Reads once, and passes on what there is.</summary>
    /// <returns>How many bytes.</returns>
    private int Read()
    {
        var memory = loop.Scratch.AsSpan(0, HasStages ? Math.Min(readSize, MostReadForStages) : readSize);
        var count = source.Socket!.Receive(memory, out var error);
        if (count > 0)
        {
            tally.Sent(Direction == ToxicStream.Upstream, count);
            connection.LastRead = Direction;
            if (count == memory.Length)
            {
                readSize = Math.Min(MostRead, readSize * 4);
            }
            else
            {
                if (!source.HasEnded)
                {
                    source.Drained();
                }

                if (count < readSize / 4 && readSize > LeastRead)
                {
                    readSize /= 2;
                }
            }

            Pass(memory[..count]);
        }
        else if (error == SocketError.WouldBlock)
        {
            source.Drained();
        }
        else if (error == SocketError.Success)
        {
            hasRead = true;
            if (connection.HasStages)
            {
                // Where a toxic keeps the end to itself, one who has closed is not to be held for ever.
                source.WatchOut();
            }

            Push(Packet.End);
        }
        else
        {
            connection.Break(source);
        }

        return count;
    }

    private void Pass(ReadOnlySpan<byte> bytes)
    {
        if (HasStages)
        {
            chain!.Accept(Pool.Copy(bytes));
            return;
        }

        if (destination.IsBroken || destination.Socket is null)
        {
            return;
        }

        var written = Write(bytes);
        if (written < bytes.Length && connection.IsOpen && !destination.IsBroken)
        {
            Wait(Pool.Copy(bytes[written..]));
        }
    }

    private void Push(in Packet packet)
    {
        if (HasStages)
        {
            chain!.Accept(packet);
        }
        else
        {
            Emit(packet);
        }
    }

    /// <summary>Writes what waits.</summary>
    /// <returns>Whether nothing waits any more.</returns>
    private bool Flush()
    {
        while (queue is { IsEmpty: false })
        {
            ref readonly var first = ref queue.First;
            if (first.Kind == PacketKind.End)
            {
                queue.Take();
                Finish();
                continue;
            }

            if (first.Kind == PacketKind.Close)
            {
                connection.Close(reset: false);
                return false;
            }

            if (!destination.IsBroken)
            {
                var written = destination.MayWrite ? Write(first.Bytes) : 0;
                if (!connection.IsOpen)
                {
                    return false;
                }

                if (!destination.IsBroken && written < first.Length)
                {
                    queue.Shorten(written);
                    return false;
                }
            }

            queue.Take().Release();
            if (queue.IsEmpty)
            {
                loop.TrimSoon();
            }
        }

        return connection.IsOpen;
    }

    /// <summary>Puts a packet in the queue.</summary>
    private void Wait(in Packet packet) => (queue ??= new PacketQueue()).Add(packet);

    /// <summary>Writes bytes to the destination, as many as there is room for.</summary>
    private int Write(ReadOnlySpan<byte> bytes)
    {
        if (!destination.MayWrite)
        {
            return 0;
        }

        var count = destination.Socket!.Send(bytes, out var error);
        if (count == bytes.Length)
        {
            return count;
        }

        if (error is SocketError.Success or SocketError.WouldBlock or SocketError.NoBufferSpaceAvailable)
        {
            destination.Filled();
        }
        else
        {
            connection.Break(destination);
        }

        return count;
    }

    private void Finish()
    {
        IsFinished = true;
        destination.Socket?.EndSending();
        connection.EndIfFinished();
    }

    private void Ring()
    {
        try
        {
            chain!.Ring();
            Pump();
            loop.TrimSoon();
        }
        catch (Exception failure) when (connection.Fail(failure))
        {
            // One connection less; the others go on.
        }
    }
}
