using System.Buffers.Binary;

namespace Turbulence.Faults.Guardians;

/// <summary>Reads the frames that come out of a pipe.</summary>
/// <param name="pipe">The end of the pipe.</param>
internal sealed class PipeFrames(Stream pipe)
{
    private readonly byte[] head = new byte[PipeFrame.HeadLength];

    /// <summary>
    /// The next frame; null at the end of the pipe, in the middle of a frame as well, and for what is none. One call at a time.
    /// </summary>
    public async Task<PipeFrame?> NextAsync()
    {
        try
        {
            if (!await FillAsync(head)
                || BinaryPrimitives.ReadInt32LittleEndian(head.AsSpan(1)) is not (>= 0 and <= PipeFrame.MaxLength and var length))
            {
                return null;
            }

            var content = length == 0 ? [] : new byte[length];
            return await FillAsync(content) ? new PipeFrame(head[0], content) : null;
        }
        catch (Exception closed) when (closed is IOException or ObjectDisposedException)
        {
            return null;
        }
    }

    private async Task<bool> FillAsync(byte[] buffer)
    {
        for (var filled = 0; filled < buffer.Length;)
        {
            var count = await pipe.ReadAsync(buffer.AsMemory(filled));
            if (count == 0)
            {
                return false;
            }

            filled += count;
        }

        return true;
    }
}
