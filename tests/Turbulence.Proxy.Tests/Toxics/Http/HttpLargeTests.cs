using System.Globalization;

namespace Turbulence.Proxy.Tests.Toxics.Http;

/// <summary>What is large passes in little memory, and what was kept because it was too much goes on when it can.</summary>
public sealed class HttpLargeTests
{
    private const int PieceLength = 256 << 10;
    private const int MostHeld = 2 << 20;
    private const int Much = 330 << 10;

    // 1 GiB in the gate; an eighth of it is enough to see that it is not kept.
    private static readonly int Pieces = Share.IsAll ? 4096 : 512;

    [Theory]
    [InlineData("http_delay", true, false)]
    [InlineData("http_delay", false, true)]
    [InlineData("http_status", true, true)]
    [InlineData("http_body", false, false)]
    public async Task A_large_body_passes_in_little_memory(string type, bool isRequest, bool isChunked)
    {
        await using var talk = await HttpTalk.OpenAsync(type, new { path = "/never" });
        var head = $"{(isRequest ? "POST /a HTTP/1.1" : "HTTP/1.1 200 OK")}\r\n{Framing(isChunked)}\r\n\r\n";
        if (!isRequest)
        {
            await talk.AskAsync(HttpTalk.Get("/a"));
        }

        var (from, to) = isRequest ? (talk.Client, talk.Server) : (talk.Server, talk.Client);
        var sending = SendAsync(from, head, isChunked);
        Assert.Equal(head, await to.ReadTextAsync(head.Length));
        Assert.InRange(await ReadAsync(talk.Route, to, (long)Pieces * Piece(isChunked).Length), 0, MostHeld);
        await sending;
        if (isChunked)
        {
            Assert.Equal("0\r\n\r\n", await to.ReadTextAsync(5));
        }

        if (isRequest)
        {
            await talk.AnswerAsync(HttpTalk.Ok);
        }

        await talk.ExchangeAsync(HttpTalk.Get("/a"), HttpTalk.Ok);
        Assert.Equal(0, talk.Counters.Foreign);
    }

    [Fact]
    public async Task A_large_body_that_is_swallowed_takes_little_memory()
    {
        await using var talk = await HttpTalk.OpenAsync("http_status");
        long most = 0;
        await talk.Client.SendAsync($"POST /a HTTP/1.1\r\n{Framing(isChunked: true)}\r\n\r\n");
        var piece = Piece(isChunked: true);
        for (var i = 0; i < Pieces; i++)
        {
            await talk.Client.SendAsync(piece);
            most = Math.Max(most, talk.Route.Server.Loops[0].Pool.LentBytes);
        }

        await talk.Client.SendAsync("0\r\n\r\n");
        await talk.GetAsync("HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n");
        Assert.InRange(most, 0, MostHeld);
    }

    [Fact]
    public async Task More_than_it_keeps_goes_on_once_the_answer_before_it_is_made()
    {
        await using var talk = await HttpTalk.OpenAsync("http_status");
        await talk.Client.SendAsync("POST /a HTTP/1.1\r\nContent-Length: 1\r\n\r\n");
        // What came before the request would be no answer to it, and pass.
        await talk.Route.SettleAsync();
        // Nobody asked for it; it has to wait, since an answer of the proxy's comes first. All of it is on the machine by then: nothing
        // more that comes wakes anybody.
        await talk.Server.SendAsync(new byte[Much]);
        var pool = talk.Route.Server.Loops[0].Pool;
        await Eventually.HoldsAsync(() => pool.LentBytes >= 256 << 10);
        await talk.Route.SettleAsync();
        await talk.Client.SendAsync("x");
        await talk.GetAsync("HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n");
        await ReadAsync(talk.Route, talk.Client, Much);
    }

    private static string Framing(bool isChunked) =>
        isChunked
            ? "Transfer-Encoding: chunked"
            : string.Create(CultureInfo.InvariantCulture, $"Content-Length: {(long)Pieces * PieceLength}");

    private static byte[] Piece(bool isChunked) =>
        isChunked
            ? [.. System.Text.Encoding.ASCII.GetBytes($"{PieceLength:x};name=value\r\n"), .. new byte[PieceLength], .. "\r\n"u8]
            : new byte[PieceLength];

    private static async Task SendAsync(Peer peer, string head, bool isChunked)
    {
        var piece = Piece(isChunked);
        await peer.SendAsync(head);
        for (var i = 0; i < Pieces; i++)
        {
            await peer.SendAsync(piece);
        }

        if (isChunked)
        {
            await peer.SendAsync("0\r\n\r\n");
        }
    }

    /// <summary>Reads so many bytes.</summary>
    /// <returns>The most that the proxy kept meanwhile.</returns>
    private static async Task<long> ReadAsync(Route route, Peer peer, long count)
    {
        long most = 0;
        var buffer = new byte[PieceLength];
        for (var left = count; left > 0;)
        {
            var read = await peer.Socket.ReceiveAsync(
                buffer.AsMemory(0, (int)Math.Min(left, buffer.Length)), TestContext.Current.CancellationToken);
            Assert.True(read > 0, "the connection ended");
            left -= read;
            most = Math.Max(most, route.Server.Loops[0].Pool.LentBytes);
        }

        return most;
    }
}
