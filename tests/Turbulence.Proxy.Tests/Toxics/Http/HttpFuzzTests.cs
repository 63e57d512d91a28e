using System.Text;

namespace Turbulence.Proxy.Tests.Toxics.Http;

/// <summary>Whatever comes, nothing goes wrong in the proxy, nothing hangs, and what no toxic hits arrives byte for byte.</summary>
public sealed class HttpFuzzTests
{
    private static readonly string[] Pieces =
    [
        "GET ", "POST ", "HEAD ", "/", "/hit", " HTTP/1.1", " HTTP/1.0", "\r\n", "\r\n\r\n", "\r", "\n", "Content-Length: ", "5", "-1",
        "99999999999999999999", "Transfer-Encoding: chunked", "Host: a", ":",
        " ", "\t", "0\r\n\r\n", "5\r\nhello\r\n", ";a=b", "\0", "Expect: 100-continue", "Connection: close",
        "Connection: upgrade\r\nUpgrade: a", "HTTP/1.1 200 OK", "HTTP/1.1 100 Continue\r\n\r\n", "hello",
        "GET / HTTP/1.1\r\n\r\n", "POST / HTTP/1.1\r\nContent-Length: 5\r\n\r\nhello", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok",
        "CONNECT a:1 HTTP/1.1\r\n\r\n", "é",
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task What_is_not_hit_arrives_byte_for_byte(int seed)
    {
        await using var route = await Route.OpenAsync();
        await route.AddAsync("http_status", new { path = "/never" });
        await route.AddAsync("http_body", new { method = "NEVER" });
        var random = new Random(seed);
        for (var i = 0; i < 60; i++)
        {
            var (client, server) = await route.ConnectAsync();
            using (client)
            using (server)
            {
                var (up, down) = (Text(random), Text(random));
                await Task.WhenAll(SendAsync(client, up, random.Next(1, 30)), SendAsync(server, down, random.Next(1, 30)));
                var arrived = await Task.WhenAll(server.ReadAsync(up.Length + 1), client.ReadAsync(down.Length + 1));
                Assert.Equal(
                    (Convert.ToHexString(up), Convert.ToHexString(down)),
                    (Convert.ToHexString(arrived[0]), Convert.ToHexString(arrived[1])));
            }
        }

        await Eventually.HoldsAsync(() => route.Proxy.Counters.Active == 0);
        Assert.Equal(0, route.Server.Loops[0].Pool.Lent);
    }

    [Theory]
    [InlineData("http_status", 4)]
    [InlineData("http_abort", 5)]
    [InlineData("http_lost", 6)]
    [InlineData("http_body", 7)]
    public async Task Where_some_are_hit_the_connection_ends_all_the_same(string type, int seed)
    {
        await using var route = await Route.OpenAsync(server => server with { Seed = seed });
        await route.AddAsync(type, more: toxic => toxic with { Toxicity = 0.5 });
        await route.AddAsync("http_status", more: toxic => toxic with { Toxicity = 0.2, Name = "second" });
        var random = new Random(seed);
        for (var i = 0; i < 60; i++)
        {
            var (client, server) = await route.ConnectAsync();
            using (client)
            using (server)
            {
                await Task.WhenAll(TryAsync(client, Text(random), random.Next(1, 30)), TryAsync(server, Text(random), random.Next(1, 30)));
            }
        }

        await Eventually.HoldsAsync(() => route.Proxy.Counters.Active == 0);
        Assert.Equal(0, route.Server.Loops[0].Pool.Lent);
    }

    private static byte[] Text(Random random)
    {
        var text = new StringBuilder();
        for (var i = random.Next(1, 25); i > 0; i--)
        {
            text.Append(Pieces[random.Next(Pieces.Length)]);
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static async Task SendAsync(Peer peer, byte[] bytes, int piece)
    {
        for (var sent = 0; sent < bytes.Length; sent += piece)
        {
            await peer.SendAsync(bytes.AsMemory(sent, Math.Min(piece, bytes.Length - sent)));
        }

        peer.End();
    }

    private static async Task TryAsync(Peer peer, byte[] bytes, int piece)
    {
        try
        {
            await SendAsync(peer, bytes, piece);
        }
        catch (System.Net.Sockets.SocketException)
        {
            // It was broken off, as some have to be.
        }

        await peer.ReadFateAsync();
    }
}
