using Turbulence.Proxy.Decisions;
using Turbulence.Proxy.Tests.Datagrams;

namespace Turbulence.Proxy.Tests.Decisions;

public sealed class DecisionTests
{
    [Fact]
    public async Task The_same_seed_writes_the_same_receipts_whoever_comes_first()
    {
        var one = await ReceiptsAsync(seed: 7, other: false, stayOpen: false);
        var again = await ReceiptsAsync(seed: 7, other: true, stayOpen: true);
        var different = await ReceiptsAsync(seed: 8, other: false, stayOpen: false);
        Assert.InRange(one.Length, 10, 40);
        Assert.Equal(one, again);
        Assert.NotEqual(one, different);
        Assert.Matches("""^\{"proxy":"route","toxic":"half","connection":\d+\}$""", one[0]);
    }

    [Fact]
    public async Task A_label_stands_for_a_name_that_differs_from_run_to_run()
    {
        var one = await ReceiptsAsync(seed: 7, other: false, stayOpen: false);
        Assert.Equal(
            one, await ReceiptsAsync(seed: 7, other: false, stayOpen: false, toxic => toxic with { Name = "of-this-run", Label = "half" }));
        Assert.NotEqual(one.Length, (await ReceiptsAsync(
            seed: 7, other: false, stayOpen: false, toxic => toxic with { Name = "half", Label = "of-this-run" })).Length);
    }

    [Fact]
    public async Task A_higher_toxicity_hits_more_and_all_that_were_hit_before()
    {
        await using var route = await Route.OpenAsync();
        await route.AddAsync("noop", more: toxic => toxic with { Toxicity = 0.3 });
        List<(Peer, Peer)> pairs = [];
        for (var i = 0; i < 50; i++)
        {
            pairs.Add(await route.ConnectAsync());
        }

        await route.SettleAsync();
        var few = route.Proxy.Toxics[0].Counters.Connections;
        await route.Proxy.UpdateToxicAsync("noop_downstream", new ToxicChange { Toxicity = 0.6 });
        var more = route.Proxy.Toxics[0].Counters.Connections;
        await route.Proxy.UpdateToxicAsync("noop_downstream", new ToxicChange { Toxicity = 1 });
        Assert.InRange(few, 1, 30);
        Assert.InRange(more, few + 1, 49);
        Assert.Equal(50, route.Proxy.Toxics[0].Counters.Connections);
        pairs.ForEach(pair => pair.Item1.Dispose());
        pairs.ForEach(pair => pair.Item2.Dispose());
    }

    [Fact]
    public void Decisions_are_those_of_earlier_versions()
    {
        var seed = new DecisionSeed(42, "orders", "latency_downstream");
        Assert.Equal((17085843460576785547ul, 4056594526248143407ul, 14898611317217197954ul), (seed.Of(1), seed.Of(2), seed.Of(1, 1)));
        var hits = Enumerable.Range(1, 100_000).Count(connection => DecisionSeed.Hits(seed.Of(connection), 0.25));
        Assert.InRange(hits, 24_500, 25_500);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(100)]
    public async Task A_log_with_a_limit_says_that_it_was_cut_and_how_many_are_missing(int count)
    {
        const int Most = 1024;
        using var log = new MemoryStream();
        await using (var route = await DatagramRoute.OpenAsync(server => server with { Decisions = log, MostDecisionBytes = Most }))
        {
            await route.AddAsync("loss");
            Assert.Empty(log.ToArray());
            await route.SendAsync(route.Client(), [.. Enumerable.Range(0, count).Select(number => (byte)number)]);
        }

        var lines = Log.Lines(log);
        var kept = lines.Count(line => line.StartsWith("""{"proxy":"dns",""", StringComparison.Ordinal));
        Assert.InRange(log.Length, 1, Most);
        Assert.StartsWith("""{"seed":0,""", lines[0], StringComparison.Ordinal);
        if (count == 100)
        {
            Assert.InRange(kept, 1, 10);
            Assert.Equal(kept + 3, lines.Length);
            Assert.StartsWith($$"""{"full":{{Most}},"seen":{""", lines[^2], StringComparison.Ordinal);
            Assert.StartsWith($$"""{"lost":{{count - kept}},"seen":{""", lines[^1], StringComparison.Ordinal);
        }
        else
        {
            Assert.Equal((count, count + 1), (kept, lines.Length));
        }
    }

    [Fact]
    public async Task Where_receipts_cannot_be_written_connections_go_on()
    {
        await using var lines = new FullDisk();
        await using var route = await Route.OpenAsync(server => server with { Decisions = lines });
        await route.AddAsync("noop");
        var (client, server) = await route.ConnectAsync();
        using (client)
        using (server)
        {
            await client.SendAsync("a");
            Assert.Equal("a", await server.ReadTextAsync(1));
        }

        await Eventually.HoldsAsync(() => route.Server.Decisions is { Failure: IOException, Written: 0, Lost: 1 });
    }

    [Fact]
    public async Task Once_there_is_room_again_the_log_goes_on_and_says_what_is_missing()
    {
        await using var disk = new FullDisk();
        var complaints = 0;
        await using (var route = await Route.OpenAsync(server => server with { Decisions = disk, OnDecisionsFailed = _ => complaints++ }))
        {
            await route.AddAsync("noop");
            (await route.ConnectAsync()).Client.Dispose();
            await Eventually.HoldsAsync(() => route.Server.Decisions!.Lost == 1);
            (await route.ConnectAsync()).Client.Dispose();
            await Eventually.HoldsAsync(() => route.Server.Decisions!.Lost == 2);
            disk.MakeRoom();
            route.Time.Advance(TimeSpan.FromSeconds(2));
            (await route.ConnectAsync()).Client.Dispose();
            await Eventually.HoldsAsync(() => route.Server.Decisions is { Failure: null, Written: 1, Lost: 2 });
        }

        Assert.Equal(
            ["{\"seed\":0}", "{\"lost\":2}", "{\"proxy\":\"route\",\"toxic\":\"noop_downstream\",\"connection\":3}"], Log.Read(disk).Lines);
        Assert.Equal(1, complaints);
    }

    private static async Task<string[]> ReceiptsAsync(long seed, bool other, bool stayOpen, Func<ToxicOptions, ToxicOptions>? named = null)
    {
        using var log = new MemoryStream();
        await using (var route = await Route.OpenAsync(server => server with { Seed = seed, Decisions = log }))
        {
            if (other)
            {
                await route.AddAsync("latency", more: toxic => toxic with { Toxicity = 0.5, Name = "other" });
            }

            named ??= static toxic => toxic with { Name = "half" };
            await route.AddAsync("noop", more: toxic => named(toxic with { Toxicity = 0.5 }));
            List<Peer> open = [];
            for (var i = 0; i < 50; i++)
            {
                var (client, server) = await route.ConnectAsync();
                open.AddRange(client, server);
                if (!stayOpen)
                {
                    client.Dispose();
                    server.Dispose();
                }
            }

            open.ForEach(peer => peer.Dispose());
        }

        var read = Log.Read(log);
        Assert.Equal((0, $"{{\"seed\":{seed}}}"), (read.Unreadable, read.Lines[0]));
        return [.. read.Lines.Where(line => line.Contains("half", StringComparison.Ordinal))];
    }
}
