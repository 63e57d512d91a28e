namespace Turbulence.Proxy.Buffers;

/// <summary>
/// The blocks of one loop. Memory is native, so that what is given back is the system's at once. What nobody needed between two calls of
/// <see cref="Trim"/> is given back then.
/// </summary>
internal sealed class BlockPool : IDisposable
{
    private static readonly int[] Sizes = [2 << 10, 16 << 10, 64 << 10, 256 << 10, 1 << 20];

    private readonly Stack<Block>[] free = [.. Sizes.Select(_ => new Stack<Block>())];
    private readonly int[] unused = new int[Sizes.Length];

    /// <summary>The most bytes that one packet can have.</summary>
    public static int Largest => Sizes[^1];

    /// <summary>How many blocks have something in them.</summary>
    public int Lent { get; private set; }

    /// <summary>How many bytes the blocks have that have something in them.</summary>
    public long LentBytes { get; private set; }

    /// <summary>Whether there are blocks that can be trimmed.</summary>
    public bool HasSpare => free.Any(stack => stack.Count > 0);

    /// <summary>A packet with a copy of these bytes, at most <see cref="Largest"/>.</summary>
    public Packet Copy(ReadOnlySpan<byte> bytes)
    {
        var packet = Rent(bytes.Length);
        bytes.CopyTo(packet.Bytes);
        return packet;
    }

    /// <summary>A packet of so many bytes, at most <see cref="Largest"/>, whatever is in them.</summary>
    public Packet Rent(int length)
    {
        var sizeClass = 0;
        while (Sizes[sizeClass] < length)
        {
            sizeClass++;
        }

        var stack = free[sizeClass];
        if (!stack.TryPop(out var block))
        {
            block = new Block(this, sizeClass, Sizes[sizeClass]);
        }

        unused[sizeClass] = Math.Min(unused[sizeClass], stack.Count);
        Lent++;
        LentBytes += block.Size;
        block.Hold();
        return Packet.Data(block, 0, length);
    }

    /// <summary>Takes a block back that nothing lies in.</summary>
    public void Return(Block block)
    {
        Lent--;
        LentBytes -= block.Size;
        free[block.SizeClass].Push(block);
    }

    /// <summary>Gives the blocks back to the system that nobody needed since the last time.</summary>
    public void Trim()
    {
        for (var i = 0; i < Sizes.Length; i++)
        {
            for (; unused[i] > 0; unused[i]--)
            {
                free[i].Pop().Free();
            }

            unused[i] = free[i].Count;
        }
    }

    /// <summary>Gives all back that is not lent.</summary>
    public void Dispose()
    {
        foreach (var stack in free)
        {
            while (stack.TryPop(out var block))
            {
                block.Free();
            }
        }
    }
}
