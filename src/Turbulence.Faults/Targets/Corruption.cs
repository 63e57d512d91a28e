using System.Security.Cryptography;
using System.Text;
using Microsoft.Win32.SafeHandles;
using Turbulence.Platform.Files;

namespace Turbulence.Faults.Targets;

/// <summary>
/// Which bytes of a file a fault changes, and how: spread over all that takes room in it, one in each of as many equal parts; holes are left. It follows from the
/// fault's id and the holes of the original that is kept, so that whoever takes it back knows every byte. No other byte is ever written.
/// </summary>
/// <param name="fault">The fault's id.</param>
/// <param name="data">The parts of the file that take room.</param>
/// <param name="count">How many bytes, 1 to the sum of these parts.</param>
internal sealed class Corruption(string fault, IReadOnlyList<FileRange> data, long count)
{
    /// <summary>Short, because between looking at a run of bytes and writing to it somebody else may write.</summary>
    private const int LongestRun = 4 << 10;

    private const int Block = 64 << 10;

    public long Count => count;

    /// <summary>Changes each byte that is as in the original.</summary>
    public void Corrupt(SafeFileHandle file, SafeFileHandle original, CancellationToken cancellationToken) =>
        Replace(file, original, isReturn: false, cancellationToken);

    /// <summary>Puts each byte back that is as the fault made it; what somebody else wrote in its place stays.</summary>
    public void PutBack(SafeFileHandle file, SafeFileHandle original, CancellationToken cancellationToken) =>
        Replace(file, original, isReturn: true, cancellationToken);

    /// <summary>How many of the bytes are not as in the original, those included that the file does not have any more.</summary>
    public long Different(SafeFileHandle file, SafeFileHandle original, CancellationToken cancellationToken)
    {
        var (nows, befores) = (new BlockReader(file, Block), new BlockReader(original, Block));
        var different = 0L;
        foreach (var (offset, masks) in Runs())
        {
            cancellationToken.ThrowIfCancellationRequested();
            var now = nows.Read(offset, masks.Length);
            var before = befores.Read(offset, masks.Length);
            different += masks.Length - now.Length;
            for (var i = 0; i < now.Length; i++)
            {
                different += now[i] != before[i] ? 1 : 0;
            }
        }

        return different;
    }

    /// <summary>The bytes of a file at these places, as a hash in small letters.</summary>
    public string Hash(SafeFileHandle file, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var reader = new BlockReader(file, Block);
        foreach (var (offset, masks) in Runs())
        {
            cancellationToken.ThrowIfCancellationRequested();
            hash.AppendData(reader.Read(offset, masks.Length));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private void Replace(SafeFileHandle file, SafeFileHandle original, bool isReturn, CancellationToken cancellationToken)
    {
        var originals = new BlockReader(original, Block);
        var bytes = new byte[LongestRun];
        foreach (var (offset, masks) in Runs())
        {
            cancellationToken.ThrowIfCancellationRequested();
            var before = originals.Read(offset, masks.Length);
            var now = bytes.AsSpan(0, RandomAccess.Read(file, bytes.AsSpan(0, before.Length), offset));
            var begun = 0;
            for (var i = 0; i <= now.Length; i++)
            {
                if (i < now.Length && now[i] == (isReturn ? (byte)(before[i] ^ masks.Span[i]) : before[i]))
                {
                    now[i] ^= masks.Span[i];
                    continue;
                }

                if (begun < i)
                {
                    GrowingFile.Write(file, now[begun..i], offset + begun);
                }

                begun = i + 1;
            }
        }
    }

    /// <summary>The places, neighbours taken together; the masks are good until the next.</summary>
    private IEnumerable<(long Offset, ReadOnlyMemory<byte> Masks)> Runs()
    {
        var masks = new byte[LongestRun];
        var (start, length) = (0L, 0);
        foreach (var (offset, mask) in Places())
        {
            if (length > 0 && (offset != start + length || length == LongestRun))
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
