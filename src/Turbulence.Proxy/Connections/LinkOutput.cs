using System.Net.Sockets;
using Turbulence.Platform.Sockets;
using Turbulence.Proxy.Buffers;

namespace Turbulence.Proxy.Connections;

/// <summary>
/// Where a direction of a connection is written to. What finds no room waits, in its order: what is in a pipe, then the queue.
/// </summary>
/// <param name="connection">The connection.</param>
/// <param name="destination">Where it is written.</param>
internal sealed class LinkOutput(ProxyConnection connection, ConnectionEnd destination)
{
    private PacketQueue? queue;
    private SocketPipe? pipe;

    /// <summary>Whether everything was written, the end included.</summary>
    public bool IsFinished { get; private set; }

    /// <summary>Whether something waits for room to write.</summary>
    public bool IsBlocked => pipe is not null || queue is { IsEmpty: false };

    /// <summary>How many bytes wait.</summary>
    public long Bytes => (queue?.Bytes ?? 0) + (pipe?.Count ?? 0);

    /// <summary>Whether bytes can be moved there by a pipe.</summary>
    public bool TakesPipes => destination.Socket is { IsTcp: true };

    private bool IsGone => destination.IsBroken || destination.Socket is null;

    /// <summary>Writes a packet, or lets it wait.</summary>
    public void Emit(in Packet packet)
    {
        if (!connection.IsOpen || IsGone)
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

    /// <summary>Writes bytes that are somebody else's; those that find no room are copied.</summary>
    public void Write(ReadOnlySpan<byte> bytes, BlockPool pool)
    {
        if (IsGone)
        {
            return;
        }

        var written = Write(bytes);
        if (written < bytes.Length && connection.IsOpen && !destination.IsBroken)
        {
            Wait(pool.Copy(bytes[written..]));
        }
    }

    /// <summary>Writes what is in a pipe, which is this one's until that is done; nothing else waits.</summary>
    public void Write(SocketPipe filled)
    {
        pipe = filled;
        FlushPipe();
    }

    /// <summary>Writes what waits.</summary>
    /// <returns>Whether nothing waits any more.</returns>
    public bool Flush()
    {
        if (!FlushPipe())
        {
            return false;
        }

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
                connection.Group.Loop.TrimSoon();
            }
        }

        return connection.IsOpen;
    }

    /// <summary>The connection is gone.</summary>
    public void Discard()
    {
        queue?.Clear();
        ReturnPipe();
    }

    // Only when nothing more can be moved is it known that the destination is full: less than all may be for other reasons.
    private bool FlushPipe()
    {
        while (pipe is { Count: > 0 } && !IsGone)
        {
            if (!destination.MayWrite)
            {
                return false;
            }

            if (pipe.Drain(destination.Socket!, out var error) == 0)
            {
                FallShort(error);
            }
        }

        ReturnPipe();
        return connection.IsOpen;
    }

    private void ReturnPipe()
    {
        if (pipe is { } used)
        {
            pipe = null;
            connection.Group.Loop.Pipes.Return(used);
            connection.Group.Loop.TrimSoon();
        }
    }

    private void Wait(in Packet packet) => (queue ??= new PacketQueue()).Add(packet);

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

        FallShort(error);
        return count;
    }

    private void FallShort(SocketError error)
    {
        if (error is SocketError.Success or SocketError.WouldBlock or SocketError.NoBufferSpaceAvailable)
        {
            destination.Filled();
        }
        else
        {
            connection.Break(destination);
        }
    }

    private void Finish()
    {
        IsFinished = true;
        destination.Socket?.EndSending();
        connection.EndIfFinished();
    }
}
