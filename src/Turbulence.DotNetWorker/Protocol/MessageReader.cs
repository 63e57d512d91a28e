namespace Turbulence.DotNetWorker.Protocol;

/// <summary>Reads messages, one a line.</summary>
internal sealed class MessageReader(Stream input)
{
    /// <summary>The longest line, in bytes.</summary>
    public const int Limit = 64 * 1024 * 1024;

    private byte[] buffer = new byte[16 * 1024];
    private int start;
    private int end;

    /// <summary>The next message, an array of its own; null when there are no more.</summary>
    /// <exception cref="InvalidDataException">A line is longer than <see cref="Limit"/>.</exception>
    public byte[]? Read()
    {
        var looked = 0;
        while (true)
        {
            var feed = buffer.AsSpan(start + looked, end - start - looked).IndexOf((byte)'\n');
            if (feed >= 0)
            {
                var line = buffer.AsSpan(start, looked + feed).ToArray();
                start += looked + feed + 1;
                return line;
            }

            looked = end - start;
            if (!Fill())
            {
                return null;
            }
        }
    }

    private bool Fill()
    {
        if (end - start > Limit)
        {
            throw new InvalidDataException("a message is longer than 64 MiB");
        }

        if (end == buffer.Length)
        {
            var larger = start > buffer.Length / 2 ? buffer : new byte[buffer.Length * 2];
            buffer.AsSpan(start, end - start).CopyTo(larger);
            (buffer, start, end) = (larger, 0, end - start);
        }

        var count = input.Read(buffer, end, buffer.Length - end);
        end += count;
        return count > 0;
    }
}
