using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace Turbulence.Proxy.Tests.Toxics.Http;

/// <summary>
/// What a request that a toxic of HTTP looks at makes the proxy allocate; in bytes, so that it is the same on every machine.
/// </summary>
public sealed class HttpCostTests
{
    private const int Rounds = 2000;

    [Fact]
    public async Task A_request_that_is_not_hit_makes_it_allocate_nothing()
    {
        await using var talk = await HttpTalk.OpenAsync(
            "http_status", new { path = "/never/{id}", baggage = "a=b" }, server: options => options with { Time = TimeProvider.System });
        var request = Encoding.ASCII.GetBytes(HttpTalk.Get("/a", "baggage: a=b\r\n"));
        var answer = Encoding.ASCII.GetBytes(HttpTalk.Ok);
        Assert.InRange(await CostAsync(talk, async () =>
        {
            await talk.Client.SendAsync(request);
            await talk.Server.ReadAsync(request.Length);
            await talk.Server.SendAsync(answer);
            await talk.Client.ReadAsync(answer.Length);
        }), 0, Allowed("an-http-request"));
        Assert.Equal(0, talk.Counters.Foreign);
    }

    [Fact]
    public async Task A_request_that_is_hit_makes_it_allocate_nothing_for_its_receipt()
    {
        using var stream = new HeldStream();
        await using var talk = await HttpTalk.OpenAsync(
            "http_status", server: options => options with { Time = TimeProvider.System, Decisions = stream });
        var request = Encoding.ASCII.GetBytes(
            HttpTalk.Get("/a", "traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01\r\n"));
        var answer = "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n"u8.Length;

        // Each of the two pages of the receipts grows to hold all of them, so that it does not matter how soon they are written.
        stream.Hold();
        for (var page = 0; page < 2; page++)
        {
            await RoundAsync();
            await stream.EnteredAsync();
            for (var i = 0; i < Rounds; i++)
            {
                await RoundAsync();
            }

            stream.Release();
        }

        await stream.EnteredAsync();
        stream.ReleaseForGood();
        Assert.InRange(await CostAsync(talk, RoundAsync), 0, Allowed("an-http-request-hit"));

        async Task RoundAsync()
        {
            await talk.Client.SendAsync(request);
            await talk.Client.ReadAsync(answer);
        }
    }

    private static async Task<long> CostAsync(HttpTalk talk, Func<Task> round)
    {
        long before = 0;
        for (var i = 0; i < Rounds + (Rounds / 10); i++)
        {
            if (i == Rounds / 10)
            {
                before = await AllocatedAsync(talk.Route);
            }

            await round();
        }

        return (await AllocatedAsync(talk.Route) - before) / Rounds;
    }

    private static async Task<long> AllocatedAsync(Route route)
    {
        long allocated = 0;
        await route.Server.Loops[0].RunAsync(() => allocated = GC.GetAllocatedBytesForCurrentThread());
        return allocated;
    }

    private static long Allowed(string name, [CallerFilePath] string here = "") =>
        long.Parse(
            File.ReadLines(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "..", "benchmarks", "allocations.txt"))
                .Single(line => line.StartsWith(name + ' ', StringComparison.Ordinal))[(name.Length + 1)..],
            CultureInfo.InvariantCulture);
}
