using System.Net;

namespace Turbulence.Proxy.Tests.Toxics.Http;

/// <summary>What the toxics of HTTP do to those requests that they hit.</summary>
public sealed class HttpToxicTests
{
    private const string Made = "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n";
    private const string MadeLast = "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";

    [Fact]
    public async Task The_nth_of_pipelined_requests_is_answered_at_its_turn()
    {
        await using var talk = await HttpTalk.OpenAsync("http_status", new { nth = 2 });
        await talk.Client.SendAsync(HttpTalk.Get("/1") + "POST /2 HTTP/1.1\r\nContent-Length: 3\r\n\r\nabc" + HttpTalk.Get("/3"));
        await talk.HearAsync(HttpTalk.Get("/1") + HttpTalk.Get("/3"));
        await talk.Route.SettleAsync();
        Assert.Equal(0, talk.Client.Socket.Available);
        await talk.Server.SendAsync(HttpTalk.Ok + HttpTalk.Ok);
        await talk.GetAsync(HttpTalk.Ok + Made + HttpTalk.Ok);
        Assert.Equal((1, 1), (talk.Counters.Requests, talk.Counters.Connections));
    }

    [Theory]
    [InlineData("Content-Length: 5\r\n\r\nhello")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n5;a\r\nhello\r\n0\r\nA: b\r\n\r\n")]
    public async Task What_was_swallowed_is_read_to_its_end(string rest)
    {
        await using var talk = await HttpTalk.OpenAsync("http_status", new { first = 1, body = "sorry", status = 418 });
        await talk.Client.SendAsync("POST / HTTP/1.1\r\n" + rest);
        await talk.GetAsync("HTTP/1.1 418 I'm a teapot\r\nContent-Length: 5\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nsorry");
        await talk.ExchangeAsync(HttpTalk.Get("/"), HttpTalk.Ok);
    }

    [Fact]
    public async Task An_answer_to_HEAD_has_no_body()
    {
        await using var talk = await HttpTalk.OpenAsync("http_status", new { first = 1, body = "sorry" });
        await talk.Client.SendAsync("HEAD / HTTP/1.1\r\n\r\n");
        await talk.GetAsync("HTTP/1.1 503 Service Unavailable\r\nContent-Length: 5\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n");
        await talk.ExchangeAsync(HttpTalk.Get("/"), HttpTalk.Ok);
    }

    [Theory]
    [InlineData("POST / HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nConnection: close\r\n\r\n")]
    [InlineData("GET / HTTP/1.0\r\n\r\n")]
    [InlineData("CONNECT a:443 HTTP/1.1\r\n\r\n")]
    public async Task Where_it_is_not_sure_what_comes_behind_the_connection_ends_with_the_answer(string request)
    {
        await using var talk = await HttpTalk.OpenAsync("http_status");
        await talk.Client.SendAsync(request);
        await talk.GetAsync(MadeLast);
        Assert.Equal("", await talk.Client.ReadTextAsync(1));
        await talk.Client.SendAsync("hello");
        talk.Client.End();
        Assert.Equal("", await talk.Server.ReadTextAsync(1));
        await Eventually.HoldsAsync(() => talk.Route.Proxy.Counters.Active == 0);
    }

    [Theory]
    [InlineData("reset", "ConnectionReset")]
    [InlineData("close", "end")]
    public async Task Abort_ends_the_connection_before_the_upstream_hears_of_the_request(string by, string fate)
    {
        await using var talk = await HttpTalk.OpenAsync("http_abort", new { by, path = "/hit" });
        await talk.ExchangeAsync(HttpTalk.Get("/a"), HttpTalk.Ok);
        await talk.Client.SendAsync(HttpTalk.Get("/hit"));
        Assert.Equal(fate, await talk.Client.ReadFateAsync());
        Assert.Equal(fate, await talk.Server.ReadFateAsync());
        Assert.Equal((1, 1), (talk.Counters.Requests, talk.Counters.Ends));
    }

    [Fact]
    public async Task Abort_ends_the_connection_in_the_middle_of_an_answer()
    {
        await using var talk = await HttpTalk.OpenAsync("http_abort", new { at = "answer", by = "close", bytes = 7 });
        await talk.AskAsync(HttpTalk.Get("/a"));
        await talk.Server.SendAsync("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n5\r\nworld\r\n");
        await talk.GetAsync("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n5\r\nwo");
        Assert.Equal("end", await talk.Client.ReadFateAsync());
    }

    [Fact]
    public async Task Delay_lets_the_request_go_on_later_with_all_behind_it()
    {
        await using var talk = await HttpTalk.OpenAsync("http_delay", new { delay = 100, of = "request", nth = 1 });
        await talk.Client.SendAsync(HttpTalk.Get("/1") + HttpTalk.Get("/2"));
        await Eventually.HoldsAsync(() => talk.Counters.Requests == 1);
        await talk.Route.AdvanceAsync(99);
        Assert.Equal(0, talk.Server.Socket.Available);
        await talk.Route.AdvanceAsync(1);
        await talk.HearAsync(HttpTalk.Get("/1") + HttpTalk.Get("/2"));
        await talk.AnswerAsync(HttpTalk.Ok + HttpTalk.Ok);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Delay_lets_the_answer_go_on_later_or_when_the_toxic_goes(bool removed)
    {
        await using var talk = await HttpTalk.OpenAsync("http_delay", new { delay = 100, nth = 1 });
        await talk.AskAsync(HttpTalk.Get("/1") + HttpTalk.Get("/2"));
        await talk.Server.SendAsync(HttpTalk.Ok + HttpTalk.Ok);
        await Eventually.HoldsAsync(() => talk.Counters.Bytes > 0);
        await talk.Route.AdvanceAsync(99);
        Assert.Equal(0, talk.Client.Socket.Available);
        await (removed ? talk.Route.Proxy.RemoveToxicAsync("http_delay_downstream") : talk.Route.AdvanceAsync(1));
        await talk.GetAsync(HttpTalk.Ok + HttpTalk.Ok);
        await talk.ExchangeAsync(HttpTalk.Get("/3"), HttpTalk.Ok);
    }

    [Theory]
    [InlineData("method", "POST,PUT", "PUT /a HTTP/1.1\r\n\r\n", "GET /a HTTP/1.1\r\n\r\n")]
    [InlineData("path", "/orders/{id}", "GET /orders/7?a=/b HTTP/1.1\r\n\r\n", "GET /orders/7/lines HTTP/1.1\r\n\r\n")]
    [InlineData("path", "/orders/{id}", "GET http://a/orders/7 HTTP/1.1\r\n\r\n", "GET /orders/ HTTP/1.1\r\n\r\n")]
    [InlineData("path", "/orders/{*rest}", "GET /orders/7/lines HTTP/1.1\r\n\r\n", "GET /orderlines HTTP/1.1\r\n\r\n")]
    [InlineData("path", "/", "GET http://a HTTP/1.1\r\n\r\n", "GET /a HTTP/1.1\r\n\r\n")]
    [InlineData("header", "X-Test", "GET / HTTP/1.1\r\nx-test: a\r\n\r\n", "GET / HTTP/1.1\r\nX-Tests: a\r\n\r\n")]
    [InlineData("header", "X-Test: 7", "GET / HTTP/1.1\r\nx-test: 8\r\nX-Test:7\r\n\r\n", "GET / HTTP/1.1\r\nX-Test: 77\r\n\r\n")]
    [InlineData("baggage", "test", "GET / HTTP/1.1\r\nbaggage: a=b, test=7;p=q\r\n\r\n", "GET / HTTP/1.1\r\nbaggage: a=test\r\n\r\n")]
    [InlineData(
        "baggage",
        "test=a b",
        "GET / HTTP/1.1\r\nBaggage: a=b\r\nBaggage: test = a%20b ; c\r\n\r\n",
        "GET / HTTP/1.1\r\nBaggage: test=ab\r\n\r\n")]
    public async Task Requests_are_hit_that_match(string attribute, string value, string hit, string spared)
    {
        await using var talk = await HttpTalk.OpenAsync(
            "http_status", more: toxic => toxic with { Attributes = new() { [attribute] = value } });
        await talk.ExchangeAsync(spared, HttpTalk.Ok);
        await talk.Client.SendAsync(hit);
        await talk.GetAsync(Made);
    }

    [Theory]
    [InlineData("connection", "hit hit pass hit hit pass")]
    [InlineData("all", "hit hit pass pass pass pass")]
    public async Task The_first_requests_are_hit_of_each_connection_or_of_all(string counted, string expected)
    {
        await using var route = await Route.OpenAsync();
        await route.AddAsync("http_status", new { first = 2, counted });
        List<string> seen = [];
        for (var connection = 0; connection < 2; connection++)
        {
            var (client, server) = await route.ConnectAsync();
            using (client)
            using (server)
            {
                for (var request = 0; request < 3; request++)
                {
                    await client.SendAsync(HttpTalk.Get("/a"));
                    await Eventually.HoldsAsync(() => client.Socket.Available > 0 || server.Socket.Available > 0);
                    seen.Add(client.Socket.Available > 0 ? "hit" : "pass");
                    if (client.Socket.Available > 0)
                    {
                        await client.ReadTextAsync(Made.Length);
                    }
                    else
                    {
                        await new HttpTalk(route, client, server).HearAsync(HttpTalk.Get("/a"));
                        await new HttpTalk(route, client, server).AnswerAsync(HttpTalk.Ok);
                    }
                }
            }
        }

        Assert.Equal(expected, string.Join(' ', seen));
    }

    [Fact]
    public async Task Requests_are_hit_in_a_window_of_time()
    {
        await using var talk = await HttpTalk.OpenAsync("http_status", new { after = 100, until = 200 });
        await talk.ExchangeAsync(HttpTalk.Get("/a"), HttpTalk.Ok);
        await talk.Route.AdvanceAsync(100);
        await talk.Client.SendAsync(HttpTalk.Get("/a"));
        await talk.GetAsync(Made);
        await talk.Route.AdvanceAsync(100);
        await talk.ExchangeAsync(HttpTalk.Get("/a"), HttpTalk.Ok);
    }

    [Fact]
    public async Task Two_toxics_answer_at_their_turns()
    {
        await using var talk = await HttpTalk.OpenAsync("http_status", new { path = "/1" });
        await talk.Route.AddAsync(
            "latency", new { latency = 10 }, toxic => toxic with { Stream = Turbulence.Proxy.Toxics.ToxicStream.Upstream });
        await talk.Route.AddAsync("http_status", new { path = "/2", status = 500 }, toxic => toxic with { Name = "other" });
        await talk.Client.SendAsync(HttpTalk.Get("/0") + HttpTalk.Get("/1") + HttpTalk.Get("/2") + HttpTalk.Get("/1") + HttpTalk.Get("/3"));
        await Eventually.HoldsAsync(() => talk.Counters.Requests == 2);
        await talk.Route.AdvanceAsync(10);
        await talk.HearAsync(HttpTalk.Get("/0") + HttpTalk.Get("/3"));
        await talk.Server.SendAsync(HttpTalk.Ok + HttpTalk.Ok);
        await talk.GetAsync(HttpTalk.Ok + Made + "HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\n\r\n" + Made + HttpTalk.Ok);
    }

    [Fact]
    public async Task A_real_client_goes_on_on_the_same_connection()
    {
        await using var route = await Route.OpenAsync();
        await route.AddAsync("http_status", new { method = "POST", body = "sorry" });
        using var client = new HttpClient();
        var address = new Uri($"http://{route.Proxy.Listen}/");
        var stop = TestContext.Current.CancellationToken;
        var getting = client.GetStringAsync(address, stop);
        using var server = await route.Upstream.AcceptAsync();
        for (var i = 0; i < 3; i++)
        {
            var head = "";
            while (!head.EndsWith("\r\n\r\n", StringComparison.Ordinal))
            {
                head += await server.ReadTextAsync(1);
            }

            await server.SendAsync(HttpTalk.Ok);
            Assert.Equal("ok", await getting);
            using var content = new ByteArrayContent(new byte[200_000]);
            using var answer = await client.PostAsync(address, content, stop);
            Assert.Equal((HttpStatusCode.ServiceUnavailable, "sorry"), (answer.StatusCode, await answer.Content.ReadAsStringAsync(stop)));
            getting = i < 2 ? client.GetStringAsync(address, stop) : Task.FromResult("");
        }

        Assert.Equal(1, route.Proxy.Counters.Connections);
        Assert.Equal((3, 0), (route.Proxy.Toxics[0].Counters.Requests, route.Proxy.Toxics[0].Counters.Foreign));
    }
}
