using System.Text;
using System.Text.RegularExpressions;
using Turbulence.Platform.Files;

namespace Turbulence.Cli.Mcp;

/// <summary>
/// What a client sends, where no line is longer than a message may be: one that is gives place to a short one that asks for what nobody
/// has, so that the client is told of its mistake, and nothing of it is kept.
/// </summary>
/// <param name="input">What it sends.</param>
/// <param name="most">The longest line, in bytes.</param>
/// <param name="ended">Told once, when nothing more comes: the client is gone.</param>
internal sealed partial class BoundedInput(Stream input, int most, Action ended) : SequentialStream
{
    private const int IdPlace = 4 << 10;

    private readonly byte[] chunk = new byte[16 << 10];
    private readonly MemoryStream line = new();
    private ReadOnlyMemory<byte> ready;
    private ReadOnlyMemory<byte> unread;
    private byte[] tooLong = [];
    private bool skips;

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (ready.IsEmpty)
        {
            if (unread.IsEmpty)
            {
                // Nobody can end a read of the standard input: who stops waiting never reads again.
                var count = await ReadChunkAsync().WaitAsync(cancellationToken);
                if (count == 0)
                {
                    return 0;
                }

                unread = chunk.AsMemory(0, count);
            }

            Take();
        }

        var given = Math.Min(buffer.Length, ready.Length);
        ready[..given].CopyTo(buffer);
        ready = ready[given..];
        return given;
    }

    /// <inheritdoc/>
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    // A line is handed on when it is whole, so that none is handed on in part that turns out to be too long.
    private void Take()
    {
        var end = unread.Span.IndexOf((byte)'\n');
        var part = end < 0 ? unread : unread[..(end + 1)];
        unread = unread[part.Length..];
        if (!skips)
        {
            skips = line.Length + part.Length > most;
            if (skips)
            {
                tooLong = Unheard(line.GetBuffer().AsSpan(0, (int)Math.Min(line.Length, IdPlace)));
                line.SetLength(0);
                line.Capacity = 0;
            }
            else
            {
                line.Write(part.Span);
            }
        }

        if (end >= 0)
        {
            ready = skips ? tooLong : line.ToArray();
            skips = false;
            line.SetLength(0);
        }
    }

    private async Task<int> ReadChunkAsync()
    {
        try
        {
            if (await input.ReadAsync(chunk) is > 0 and var count)
            {
                return count;
            }
        }
        catch (IOException)
        {
            // A stream that cannot be read any more has ended.
        }

        ended();
        return 0;
    }

    // Who waits for an answer is given one, where it says early how the answer is to be called.
    private static byte[] Unheard(ReadOnlySpan<byte> begun) => Id().Match(Encoding.UTF8.GetString(begun)) is { Success: true } id
        ? Encoding.UTF8.GetBytes($$"""{"jsonrpc": "2.0", "id": {{id.Groups[1].Value}}, "method": "message/too-long"}""" + "\n")
        : "\n"u8.ToArray();

    [GeneratedRegex("\"id\"\\s*:\\s*([0-9]{1,18}|\"[^\"\\\\]{0,100}\")", RegexOptions.CultureInvariant)]
    private static partial Regex Id();
}
