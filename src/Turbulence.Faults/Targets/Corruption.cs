using System.Security.Cryptography;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Turbulence.Faults.Targets;

/// <summary>
/// Which bytes of a file a fault changes, and how: spread over the whole file, one in each of as many equal parts. It follows from the fault's id alone,
/// so that whoever takes it back knows every byte.
/// </summary>
/// <param name="fault">The fault's id.</param>
/// <param name="length">The file's length in bytes.</param>
/// <param name="count">How many bytes, 1 to <paramref name="length"/>.</param>
internal sealed class Corruption(string fault, long length, long count)
{
    private const int Block = 64 << 10;

    public long Count => count;

    /// <summary>
    /// Goes through the bytes in rising order. Handed on are the byte as it is in the file, as it is in the original, and the mask that changes it; what
    /// comes back is written, null leaves the byte.
    /// </summary>
    /// <returns>How many of the bytes the file does not have, because it is shorter by now.</returns>
    public long ForEach(SafeFileHandle file, SafeFileHandle original, Func<byte, byte, byte, byte?> visit)
    {
        var buffer = new byte[Block];
        var originals = new byte[Block];
        var start = 0L;
        var read = -1;
        var isChanged = false;
        var missing = 0L;
        foreach (var (offset, mask) in Places())
        {
            if (offset >= start + Block || read < 0)
            {
                Put();
                start = offset;
                read = Read(file, buffer, start);
                Read(original, originals, start);
            }

            var place = (int)(offset - start);
            if (place >= read)
            {
                missing++;
            }
            else if (visit(buffer[place], originals[place], mask) is { } changed)
            {
                buffer[place] = changed;
                isChanged = true;
            }
        }

        Put();
        return missing;

        void Put()
        {
            if (isChanged)
            {
                RandomAccess.Write(file, buffer.AsSpan(0, read), start);
                isChanged = false;
            }
        }
    }

    /// <summary>The bytes of a file at these places, as a hash in small letters.</summary>
    public string Hash(SafeFileHandle file)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var pending = new List<byte>(Block);
        ForEach(file, file, (now, _, _) =>
        {
            pending.Add(now);
            if (pending.Count == Block)
            {
                hash.AppendData([.. pending]);
                pending.Clear();
            }

            return null;
        });
        hash.AppendData([.. pending]);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static int Read(SafeFileHandle file, byte[] buffer, long start)
    {
        var length = 0;
        while (length < buffer.Length && RandomAccess.Read(file, buffer.AsSpan(length), start + length) is var count and > 0)
        {
            length += count;
        }

        return length;
    }

    private IEnumerable<(long Offset, byte Mask)> Places()
    {
        var random = new Random(BitConverter.ToInt32(SHA256.HashData(Encoding.UTF8.GetBytes(fault))));
        for (var i = 0L; i < count; i++)
        {
            var first = i * length / count;
            yield return (first + random.NextInt64((i + 1) * length / count - first), (byte)random.Next(1, 256));
        }
    }
}
