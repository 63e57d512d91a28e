using System.Runtime.InteropServices;

namespace Turbulence.Proxy.Buffers;

/// <summary>A piece of memory that packets lie in, counted by how many do. It belongs to one loop.</summary>
internal sealed unsafe class Block
{
    private readonly BlockPool pool;
    private readonly byte* start;
    private int packets;

    public Block(BlockPool pool, int sizeClass, int size)
    {
        this.pool = pool;
        SizeClass = sizeClass;
        Size = size;
        start = (byte*)NativeMemory.Alloc((nuint)size);
    }

    /// <summary>Which of the pool's sizes it has.</summary>
    public int SizeClass { get; }

    /// <summary>Its bytes.</summary>
    public int Size { get; }

    /// <summary>Its memory; only while a packet lies in it.</summary>
    public Span<byte> Bytes
    {
        get
        {
            ObjectDisposedException.ThrowIf(packets <= 0, this);
            return new Span<byte>(start, Size);
        }
    }

    /// <summary>One packet more lies in it.</summary>
    public void Hold() => packets++;

    /// <summary>One packet less; the last gives it back.</summary>
    public void Release()
    {
        ObjectDisposedException.ThrowIf(packets <= 0, this);
        if (--packets == 0)
        {
            pool.Return(this);
        }
    }

    /// <summary>Gives its memory back to the system. Nothing lies in it, and nothing ever will.</summary>
    public void Free() => NativeMemory.Free(start);
}
