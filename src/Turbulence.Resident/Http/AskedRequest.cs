using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Turbulence.Resident.Http;

/// <summary>Finds the end of one request of HTTP/1.1, of which nothing is kept but the head.</summary>
internal sealed class AskedRequest
{
    private const int MostHead = 64 << 10;

    private static readonly byte[] LastChunk = "0\r\n\r\n"u8.ToArray();

    private readonly byte[] buffer = new byte[8192];
    private readonly List<byte> head = [];
    private byte[] tail = [];
    private long? left;
    private bool isChunked;

    /// <summary>Reads what is there. True: the request is whole. False: more is to come. Null: the client has gone.</summary>
    public bool? Read(Socket socket)
    {
        var count = socket.Receive(buffer);
        return count == 0 || head.Count > MostHead ? null : Take(buffer.AsSpan(0, count));
    }

    private bool Take(ReadOnlySpan<byte> bytes)
    {
        if (left is null && !isChunked)
        {
            head.AddRange(bytes);
            var text = Encoding.Latin1.GetString([.. head]);
            var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            if (end < 0)
            {
                return false;
            }

            bytes = head.ToArray().AsSpan(end + 4);
            Measure(text[..end]);
        }

        if (isChunked)
        {
            // A last chunk has no trailers in what HttpClient sends.
            tail = [.. tail, .. bytes];
            tail = tail.Length > LastChunk.Length ? tail[^LastChunk.Length..] : tail;
            return tail.AsSpan().SequenceEqual(LastChunk);
        }

        left -= bytes.Length;
        return left <= 0;
    }

    private void Measure(string head)
    {
        left = 0;
        foreach (var line in head.Split("\r\n"))
        {
            if (line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase))
            {
                left = long.Parse(line.AsSpan("Content-Length:".Length), NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture);
            }
            else if (line.StartsWith("Transfer-Encoding:", StringComparison.OrdinalIgnoreCase))
            {
                isChunked = true;
            }
        }
    }
}
