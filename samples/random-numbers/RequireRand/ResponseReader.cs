using System.Buffers.Text;
using System.Text;

namespace RandomNumbers.RequireRand;

/// <summary>Reads an HTTP/1 response from the bytes received so far (RFC 9112, without chunks: an HTTP/1.0 request never gets any).</summary>
internal static class ResponseReader
{
    /// <summary>Reads a response.</summary>
    /// <param name="received">All bytes since the request was sent.</param>
    /// <param name="ended">True when no more will come.</param>
    /// <param name="response">The response, when true is returned.</param>
    /// <returns>False when the response is not whole yet, or, with <paramref name="ended"/>, never will be.</returns>
    /// <exception cref="InvalidDataException">The bytes are no HTTP/1 response, or one that is framed in a way not asked for.</exception>
    public static bool TryRead(ReadOnlySpan<byte> received, bool ended, out ServerResponse response)
    {
        response = default;
        var headEnd = received.IndexOf("\r\n\r\n"u8);
        if (headEnd < 0)
        {
            return false;
        }

        var head = received[..headEnd];
        var lineEnd = head.IndexOf("\r\n"u8) is var end and >= 0 ? end : headEnd;
        var status = ReadStatus(head[..lineEnd]);
        var length = -1;
        var kept = false;
        foreach (var range in head[lineEnd..].Split("\r\n"u8))
        {
            var line = head[lineEnd..][range];
            var colon = line.IndexOf((byte)':');
            if (colon < 0)
            {
                continue;
            }

            var name = line[..colon];
            var value = line[(colon + 1)..].Trim(" \t"u8);
            if (Ascii.EqualsIgnoreCase(name, "Content-Length"u8))
            {
                length = ReadLength(value);
            }
            else if (Ascii.EqualsIgnoreCase(name, "Connection"u8))
            {
                kept = Ascii.EqualsIgnoreCase(value, "keep-alive"u8);
            }
            else if (Ascii.EqualsIgnoreCase(name, "Transfer-Encoding"u8))
            {
                throw new InvalidDataException("answered in chunks, which HTTP/1.0 does not have");
            }
        }

        var body = received[(headEnd + 4)..];
        if (length < 0 ? !ended : body.Length < length)
        {
            return false;
        }

        // Bytes after the body belong to nothing that was asked: such a connection is not trusted again.
        response = new ServerResponse(status, headEnd + 4, length < 0 ? body.Length : length, kept && body.Length == length);
        return true;
    }

    private static int ReadStatus(ReadOnlySpan<byte> line) =>
        line.Length >= 12 && line.StartsWith("HTTP/1."u8) && Utf8Parser.TryParse(line.Slice(9, 3), out int status, out var digits) && digits == 3
            ? status
            : throw new InvalidDataException("answered something that is not HTTP");

    private static int ReadLength(ReadOnlySpan<byte> value) =>
        Utf8Parser.TryParse(value, out int length, out var digits) && digits == value.Length && length >= 0
            ? length
            : throw new InvalidDataException("answered with a broken Content-Length");
}
