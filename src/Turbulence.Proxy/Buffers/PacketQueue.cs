using System.Diagnostics.CodeAnalysis;

namespace Turbulence.Proxy.Buffers;

/// <summary>Packets that wait, first in, first out. An empty one keeps next to no memory.</summary>
[SuppressMessage("Naming", "CA1711", Justification = "A queue is what it is.")]
internal sealed class PacketQueue
{
    // What an empty one may keep: 2.5 KiB. A smaller one would be made anew with each burst.
    private const int Small = 64;
    private const int Smallest = 4;

    private Packet[] ring = [];
    private int first;

    /// <summary>How many wait.</summary>
    public int Count { get; private set; }

    /// <summary>How many bytes they have.</summary>
    public long Bytes { get; private set; }

    /// <summary>Whether none waits.</summary>
    public bool IsEmpty => Count == 0;

    /// <summary>The one that waits longest.</summary>
    public ref readonly Packet First => ref ring[first];

    /// <summary>Puts one at the end.</summary>
    public void Add(in Packet packet)
    {
        if (Count == ring.Length)
        {
            Grow();
        }

        ring[(first + Count) & (ring.Length - 1)] = packet;
        Count++;
        Bytes += packet.Length;
    }

    /// <summary>Takes the one that waits longest.</summary>
    public Packet Take()
    {
        var packet = ring[first];
        ring[first] = default;
        first = (first + 1) & (ring.Length - 1);
        Count--;
        Bytes -= packet.Length;
        if (Count == 0 && ring.Length > Small)
        {
            (ring, first) = ([], 0);
        }

        return packet;
    }

    /// <summary>Takes the first bytes of the one that waits longest; the rest of it waits on.</summary>
    /// <param name="length">How many bytes; some, and fewer than it has.</param>
    public Packet TakePiece(int length)
    {
        var piece = ring[first].Cut(length, out var rest);
        ring[first] = rest;
        Bytes -= length;
        return piece;
    }

    /// <summary>Leaves only the rest of the one that waits longest.</summary>
    /// <param name="length">How many bytes are done with; fewer than it has.</param>
    public void Shorten(int length)
    {
        ring[first] = ring[first].Without(length);
        Bytes -= length;
    }

    /// <summary>Drops all.</summary>
    public void Clear()
    {
        while (Count > 0)
        {
            Take().Release();
        }

        (ring, first) = ([], 0);
    }

    private void Grow()
    {
        var larger = new Packet[Math.Max(Smallest, ring.Length * 2)];
        for (var i = 0; i < Count; i++)
        {
            larger[i] = ring[(first + i) & (ring.Length - 1)];
        }

        (ring, first) = (larger, 0);
    }
}
