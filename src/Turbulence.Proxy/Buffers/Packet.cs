namespace Turbulence.Proxy.Buffers;

/// <summary>
/// Bytes on their way, or how they end. Who has it owns it: he passes it on or releases it, once.
/// </summary>
internal readonly struct Packet
{
    private readonly Block? block;
    private readonly int offset;

    private Packet(PacketKind kind, Block? block, int offset, int length, long arrival, PacketMark mark = PacketMark.None)
    {
        Mark = mark;
        Kind = kind;
        this.block = block;
        this.offset = offset;
        Length = length;
        Arrival = arrival;
    }

    /// <summary>Its kind.</summary>
    public PacketKind Kind { get; }

    /// <summary>What it says beside its bytes, to stages of the same kind.</summary>
    public PacketMark Mark { get; }

    /// <summary>How many bytes; 0 for what has none.</summary>
    public int Length { get; }

    /// <summary>When it came to this stage, in the loop's ticks; 0 as long as nobody said.</summary>
    public long Arrival { get; }

    /// <summary>Its bytes, which may be changed unless it was cut from another.</summary>
    public Span<byte> Bytes => block is null ? [] : block.Bytes.Slice(offset, Length);

    /// <summary>The sender's end.</summary>
    public static Packet End => new(PacketKind.End, null, 0, 0, 0);

    /// <summary>The sender's reset.</summary>
    public static Packet Reset => new(PacketKind.Reset, null, 0, 0, 0);

    /// <summary>A toxic's close of both sides.</summary>
    public static Packet Close => new(PacketKind.Close, null, 0, 0, 0);

    /// <summary>No bytes, in the place of some that were taken out.</summary>
    public static Packet Instead(PacketMark mark) => new(PacketKind.Data, null, 0, 0, 0, mark);

    /// <summary>Bytes of a block, for which it was held.</summary>
    public static Packet Data(Block block, int offset, int length) => new(PacketKind.Data, block, offset, length, 0);

    /// <summary>The same, with its time.</summary>
    public Packet At(long arrival) => new(Kind, block, offset, Length, arrival, Mark);

    /// <summary>Cuts it in two; it is used no more after that.</summary>
    /// <param name="length">How many bytes the first has; some, and fewer than all.</param>
    /// <param name="rest">The second.</param>
    public Packet Cut(int length, out Packet rest)
    {
        block!.Hold();
        rest = new Packet(Kind, block, offset + length, Length - length, Arrival);
        return new Packet(Kind, block, offset, length, Arrival);
    }

    /// <summary>Makes one of it and of the one behind it, where that was cut from it; both are used no more then.</summary>
    /// <param name="next">The one behind it.</param>
    /// <param name="joined">The two.</param>
    public bool TryJoin(in Packet next, out Packet joined)
    {
        if (block is null || block != next.block || next.offset != offset + Length || Kind != next.Kind || Arrival != next.Arrival)
        {
            joined = default;
            return false;
        }

        next.Release();
        joined = new Packet(Kind, block, offset, Length + next.Length, Arrival);
        return true;
    }

    /// <summary>The same without its first bytes; it is used no more after that.</summary>
    public Packet Without(int first) => new(Kind, block, offset + first, Length - first, Arrival);

    /// <summary>Drops it.</summary>
    public void Release() => block?.Release();
}
