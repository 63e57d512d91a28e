using System.Text;

namespace Turbulence.Proxy.Tests.Toxics.Http;

/// <summary>What a toxic of HTTP does not hit passes as it is, and what it does hit is told apart, however it comes.</summary>
public sealed class HttpPassingTests
{
    private const string Made = "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n";

    private static readonly object Hit = new { path = "/hit" };

    public static TheoryData<string, string> Exchanges => Share.Of<TheoryData<string, string>>(new()
    {
        { HttpTalk.Get("/a"), HttpTalk.Ok },
        { "\r\n" + HttpTalk.Get("/a"), HttpTalk.Ok },
        { "HEAD /a HTTP/1.1\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n" },
        { HttpTalk.Get("/a"), "HTTP/1.1 204 No Content\r\n\r\n" },
        { HttpTalk.Get("/a"), "HTTP/1.1 304 Not Modified\r\nContent-Length: 100\r\n\r\n" },
        { HttpTalk.Get(
            "/a"), "HTTP/1.1 103 Early Hints\r\nLink: a\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3;a=b\r\nabc\r\n0\r\nTrailer: a\r\n\r\n" },
        { "POST /a HTTP/1.1\r\nContent-Length: 20\r\n\r\nGET /hit HTTP/1.1\r\n\r", HttpTalk.Ok },
        { "POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n15;x\r\nGET /hit HTTP/1.1\r\n\r\n\r\n0\r\nA: b\r\nC: d\r\n\r\n", HttpTalk.Ok },
        { HttpTalk.Get("/a", "Connection: upgrade\r\nUpgrade: websocket\r\n"), "HTTP/1.1 426 No\r\nContent-Length: 0\r\n\r\n" },
        { "CONNECT a:443 HTTP/1.1\r\n\r\n", "HTTP/1.1 407 No\r\nContent-Length: 2\r\n\r\nno" },
    }, 3);

    [Theory]
    [MemberData(nameof(Exchanges))]
    public async Task An_exchange_passes_and_the_next_request_is_hit_however_both_are_cut(string request, string answer)
    {
        await using var route = await Route.OpenAsync();
        await route.AddAsync("http_status", Hit);
        var asked = Encoding.UTF8.GetBytes(request);
        var answered = Encoding.UTF8.GetBytes(answer);
        for (var cut = 1; cut < Math.Max(asked.Length, answered.Length); cut++)
        {
            var (client, server) = await route.ConnectAsync();
            using var one = client;
            using var other = server;
            var talk = new HttpTalk(route, client, server);
            await SendAsync(route, client, asked, Math.Min(cut, asked.Length - 1));
            await talk.HearAsync(request);
            await SendAsync(route, server, answered, Math.Min(cut, answered.Length - 1));
            await talk.GetAsync(answer);
            var hit = Encoding.UTF8.GetBytes(HttpTalk.Get("/hit"));
            await SendAsync(route, client, hit, Math.Min(cut, hit.Length - 1));
            await talk.GetAsync(Made);
            await talk.ExchangeAsync(HttpTalk.Get("/b"), HttpTalk.Ok);
        }

        Assert.Equal(0, route.Proxy.Toxics[0].Counters.Foreign);
    }

    [Theory]
    [InlineData("\u0016\u0003\u0001hello")]
    [InlineData("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")]
    [InlineData("*1\r\n$4\r\nPING\r\n")]
    [InlineData("ping")]
    [InlineData("EHLO a\r\n")]
    [InlineData("POST /hit HTTP/1.1\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello")]
    [InlineData("POST /hit HTTP/1.1\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")]
    [InlineData("POST /hit HTTP/1.1\r\nContent-Length: -5\r\n\r\n")]
    [InlineData("POST /hit HTTP/1.1\r\nContent-Length: 99999999999999999999\r\n\r\n")]
    [InlineData("POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n")]
    public async Task What_is_no_HTTP_or_could_mean_two_things_passes_as_bytes_and_is_counted(string text)
    {
        await using var talk = await HttpTalk.OpenAsync("http_status", Hit);
        await talk.AskAsync(text);
        await talk.AnswerAsync("whatever\r\n");
        await talk.AskAsync(HttpTalk.Get("/hit"));
        await talk.AnswerAsync(HttpTalk.Ok);
        Assert.Equal((0, 1), (talk.Counters.Requests, talk.Counters.Foreign));
    }

    [Fact]
    public async Task A_server_that_speaks_first_is_passed_on()
    {
        await using var talk = await HttpTalk.OpenAsync("http_status", Hit);
        await talk.AnswerAsync("220 hello\r\n");
        await talk.ExchangeAsync("EHLO a\r\n", "250 b\r\n");
        await talk.AskAsync(HttpTalk.Get("/hit"));
        Assert.Equal((0, 1), (talk.Counters.Requests, talk.Counters.Foreign));
    }

    [Theory]
    [InlineData("GET /a HTTP/1.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n", "HTTP/1.1 101 Switching Protocols\r\n\r\n")]
    [InlineData("CONNECT a:443 HTTP/1.1\r\n\r\n", "HTTP/1.1 200 Fine\r\n\r\n")]
    public async Task Behind_an_upgrade_bytes_pass_as_they_are(string request, string answer)
    {
        await using var talk = await HttpTalk.OpenAsync("http_status", Hit);
        await talk.AskAsync(request);
        await talk.Client.SendAsync(HttpTalk.Get("/hit"));
        await talk.AnswerAsync(answer);
        await talk.HearAsync(HttpTalk.Get("/hit"));
        await talk.ExchangeAsync(HttpTalk.Get("/hit"), "not even HTTP");
        Assert.Equal((0, 0), (talk.Counters.Requests, talk.Counters.Foreign));
    }

    [Fact]
    public async Task A_client_that_waits_for_100_is_told_by_the_upstream()
    {
        await using var talk = await HttpTalk.OpenAsync("http_status", Hit);
        await talk.ExchangeAsync("POST /a HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\n", "HTTP/1.1 100 Continue\r\n\r\n");
        await talk.ExchangeAsync("body", HttpTalk.Ok);
        await talk.Client.SendAsync(HttpTalk.Get("/hit"));
        await talk.GetAsync(Made);
    }

    [Fact]
    public async Task On_a_connection_that_was_there_before_the_next_request_is_hit()
    {
        await using var route = await Route.OpenAsync();
        var (client, server) = await route.ConnectAsync();
        await using var talk = new HttpTalk(route, client, server);
        await talk.ExchangeAsync(HttpTalk.Get("/hit"), HttpTalk.Ok);
        await route.AddAsync("http_status", Hit);
        await client.SendAsync(HttpTalk.Get("/hit"));
        await talk.GetAsync(Made);
        await route.Proxy.RemoveToxicAsync("http_status_downstream");
        await talk.ExchangeAsync(HttpTalk.Get("/hit"), HttpTalk.Ok);
        await talk.AskAsync("POST /hit HTTP/1.1\r\nContent-Length: 100\r\n\r\n");
        await route.AddAsync("http_status", Hit);
        // It stands in the middle of a body.
        await talk.AskAsync(HttpTalk.Get("/hit"));
        Assert.Equal(0, talk.Counters.Requests);
    }

    private static async Task SendAsync(Route route, Peer peer, byte[] bytes, int cut)
    {
        await peer.SendAsync(bytes.AsMemory(0, cut));
        await route.SettleAsync();
        await peer.SendAsync(bytes.AsMemory(cut));
    }
}
