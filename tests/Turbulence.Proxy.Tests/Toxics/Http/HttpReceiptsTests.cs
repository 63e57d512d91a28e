using System.Text;

namespace Turbulence.Proxy.Tests.Toxics.Http;

public sealed class HttpReceiptsTests
{
    private const int Connections = 6;
    private const int Requests = 20;

    [Fact]
    public async Task The_same_seed_writes_the_same_receipts_however_connections_take_turns()
    {
        var one = await ReceiptsAsync(seed: 7, order: 1, other: false);
        var again = await ReceiptsAsync(seed: 7, order: 2, other: true);
        var different = await ReceiptsAsync(seed: 8, order: 1, other: false);
        Assert.InRange(one.Length, 20, 100);
        Assert.Equal(one, again);
        Assert.NotEqual(one, different);
        Assert.Matches("""^\{"proxy":"route","toxic":"some","connection":\d,"request":\d+,"traceparent":"00-0af7651916cd43dd8448eb211c80319c-\d{16}-01"\}$""", one[0]);
    }

    [Fact]
    public async Task Receipts_and_counters_say_the_same()
    {
        using var lines = new StringWriter();
        await using (var talk = await HttpTalk.OpenAsync("http_status", new { path = "/hit" }, server: options => options with { Decisions = lines }))
        {
            await talk.ExchangeAsync(HttpTalk.Get("/a"), HttpTalk.Ok);
            await talk.Client.SendAsync(HttpTalk.Get("/hit", "TraceParent: 00-1-2-01\r\n") + HttpTalk.Get("/hit"));
            await talk.GetAsync("HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n");
            await Until.TrueAsync(() => talk.Counters.Requests == 2);
            Assert.Equal((2, 1), (talk.Counters.Requests, talk.Counters.Connections));
        }

        Assert.Equal(
            """
            {"proxy":"route","toxic":"http_status_downstream","connection":1,"request":2,"traceparent":"00-1-2-01"}
            {"proxy":"route","toxic":"http_status_downstream","connection":1,"request":3}

            """.ReplaceLineEndings("\n"),
            lines.ToString());
    }

    private static async Task<string[]> ReceiptsAsync(long seed, int order, bool other)
    {
        using var lines = new StringWriter();
        await using (var route = await Route.OpenAsync(server => server with { Seed = seed, Decisions = lines }))
        {
            if (other)
            {
                // It takes the odd ones of each connection away before the other toxic hears of them, which is only for the even ones.
                await route.AddAsync("http_status", new { status = 500, header = "X-Odd" }, toxic => toxic with { Toxicity = 0.7, Name = "other" });
            }

            await route.AddAsync("http_status", new { header = "X-Even" }, toxic => toxic with { Toxicity = 0.6, Name = "some" });
            List<HttpTalk> talks = [];
            for (var i = 0; i < Connections; i++)
            {
                var (client, server) = await route.ConnectAsync();
                talks.Add(new HttpTalk(route, client, server));
            }

            var random = new Random(order);
            var left = Enumerable.Repeat(Requests, Connections).ToArray();
            while (left.Sum() > 0)
            {
                var turn = random.Next(Connections);
                if (left[turn]-- > 0)
                {
                    await AskAsync(talks[turn], Requests - left[turn] - 1);
                }
                else
                {
                    left[turn] = 0;
                }
            }

            talks.ForEach(talk => talk.Client.Dispose());
            talks.ForEach(talk => talk.Server.Dispose());
        }

        return [.. lines.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => line.Contains("some", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
    }

    private static async Task AskAsync(HttpTalk talk, int number)
    {
        await talk.Client.SendAsync(HttpTalk.Get("/", $"traceparent: 00-0af7651916cd43dd8448eb211c80319c-{number:D16}-01\r\n{(number % 2 == 0 ? "X-Even" : "X-Odd")}: 1\r\n"));
        await Until.TrueAsync(() => talk.Client.Socket.Available > 0 || talk.Server.Socket.Available > 0);
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
