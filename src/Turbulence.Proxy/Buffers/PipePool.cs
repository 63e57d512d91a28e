using Turbulence.Platform.Sockets;

namespace Turbulence.Proxy.Buffers;

/// <summary>
/// The pipes of one loop, through which bytes go from socket to socket without being copied. There are few: a connection has one only
/// while bytes are in it. What nobody needed between two calls of <see cref="Trim"/> is given back to the system then.
/// </summary>
internal sealed class PipePool : IDisposable
{
    /// <summary>How much one takes: what goes from a socket to another one in a turn.</summary>
    public const int Size = 1 << 20;

    /// <summary>
    /// How many there are at most. They are the system's memory, of which a user without rights may have 64 MiB for pipes by default;
    /// beyond that there are only small ones.
    /// </summary>
    public const int Most = 16;

    private readonly Stack<SocketPipe> free = new();
    private int unused;
    private bool isRefused;

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>How many of them are somebody's.</summary>
    public int Lent => Count - free.Count;

    /// <summary>Whether there are pipes that can be trimmed, or hope for others.</summary>
    public bool HasSpare => free.Count > 0 || isRefused;

    /// <summary>An empty one; null where there is none to be had now.</summary>
    public SocketPipe? Take()
    {
        if (free.TryPop(out var pipe))
        {
            unused = Math.Min(unused, free.Count);
            return pipe;
        }

        if (isRefused || Count >= Most || SocketPipe.Create(Size) is not { } another)
        {
            // Asked again after the next trim, not at each read.
            isRefused |= Count < Most;
            return null;
        }

        Count++;
        return another;
    }

    /// <summary>Takes one back; where something is in it, that is lost.</summary>
    public void Return(SocketPipe pipe)
    {
        if (pipe.Count == 0)
        {
            free.Push(pipe);
            return;
        }

        pipe.Dispose();
        Count--;
    }

    /// <summary>Gives those back to the system that nobody needed since the last time.</summary>
    public void Trim()
    {
        isRefused = false;
        for (; unused > 0; unused--)
        {
            free.Pop().Dispose();
            Count--;
        }

        unused = free.Count;
    }

    /// <summary>Gives all back that is not in use.</summary>
    public void Dispose()
    {
        while (free.TryPop(out var pipe))
        {
            pipe.Dispose();
            Count--;
        }
    }
}
