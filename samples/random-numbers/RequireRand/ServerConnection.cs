using System.Net.Sockets;
using System.Runtime.CompilerServices;

namespace RandomNumbers.RequireRand;

/// <summary>
/// One connection to a rand server, for one request at a time. The exchange is HTTP/1.0 with <c>keep-alive</c>: small enough to be
/// written out here, over one buffer that lives as long as the connection. With SocketsHttpHandler in its place, a request costs
/// this service about a quarter more processor time in its own code (see benchmarks/README.md).
/// </summary>
internal sealed class ServerConnection : IDisposable
{
    private const int LargestResponse = 64 * 1024;

    private readonly Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private byte[] buffer = new byte[1024];

    /// <summary>Connects.</summary>
    /// <exception cref="SocketException">Nobody listens there, or it cannot be reached.</exception>
    public ValueTask ConnectAsync(Uri url, CancellationToken cancellationToken) => socket.ConnectAsync(url.IdnHost, url.Port, cancellationToken);

    /// <summary>Sends a request and receives its response.</summary>
    /// <param name="head">The request's head, up to the value of its <c>Content-Length</c>, which is the last field.</param>
    /// <param name="body">The request's body.</param>
    /// <param name="cancellationToken">Ends the exchange; the connection is of no use afterwards.</param>
    /// <exception cref="IOException">The server closed the connection before its response was whole.</exception>
    /// <exception cref="SocketException">The connection broke.</exception>
    /// <exception cref="InvalidDataException">What came is no response, or too large.</exception>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<ServerResponse> ExchangeAsync(byte[] head, byte[] body, CancellationToken cancellationToken)
    {
        await socket.SendAsync(Compose(head, body), cancellationToken);
        for (var filled = 0; ;)
        {
            if (filled == buffer.Length)
            {
                Grow(filled + 1, keep: filled);
            }

            var received = await socket.ReceiveAsync(buffer.AsMemory(filled), cancellationToken);
            filled += received;
            if (ResponseReader.TryRead(buffer.AsSpan(0, filled), ended: received == 0, out var response))
            {
                return response;
            }

            if (received == 0)
            {
                throw new IOException("closed the connection without an answer");
            }
        }
    }

    /// <summary>The body of the last response; valid until the next exchange.</summary>
    public ReadOnlySpan<byte> Body(ServerResponse response) => buffer.AsSpan(response.BodyStart, response.BodyLength);

    /// <inheritdoc/>
    public void Dispose() => socket.Dispose();

    private ReadOnlyMemory<byte> Compose(byte[] head, byte[] body)
    {
        const int LongestLength = 16; // ten digits and the empty line
        Grow(head.Length + LongestLength + body.Length, keep: 0);
        head.CopyTo(buffer, 0);
        body.Length.TryFormat(buffer.AsSpan(head.Length), out var digits);
        var position = head.Length + digits;
        "\r\n\r\n"u8.CopyTo(buffer.AsSpan(position));
        position += 4;
        body.CopyTo(buffer, position);
        return buffer.AsMemory(0, position + body.Length);
    }

    private void Grow(int least, int keep)
    {
        if (least <= buffer.Length)
        {
            return;
        }

        if (keep >= LargestResponse)
        {
            throw new InvalidDataException($"answered more than {LargestResponse} bytes");
        }

        var larger = new byte[Math.Max(least, buffer.Length * 2)];
        buffer.AsSpan(0, keep).CopyTo(larger);
        buffer = larger;
    }
}
