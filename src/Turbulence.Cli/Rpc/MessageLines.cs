using System.Text;
using System.Text.RegularExpressions;

namespace Turbulence.Cli.Rpc;

/// <summary>
/// The messages of a client, one a line, where none is longer than a message may be: one that is gives place to a short one that asks for
/// what nobody has, so that the client is told of its mistake, and nothing of it is kept.
/// </summary>
/// <param name="input">What it sends.</param>
/// <param name="most">The longest line, in bytes.</param>
internal sealed partial class MessageLines(Stream input, int most) : IDisposable
{
    private const int IdPlace = 4 << 10;

    private readonly byte[] chunk = new byte[16 << 10];
    private readonly MemoryStream line = new();
    private ReadOnlyMemory<byte> unread;
    private byte[] tooLong = [];
    private bool skips;

    /// <summary>Reads the next one.</summary>
    /// <param name="stop">Ends the wait; nothing can be read afterwards.</param>
    /// <returns>The line without its end; null where nothing more comes: the client is gone.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task<byte[]?> ReadAsync(CancellationToken stop)
    {
        while (true)
        {
            if (unread.IsEmpty)
            {
                // Nobody can end a read of the standard input: who stops waiting never reads again.
                var count = await ReadChunkAsync().WaitAsync(stop);
                if (count == 0)
                {
                    return null;
                }

                unread = chunk.AsMemory(0, count);
            }

            if (Take() is { Length: > 0 } whole)
            {
                return whole;
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => line.Dispose();

    private async Task<int> ReadChunkAsync()
    {
        try
        {
            return await input.ReadAsync(chunk);
        }
        catch (IOException)
        {
            // A stream that cannot be read any more has ended.
            return 0;
        }
    }

    // A line is handed on when it is whole; null until then.
    private byte[]? Take()
    {
        var end = unread.Span.IndexOf((byte)'\n');
        var part = end < 0 ? unread : unread[..end];
        unread = unread[(end < 0 ? part.Length : end + 1)..];
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

        if (end < 0)
        {
            return null;
        }

        var whole = skips ? tooLong : line.ToArray();
        skips = false;
        line.SetLength(0);
        return whole.AsSpan().Trim(" \t\r"u8).IsEmpty ? null : whole;
    }

    // Who waits for an answer is given one, where it says early how the answer is to be called.
    private static byte[] Unheard(ReadOnlySpan<byte> begun) => Encoding.UTF8.GetBytes(
        Id().Match(Encoding.UTF8.GetString(begun)) is { Success: true } id
            ? $$"""{"jsonrpc": "2.0", "id": {{id.Groups[1].Value}}, "method": "message/too-long"}"""
            : """{"jsonrpc": "2.0", "method": "message/too-long"}""");

    [GeneratedRegex("\"id\"\\s*:\\s*([0-9]{1,15}|\"[^\"\\\\\\p{Cc}]{0,100}\")", RegexOptions.CultureInvariant)]
    private static partial Regex Id();
}
