using System.Net.Sockets;
using Turbulence.Platform.Loops;
using Turbulence.Platform.Sockets;
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
///     much, no stage ─▶ pipe, in the system ──────────────────────────────▶
/// </code>
/// Without a stage, what is read into the loop's memory is written from there; only what finds no room is copied. Where much comes at once,
/// the system moves it from socket to socket. Nothing is read while something waits in a pipe or the queue, or a stage is full: that is the
/// back-pressure.
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
    private readonly LinkOutput output;
    private readonly ProxyLoop loop;
    private readonly ConnectionTally tally;
    private StageChain? chain;
    private int readSize = LeastRead;
    private bool avoidsPipes;
    private bool hasRead;
    private bool isWaiting;

    public ConnectionLink(ProxyConnection connection, ToxicStream direction, ConnectionEnd source, ConnectionEnd destination)
    {
        this.connection = connection;
        this.source = source;
        output = new LinkOutput(connection, destination);
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
    public bool IsFinished => output.IsFinished;

    /// <summary>Whether something waits for room to write.</summary>
    public bool IsBlocked => output.IsBlocked;

    private bool HasStages => chain is { Stages.Length: > 0 };

    /// <summary>Reads and writes as much as can be.</summary>
    public void Pump()
    {
        for (var read = 0; read < MostReadInATurn;)
        {
            if (!connection.IsOpen || !output.Flush() || hasRead || !source.MayRead || chain is { IsFull: true })
            {
                return;
            }

            if (loop.IsShortOfMemory && (chain?.HeldBytes ?? 0) + output.Bytes >= LeastHeld)
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

    public void Emit(in Packet packet) => output.Emit(packet);

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
        output.Discard();
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
        if (readSize == MostRead && MayPipe && loop.Pipes.Take() is { } pipe)
        {
            return Read(pipe);
        }

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
        else
        {
            FoundNothing(error);
        }

        return count;
    }

    private bool MayPipe => !HasStages && !avoidsPipes && output.TakesPipes && source.Socket!.IsTcp;

    // That less came than there was room for does not say that nothing more is there: the pipe may have no place for more pieces.
    private int Read(SocketPipe pipe)
    {
        var count = pipe.Fill(source.Socket!, PipePool.Size, out var error);
        if (count > 0)
        {
            tally.Sent(Direction == ToxicStream.Upstream, count);
            connection.LastRead = Direction;
            readSize = count < MostRead / 4 ? MostRead / 2 : MostRead;
            output.Write(pipe);
            return count;
        }

        loop.Pipes.Return(pipe);
        if (error is SocketError.InvalidArgument or SocketError.OperationNotSupported or SocketError.AccessDenied)
        {
            // Such as in a sandbox that does not let programs do it.
            avoidsPipes = true;
            return Read();
        }

        FoundNothing(error);
        return 0;
    }

    private void FoundNothing(SocketError error)
    {
        if (error == SocketError.WouldBlock)
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
    }

    private void Pass(ReadOnlySpan<byte> bytes)
    {
        if (HasStages)
        {
            chain!.Accept(Pool.Copy(bytes));
            return;
        }

        output.Write(bytes, Pool);
    }

    private void Push(in Packet packet)
    {
        if (HasStages)
        {
            chain!.Accept(packet);
        }
        else
        {
            output.Emit(packet);
        }
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
