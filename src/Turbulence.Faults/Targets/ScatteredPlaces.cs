using System.Security.Cryptography;
using System.Text;
using Turbulence.Platform.Files;

namespace Turbulence.Faults.Targets;

/// <summary>
/// The places of records that do not say which way theirs were chosen: each byte by itself, one in each of as many equal parts. A large
/// file has too many of them; what is planned now has <see cref="SectorPlaces"/>, and these are only taken back.
/// </summary>
/// <param name="fault">The fault's id.</param>
/// <param name="data">The parts of the file that take room.</param>
/// <param name="count">How many bytes, 1 to the sum of these parts.</param>
internal sealed class ScatteredPlaces(string fault, IReadOnlyList<FileRange> data, long count) : ICorruptPlaces
{
    /// <inheritdoc/>
    public long Count => count;

    /// <inheritdoc/>
    public IEnumerable<(long Offset, ReadOnlyMemory<byte> Masks)> Runs(int longest)
    {
        var masks = new byte[longest];
        var (start, length) = (0L, 0);
        foreach (var (offset, mask) in Places())
        {
            if (length > 0 && (offset != start + length || length == longest))
            {
                yield return (start, masks.AsMemory(0, length));
                length = 0;
            }

            start = length == 0 ? offset : start;
            masks[length++] = mask;
        }

        if (length > 0)
        {
            yield return (start, masks.AsMemory(0, length));
        }
    }

    private IEnumerable<(long Offset, byte Mask)> Places()
    {
        var random = new Random(BitConverter.ToInt32(SHA256.HashData(Encoding.UTF8.GetBytes(fault))));
        var length = data.Sum(range => range.Length);
        var (part, before) = (0, 0L);
        for (var i = 0L; i < count; i++)
        {
            var first = i * length / count;
            var place = first + random.NextInt64((i + 1) * length / count - first);
            while (place - before >= data[part].Length)
            {
                before += data[part++].Length;
            }

            yield return (data[part].Start + place - before, (byte)random.Next(1, 256));
        }
    }
}
