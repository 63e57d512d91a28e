using System.Text;
using Turbulence.Proxy.Tests.Decisions;

namespace Turbulence.Proxy.Tests.Toxics.Http;

public sealed class HttpReceiptsTests
{
    private const int Connections = 6;
    private const int Requests = 120;
    private const string Trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    [Fact]
    public async Task The_same_seed_writes_the_same_receipts_however_requests_are_spread_over_connections()
    {
        var alone = await ReceiptsAsync(seed: 7, connections: 1, order: 1, other: false);
        var spread = await ReceiptsAsync(seed: 7, Connections, order: 2, other: false);
        var withOther = await ReceiptsAsync(seed: 7, Connections, order: 3, other: true);
        var different = await ReceiptsAsync(seed: 8, Connections, order: 2, other: false);
        Assert.InRange(alone.Length, 20, 100);
        Assert.Equal(alone, spread);
        Assert.Equal(alone, withOther);
        Assert.NotEqual(alone, different);
        Assert.All(
            alone,
            line => Assert.Matches("""^\{"proxy":"route","toxic":"some","method":"(GET|PUT)","path":"/[abc]","occurrence":\d+\}$""", line));
    }

    [Fact]
    public async Task A_receipt_tells_what_was_hit_and_no_query()
    {
        using var log = new MemoryStream();
        await using (var talk = await HttpTalk.OpenAsync(
            "http_status", new { path = "/hit" }, server: options => options with { Decisions = log }))
        {
            await talk.ExchangeAsync(HttpTalk.Get("/a"), HttpTalk.Ok);
            await talk.Client.SendAsync(
                HttpTalk.Get("/hit?password=swordfish", $"TraceParent: {Trace}\r\n") + HttpTalk.Get("http://me:swordfish@a/hit"));
            await talk.GetAsync("HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n");
            await Eventually.HoldsAsync(() => talk.Counters.Requests == 2);
            Assert.Equal((2, 1), (talk.Counters.Requests, talk.Counters.Connections));
        }

        var lines = Log.Lines(log);
        Assert.Equal("""{"seed":0,"seen":{"at":"2000-01-01T00:00:00.0000000Z"}}""", lines[0]);
        Assert.Equal(
            """{"proxy":"route","toxic":"http_status_downstream","method":"GET","path":"/hit","occurrence":1,"seen":{"at":"2000-01-01T00:00:00.0000000Z","connection":1,"request":2,"traceparent":"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"}}""",
            lines[1]);
        Assert.Equal(
            """{"proxy":"route","toxic":"http_status_downstream","method":"GET","path":"/hit","occurrence":2,"seen":{"at":"2000-01-01T00:00:00.0000000Z","connection":1,"request":3}}""",
            lines[2]);
        Assert.Equal(3, lines.Length);
    }

    [Fact]
    public async Task What_a_mask_takes_out_of_a_request_is_in_no_receipt_neither_shortened_nor_escaped()
    {
        using var log = new MemoryStream();
        ProxyServerOptions Masked(ProxyServerOptions options) => options with
        {
            Decisions = log,
            MaskDecisions = text => text
            .Replace("se\u00e9cret", "*****", StringComparison.Ordinal)
            .Replace("half?of-it", "*****", StringComparison.Ordinal)
        };
        await using (var talk = await HttpTalk.OpenAsync("http_delay", server: Masked))
        {
            await talk.ExchangeAsync(
                HttpTalk.Get($"/se\u00e9cret/{new string('x', 1012)}se\u00e9cret", "traceparent: a-se\u00e9cret\r\n"), HttpTalk.Ok);
            await talk.ExchangeAsync(HttpTalk.Get("/half?of-it"), HttpTalk.Ok);
            await talk.ExchangeAsync(HttpTalk.Get("/caf\u00e9"), HttpTalk.Ok);
        }

        var lines = Log.Lines(log);
        Assert.Contains($"\"path\":\"/*****/{new string('x', 1012)}*****\"", lines[1], StringComparison.Ordinal);
        Assert.Contains("\"traceparent\":\"a-*****\"", lines[1], StringComparison.Ordinal);
        Assert.Contains("\"path\":\"/*****\"", lines[2], StringComparison.Ordinal);
        Assert.Contains("\"path\":\"/caf%C3%A9\"", lines[3], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mask_holds_for_the_names_of_proxies_and_toxics_and_changes_no_decision()
    {
        Assert.Equal(
            (await ReceiptsAsync(seed: 7, connections: 1, order: 1, other: false)).Select(
                line => line.Replace("some", "*****", StringComparison.Ordinal).Replace("route", "*****", StringComparison.Ordinal)),
            await ReceiptsAsync(seed: 7, connections: 1, order: 1, other: false, text => text is "some" or "route" ? "*****" : text));
    }

    [Fact]
    public async Task Whatever_a_request_says_its_receipt_is_one_line_of_JSON()
    {
        using var log = new MemoryStream();
        await using (var talk = await HttpTalk.OpenAsync("http_delay", server: options => options with { Decisions = log }))
        {
            await talk.ExchangeAsync(
                HttpTalk.Get("/\"\\é" + new string('x', 5000), $"traceparent: \"\\é{new string('y', 500)}\r\n"), HttpTalk.Ok);
        }

        var (line, read) = (Log.Lines(log)[1], Log.Read(log));
        Assert.Equal((0, 2), (read.Unreadable, read.Lines.Count));
        Assert.StartsWith(
            """{"proxy":"route","toxic":"http_delay_downstream","method":"GET","path":"/%22%5C%C3%A9xxx""", line, StringComparison.Ordinal);
        Assert.Contains("traceparent\":\"%22%5C%C3%A9yyy", line, StringComparison.Ordinal);
        Assert.InRange(line.Length, 1300, 1700);
    }

    private static async Task<string[]> ReceiptsAsync(long seed, int connections, int order, bool other, Func<string, string>? mask = null)
    {
        using var log = new MemoryStream();
        await using (var route = await Route.OpenAsync(server => server with { Seed = seed, Decisions = log, MaskDecisions = mask }))
        {
            if (other)
            {
                // What it answers, the other toxic never hears of.
                await route.AddAsync(
                    "http_status", new { status = 500, header = "X-Odd" }, toxic => toxic with { Toxicity = 0.7, Name = "other" });
            }

            await route.AddAsync("http_status", new { header = "X-Even" }, toxic => toxic with { Toxicity = 0.6, Name = "some" });
            List<HttpTalk> talks = [];
            for (var i = 0; i < connections; i++)
            {
                var (client, server) = await route.ConnectAsync();
                talks.Add(new HttpTalk(route, client, server));
            }

            var random = new Random(order);
            var numbers = Enumerable.Range(0, Requests).ToArray();
            random.Shuffle(numbers);
            foreach (var number in numbers)
            {
                await AskAsync(talks[random.Next(connections)], number);
            }

            talks.ForEach(talk => talk.Client.Dispose());
            talks.ForEach(talk => talk.Server.Dispose());
        }

        return [.. Log.Read(log).Lines.Where(line => line.Contains(mask?.Invoke("some") ?? "some", StringComparison.Ordinal))];
    }

    private static async Task AskAsync(HttpTalk talk, int number)
    {
        // The same paths for both toxics: what the one takes away still counts for the other.
        var isEven = number % 4 != 0;
        var target = $"/{"abc"[number % 3]}?{number}";
        await talk.Client.SendAsync(
            $"{(number % 2 == 0 ? "GET" : "PUT")} {target} HTTP/1.1\r\nHost: a\r\n{(isEven ? "X-Even" : "X-Odd")}: 1\r\n\r\n");
        await Eventually.HoldsAsync(() => talk.Client.Socket.Available > 0 || talk.Server.Socket.Available > 0);
        if (talk.Server.Socket.Available > 0)
        {
            await talk.Server.ReadAsync(talk.Server.Socket.Available);
            await talk.Server.SendAsync(HttpTalk.Ok);
        }

        var head = new StringBuilder();
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            head.Append(await talk.Client.ReadTextAsync(1));
        }

        if (head.ToString().Contains(" 200 ", StringComparison.Ordinal))
        {
            await talk.GetAsync("ok");
        }
    }
}
