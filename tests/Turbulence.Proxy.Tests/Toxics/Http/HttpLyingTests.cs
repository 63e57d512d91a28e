using System.Text.Json.Nodes;

namespace Turbulence.Proxy.Tests.Toxics.Http;

/// <summary>Toxics that let the upstream do its work, and lie about it.</summary>
public sealed class HttpLyingTests
{
    [Theory]
    [InlineData("reset", "ConnectionReset")]
    [InlineData("close", "end")]
    public async Task The_upstream_has_done_it_and_its_answer_is_lost(string by, string fate)
    {
        await using var talk = await HttpTalk.OpenAsync("http_lost", new { by, nth = 2 });
        await talk.ExchangeAsync(HttpTalk.Get("/1"), HttpTalk.Ok);
        await talk.ExchangeAsync("POST /2 HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\n", "HTTP/1.1 100 Continue\r\n\r\n");
        await talk.AskAsync("body");
        await talk.Server.SendAsync(HttpTalk.Ok);
        Assert.Equal(fate, await talk.Client.ReadFateAsync());
        Assert.Equal((1, 1), (talk.Counters.Requests, talk.Counters.Ends));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_client_hears_nothing_until_it_goes_or_the_toxic_does(bool removed)
    {
        await using var talk = await HttpTalk.OpenAsync("http_lost", new { by = "silence" });
        await talk.AskAsync(HttpTalk.Get("/1"));
        await talk.Server.SendAsync(HttpTalk.Ok);
        talk.Server.End();
        await Eventually.HoldsAsync(() => talk.Counters.Ends == 1);
        await talk.Route.SettleAsync();
        Assert.Equal((0, 1), (talk.Client.Socket.Available, talk.Route.Proxy.Counters.Active));
        if (removed)
        {
            await talk.Route.Proxy.RemoveToxicAsync("http_lost_downstream");
            Assert.Equal("end", await talk.Client.ReadFateAsync());
        }
        else
        {
            talk.Client.End();
        }

        await Eventually.HoldsAsync(() => talk.Route.Proxy.Counters.Active == 0);
    }

    [Theory]
    [InlineData("set", "A: 1\r\netag: \"x\"\r\nB: 2\r\nETag: \"y\"\r\n", "A: 1\r\nB: 2\r\nETag: new\r\n")]
    [InlineData("add", "A: 1\r\nETag: \"y\"\r\n", "A: 1\r\nETag: \"y\"\r\nETag: new\r\n")]
    [InlineData("remove", "ETag: \"y\"\r\nA: 1\r\n", "A: 1\r\n")]
    public async Task A_header_is_changed(string what, string fields, string changed)
    {
        foreach (var of in new[] { "request", "answer" })
        {
            await using var talk = await HttpTalk.OpenAsync("http_header", new { of, first = 1 }, toxic => toxic with
            {
                Attributes = new JsonObject { ["of"] = of, ["do"] = what, ["name"] = "ETag", ["value"] = "new", ["first"] = 1 },
            });
            await talk.Client.SendAsync($"POST / HTTP/1.1\r\n{fields}Content-Length: 2\r\n\r\nhi");
            var asked = of == "request" && what == "remove" ? "POST / HTTP/1.1\r\nA: 1\r\nContent-Length: 2\r\n\r\nhi"
                : of == "request" ? $"POST / HTTP/1.1\r\n{Before(changed)}Content-Length: 2\r\n{Last(changed)}\r\nhi"
                : $"POST / HTTP/1.1\r\n{fields}Content-Length: 2\r\n\r\nhi";
            await talk.HearAsync(asked);
            await talk.Server.SendAsync($"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n{fields}\r\nok");
            await talk.GetAsync($"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n{(of == "answer" ? changed : fields)}\r\nok");
            await talk.ExchangeAsync(HttpTalk.Get("/", fields), HttpTalk.Ok);
            Assert.Equal((1, 0), (talk.Counters.Requests, talk.Counters.Foreign));
        }
    }

    [Theory]
    [InlineData("Content-Length: 5\r\n\r\nhello")]
    [InlineData("Transfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n\r\n3;a\r\nhel\r\n2\r\nlo\r\n0\r\nA: b\r\n\r\n")]
    [InlineData("Content-Length: 0\r\n\r\n")]
    public async Task A_body_is_another_and_the_connection_goes_on(string rest)
    {
        await using var talk = await HttpTalk.OpenAsync(
            "http_body", more: toxic => toxic with { Attributes = new JsonObject { ["do"] = "replace", ["body"] = "no", ["first"] = 1 } });
        await talk.AskAsync(HttpTalk.Get("/"));
        await talk.Server.SendAsync("HTTP/1.1 200 OK\r\n" + rest);
        await talk.GetAsync("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nno");
        await talk.ExchangeAsync(HttpTalk.Get("/"), HttpTalk.Ok);
    }

    [Theory]
    [InlineData("Content-Length: 5\r\n\r\nhello")]
    [InlineData("Transfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n\r\n3;a\r\nhel\r\n2\r\nlo\r\n0\r\nA: b\r\n\r\n")]
    public async Task A_body_of_a_request_is_another_however_it_is_cut_and_the_connection_goes_on(string rest)
    {
        await using var route = await Route.OpenAsync();
        await route.AddAsync("http_body", new { of = "request", @do = "replace", body = "no", first = 1 });
        for (var cut = 1; cut < rest.Length; cut++)
        {
            var (client, server) = await route.ConnectAsync();
            using var one = client;
            using var other = server;
            var talk = new HttpTalk(route, client, server);
            await client.SendAsync("POST / HTTP/1.1\r\n" + rest[..cut]);
            await route.SettleAsync();
            await client.SendAsync(rest[cut..] + HttpTalk.Get("/next"));
            await talk.HearAsync("POST / HTTP/1.1\r\nContent-Length: 2\r\n\r\nno" + HttpTalk.Get("/next"));
            await talk.AnswerAsync(HttpTalk.Ok + HttpTalk.Ok);
        }

        Assert.Equal((rest.Length - 1, 0), (route.Proxy.Toxics[0].Counters.Requests, route.Proxy.Toxics[0].Counters.Foreign));
    }

    [Fact]
    public async Task A_body_of_a_request_means_nothing_and_its_chunks_are_right()
    {
        await using var talk = await HttpTalk.OpenAsync("http_body", new { of = "request" });
        await talk.Client.SendAsync("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\nA: b\r\n\r\n");
        await talk.HearAsync("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n");
        Assert.NotEqual("hello"u8.ToArray(), await talk.Server.ReadAsync(5));
        await talk.HearAsync("\r\n0\r\nA: b\r\n\r\n");
        await talk.AnswerAsync(HttpTalk.Ok);
        await talk.ExchangeAsync(HttpTalk.Get("/"), HttpTalk.Ok);
        Assert.Equal((2, 5), (talk.Counters.Requests, talk.Counters.Bytes));
    }

    [Fact]
    public async Task A_client_whose_body_is_replaced_is_still_told_to_send_it()
    {
        await using var talk = await HttpTalk.OpenAsync("http_body", new { of = "request", @do = "replace", body = "no" });
        await talk.Client.SendAsync("POST / HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n");
        await talk.HearAsync("POST / HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\nno");
        await talk.AnswerAsync("HTTP/1.1 100 Continue\r\n\r\n");
        await talk.Client.SendAsync("hello" + HttpTalk.Get("/"));
        await talk.HearAsync(HttpTalk.Get("/"));
        await talk.AnswerAsync(HttpTalk.Ok + HttpTalk.Ok);
    }

    [Fact]
    public async Task Where_a_part_of_a_body_was_replaced_its_connection_ends_with_the_toxic()
    {
        await using var talk = await HttpTalk.OpenAsync("http_body", new { of = "request", @do = "replace", body = "no" });
        await talk.Client.SendAsync("POST / HTTP/1.1\r\nContent-Length: 5\r\n\r\nhe");
        await talk.HearAsync("POST / HTTP/1.1\r\nContent-Length: 2\r\n\r\nno");
        await talk.Route.Proxy.RemoveToxicAsync("http_body_downstream");
        Assert.Equal("end", await talk.Client.ReadFateAsync());
    }

    [Fact]
    public async Task An_answer_without_a_body_gets_none()
    {
        await using var talk = await HttpTalk.OpenAsync(
            "http_body", more: toxic => toxic with { Attributes = new JsonObject { ["do"] = "replace", ["body"] = "no" } });
        await talk.ExchangeAsync(HttpTalk.Get("/"), "HTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\n\r\n");
        await talk.ExchangeAsync("HEAD / HTTP/1.1\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n");
    }

    [Fact]
    public async Task A_body_means_nothing_and_its_chunks_are_right()
    {
        List<string> seen = [];
        for (var i = 0; i < 2; i++)
        {
            await using var talk = await HttpTalk.OpenAsync("http_body", new { first = 1 }, server: options => options with { Seed = 5 });
            await talk.AskAsync(HttpTalk.Get("/"));
            await talk.Server.SendAsync("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n");
            await talk.GetAsync("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n");
            seen.Add(Convert.ToHexString(await talk.Client.ReadAsync(5)));
            await talk.GetAsync("\r\n0\r\n\r\n");
            await talk.ExchangeAsync(HttpTalk.Get("/"), HttpTalk.Ok);
        }

        Assert.NotEqual("68656C6C6F", seen[0]);
        Assert.Equal(seen[0], seen[1]);
    }

    [Theory]
    [InlineData("http_header", "name", "")]
    [InlineData("http_header", "name", "Content-Length")]
    [InlineData("http_header", "name", "a b")]
    [InlineData("http_status", "content_type", "a\r\nb")]
    [InlineData("http_status", "path", "orders")]
    [InlineData("http_status", "path", "/{*a}/b")]
    [InlineData("http_status", "method", "G T")]
    [InlineData("http_status", "header", ": a")]
    [InlineData("http_status", "baggage", "=a")]
    public async Task What_cannot_be_is_said(string type, string attribute, string value)
    {
        await using var route = await Route.OpenAsync();
        var problem = await Assert.ThrowsAsync<ProxyException>(
            () => route.AddAsync(type, more: toxic => toxic with { Attributes = new JsonObject { [attribute] = value } }));
        Assert.Contains(attribute, problem.Message, StringComparison.Ordinal);
    }

    private static string Before(string fields) => fields[..fields.LastIndexOf("ETag", StringComparison.Ordinal)];

    private static string Last(string fields) => fields[fields.LastIndexOf("ETag", StringComparison.Ordinal)..];
}
