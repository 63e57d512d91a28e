using System.Buffers;

namespace Turbulence.Hosts.Protocol;

/// <summary>Cuts a stream into lines without copying them: one buffer, which grows with a long line and is small again after it.</summary>
/// <param name="stream">What is read.</param>
/// <param name="longest">The most bytes of a line. Default: 64 MiB.</param>
internal sealed class LineReader(Stream stream, int longest = 64 * 1024 * 1024) : IDisposable
{
    private const int Usual = 16 * 1024;

    private byte[] buffer = ArrayPool<byte>.Shared.Rent(Usual);
    private int start;
    private int end;
    private int length;
    private int taken;

    /// <summary>The line without its end, or what there is of it; valid until the next one is read.</summary>
    public ReadOnlySpan<byte> Line => buffer.AsSpan(start, length);

    /// <summary>Reads the next line.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public async ValueTask<LineRead> NextAsync(CancellationToken cancellationToken)
    {
        start += taken;
        taken = 0;
        var searched = start;
        while (true)
        {
            var at = buffer.AsSpan(searched, end - searched).IndexOf((byte)'\n');
            length = at < 0 ? end - start : searched + at - start;
            if (at >= 0)
            {
                taken = length + 1;
                return LineRead.Line;
            }

            if (length > longest)
            {
                return LineRead.TooLong;
            }

            MakeRoom();
            searched = end;
            var count = await ReadAsync(cancellationToken);
            if (count == 0)
            {
                return LineRead.End;
            }

            end += count;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        (start, end, length, taken) = (0, 0, 0, 0);
        ArrayPool<byte>.Shared.Return(Interlocked.Exchange(ref buffer, []));
    }

    private async ValueTask<int> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await stream.ReadAsync(buffer.AsMemory(end), cancellationToken);
        }
        catch (Exception broken) when (broken is IOException or ObjectDisposedException)
        {
            return 0;
        }
    }

    private void MakeRoom()
    {
        var kept = end - start;
        if (kept > 0 && end < buffer.Length)
        {
            return;
        }

        var old = buffer;
        if (kept > buffer.Length / 2)
        {
            buffer = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
        }
        else if (kept == 0 && buffer.Length > 4 * Usual)
        {
            buffer = ArrayPool<byte>.Shared.Rent(Usual);
        }

        old.AsSpan(start, kept).CopyTo(buffer);
        if (!ReferenceEquals(old, buffer))
        {
            ArrayPool<byte>.Shared.Return(old);
        }

        start = 0;
        end = kept;
    }
}
