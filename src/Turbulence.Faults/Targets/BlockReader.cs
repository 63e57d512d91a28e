using Microsoft.Win32.SafeHandles;

namespace Turbulence.Faults.Targets;

/// <summary>Reads small pieces of a file in rising order, a block at a time.</summary>
/// <param name="file">The file.</param>
/// <param name="size">The block's size in bytes, at least that of the largest piece.</param>
internal sealed class BlockReader(SafeFileHandle file, int size)
{
    private readonly byte[] block = new byte[size];
    private long start = -1;
    private int filled;

    /// <summary>The piece, good until the next; shorter where the file ends before.</summary>
    public ReadOnlySpan<byte> Read(long offset, int length)
    {
        if (start < 0 || offset < start || offset + length > start + size)
        {
            start = offset;
            filled = 0;
            while (filled < size && RandomAccess.Read(file, block.AsSpan(filled), start + filled) is var count and > 0)
            {
                filled += count;
            }
        }

        var first = (int)Math.Min(offset - start, filled);
        return block.AsSpan(first, Math.Min(length, filled - first));
    }
}
