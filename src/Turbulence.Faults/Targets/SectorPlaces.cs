using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Turbulence.Platform.Files;

namespace Turbulence.Faults.Targets;

/// <summary>
/// Neighbouring bytes, as many as its share, somewhere in each sector's length of all that takes room in the file; where there are fewer
/// bytes than sectors, one in each of as many equal parts. So a file of any size takes a write a sector at most, and each place and mask is
/// computed by itself, from the fault's id and its position:
/// <code>
///   data without its holes   |· · ■ ■ ■ · ·|■ ■ ■ · · · ·|· · · ■ ■ ■ ·|        part k begins at ⌈k·length/parts⌉
///                             └─ part 0 ──┘                                     and has ⌊end·count/length⌋ − ⌊begin·count/length⌋ of the bytes
/// </code>
/// </summary>
/// <param name="fault">The fault's id.</param>
/// <param name="data">The parts of the file that take room.</param>
/// <param name="count">How many bytes, 1 to the sum of these parts, which is less than 2^31.</param>
internal sealed class SectorPlaces(string fault, IReadOnlyList<FileRange> data, long count) : ICorruptPlaces
{
    private const long Sector = 512;

    private readonly ulong seed = BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(fault)));
    private readonly long length = data.Sum(range => range.Length);

    /// <inheritdoc/>
    public long Count => count;

    /// <inheritdoc/>
    public IEnumerable<(long Offset, ReadOnlyMemory<byte> Masks)> Runs(int longest)
    {
        var masks = new byte[longest + 2 * sizeof(ulong)];
        var (range, before) = (0, 0L);
        foreach (var (first, end) in Stretches())
        {
            for (var place = first; place < end;)
            {
                while (place - before >= data[range].Length)
                {
                    before += data[range++].Length;
                }

                var size = (int)Math.Min(Math.Min(end - place, longest), before + data[range].Length - place);
                yield return (data[range].Start + place - before, Masks(masks, place, size));
                place += size;
            }
        }
    }

    /// <summary>The places as positions in the data without its holes, those that touch taken together.</summary>
    private IEnumerable<(long First, long End)> Stretches()
    {
        var parts = Math.Min(count, (length + Sector - 1) / Sector);
        var (from, to) = (0L, 0L);
        for (var (part, begin) = (0L, 0L); part < parts; part++)
        {
            var end = ((part + 1) * length + parts - 1) / parts;
            var size = end * count / length - begin * count / length;
            var free = (ulong)(end - begin - size + 1);
            var first = begin + (long)Math.BigMul(Mix(seed ^ (ulong)part), free, out _);
            if (first != to)
            {
                if (from < to)
                {
                    yield return (from, to);
                }

                from = first;
            }

            to = first + size;
            begin = end;
        }

        yield return (from, to);
    }

    // Eight at a time: a byte's mask is that of its position, wherever the run begins.
    private ReadOnlyMemory<byte> Masks(byte[] masks, long place, int size)
    {
        var word = place / sizeof(ulong);
        var skipped = (int)(place % sizeof(ulong));
        for (var i = 0; i < skipped + size; i += sizeof(ulong))
        {
            BinaryPrimitives.WriteUInt64LittleEndian(masks.AsSpan(i), Mix(~seed + (ulong)word++));
        }

        var filled = masks.AsSpan(skipped, size);
        filled.Replace((byte)0, (byte)0xA5);
        return masks.AsMemory(skipped, size);
    }

    /// <summary>
    /// SplitMix64 (Steele, Lea, Flood: Fast splittable pseudorandom number generators, 2014), at a point of its sequence.
    /// </summary>
    private static ulong Mix(ulong point)
    {
        var z = point * 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
