using Turbulence.Proxy.Toxics;

namespace Turbulence.Proxy.Tests.Toxics;

/// <summary>What the toxics do, beside how they end connections; each on a clock that stands still.</summary>
public sealed class TcpToxicTests
{
    [Fact]
    public async Task Bandwidth_lets_so_many_bytes_pass_in_a_time()
    {
        await using var route = await Route.OpenAsync();
        await route.AddAsync("bandwidth", new { rate = 10 });
        var (client, server) = await route.ConnectAsync();
        using (client)
        using (server)
        {
            await server.SendAsync(new byte[2000]);
            await Eventually.HoldsAsync(() => route.Proxy.Toxics[0].Counters.Bytes == 2000);
            await route.AdvanceAsync(9);
            Assert.Equal(0, client.Socket.Available);
            await route.AdvanceAsync(1);
            await client.HasAsync(100);
            await route.AdvanceAsync(90);
            await client.HasAsync(1000);
            await route.Proxy.UpdateToxicAsync("bandwidth_downstream", new ToxicChange { Attributes = Route.Json(new { rate = 0 }) });
            await route.AdvanceAsync(1);
            await client.HasAsync(2000);
        }
    }

    [Theory]
    [InlineData(1_000_000, 2000, 0)]
    [InlineData(10, 9, 0)]
    [InlineData(10, 10, 10)]
    [InlineData(0, 2000, 0)]
    public async Task Bytes_that_bandwidth_holds_up_for_less_than_a_millisecond_are_not_counted(int rate, int bytes, int counted)
    {
        await using var route = await Route.OpenAsync();
        await route.AddAsync("bandwidth", new { rate });
        var (client, server) = await route.ConnectAsync();
        using (client)
        using (server)
        {
            await server.SendAsync(new byte[bytes]);
            await Eventually.HoldsAsync(() => route.Proxy.Counters.DownstreamBytes == bytes);
            await route.AdvanceAsync(1);
            await client.HasAsync(bytes);
            Assert.Equal(counted, route.Proxy.Toxics[0].Counters.Bytes);
        }
    }

    [Fact]
    public async Task Slow_close_lets_the_end_arrive_later_and_bytes_at_once()
    {
        await using var route = await Route.OpenAsync();
        await route.AddAsync("slow_close", new { delay = 100 });
        var (client, server) = await route.ConnectAsync();
        using (client)
        using (server)
        {
            await server.SendAsync("bytes");
            server.End();
            Assert.Equal("bytes", await client.ReadTextAsync(5));
            await Eventually.HoldsAsync(() => route.Proxy.Toxics[0].Counters.Ends == 1);
            await route.AdvanceAsync(99);
            Assert.False(client.Socket.Poll(0, System.Net.Sockets.SelectMode.SelectRead));
            await route.AdvanceAsync(1);
            Assert.Equal("end", await client.ReadFateAsync());
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Reset_peer_breaks_a_connection_off_that_was_there_before(bool idle)
    {
        await using var route = await Route.OpenAsync();
        var (client, server) = await route.ConnectAsync();
        using (client)
        using (server)
        {
            await client.SendAsync("a");
            await server.ReadAsync(1);
            await route.AddAsync("reset_peer", new { timeout = 50, idle });
            if (!idle)
            {
                await route.AdvanceAsync(100);
                Assert.Equal(1, route.Proxy.Counters.Active);
                await server.SendAsync("dropped");
                await Eventually.HoldsAsync(() => route.Proxy.Toxics[0].Counters.Bytes == 7);
            }

            await route.AdvanceAsync(49);
            Assert.Equal(1, route.Proxy.Counters.Active);
            await route.AdvanceAsync(1);
            Assert.Equal("ConnectionReset", await client.ReadFateAsync());
            Assert.Equal("ConnectionReset", await server.ReadFateAsync());
        }
    }

    [Fact]
    public async Task A_toxic_that_hits_no_connection_resets_none()
    {
        await using var route = await Route.OpenAsync();
        await route.AddAsync("reset_peer", new { timeout = 0 }, toxic => toxic with { Toxicity = 0 });
        var (client, server) = await route.ConnectAsync();
        using (client)
        using (server)
        {
            await server.SendAsync("whole");
            server.End();
            Assert.Equal("whole", await client.ReadTextAsync(10));
            client.End();
            Assert.Equal("end", await server.ReadFateAsync());
        }
    }

    [Fact]
    public async Task The_slicer_sends_pieces_with_a_pause_between_them()
    {
        await using var route = await Route.OpenAsync();
        await route.AddAsync("slicer", new { average_size = 10, size_variation = 3, delay = 1000 });
        var (client, server) = await route.ConnectAsync();
        using (client)
        using (server)
        {
            await server.SendAsync(new byte[100]);
            var pieces = 0;
            for (var before = 0; before < 100; pieces++)
            {
                await Eventually.HoldsAsync(() => client.Socket.Available > before);
                var now = client.Socket.Available;
                Assert.InRange(now - before, now == 100 ? 1 : 7, 13);
                before = now;
                await route.AdvanceAsync(1);
            }

            Assert.InRange(pieces, 8, 15);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(150_000)]
    public async Task Limit_data_lets_so_many_bytes_pass_and_then_closes_in_order(int limit)
    {
        await using var route = await Route.OpenAsync();
        await route.AddAsync("limit_data", new { bytes = limit });
        for (var connection = 0; connection < 2; connection++)
        {
            var (client, server) = await route.ConnectAsync();
            using (client)
            using (server)
            {
                await client.SendAsync("a question that nobody reads");
                var sent = new byte[limit + 10];
                new Random(1).NextBytes(sent);
                await server.SendAsync(sent);
                Assert.Equal(sent[..limit], await client.ReadAsync(limit + 10));
            }
        }

        await Eventually.HoldsAsync(() => route.Proxy.Counters.Active == 0);
    }

    [Fact]
    public async Task Corrupt_turns_one_bit_of_each_nth_byte_over_and_the_seed_says_which()
    {
        var one = await CorruptedAsync(1, 100);
        Assert.Equal(one, await CorruptedAsync(1, 37));
        Assert.NotEqual(one, await CorruptedAsync(2, 100));
        for (var i = 0; i < one.Length; i++)
        {
            Assert.Equal(i % 10 == 9 ? 1 : 0, System.Numerics.BitOperations.PopCount(one[i]));
        }
    }

    [Fact]
    public async Task A_blackhole_accepts_and_the_upstream_hears_nothing()
    {
        await using var route = await Route.OpenAsync();
        await route.AddAsync("blackhole");
        using var client = await Peer.ConnectAsync(route.Proxy.Listen);
        await client.SendAsync("hello?");
        await Eventually.HoldsAsync(() => route.Proxy.Toxics[0].Counters is { Bytes: 6, Connections: 1 });
        await route.AdvanceAsync(1_000_000);
        Assert.False(client.Socket.Poll(0, System.Net.Sockets.SelectMode.SelectRead));
        await route.Proxy.RemoveToxicAsync("blackhole_downstream");
        Assert.Equal("end", await client.ReadFateAsync());
        var (later, server) = await route.ConnectAsync();
        using (later)
        using (server)
        {
            await later.SendAsync("the first that it hears");
            Assert.Equal("the first that it hears", await server.ReadTextAsync(23));
        }
    }

    [Fact]
    public async Task A_client_that_gives_a_blackhole_up_with_a_reset_is_let_go()
    {
        await using var route = await Route.OpenAsync();
        await route.AddAsync("blackhole");
        using var client = await Peer.ConnectAsync(route.Proxy.Listen);
        await Eventually.HoldsAsync(() => route.Proxy.Counters.Active == 1);
        client.Reset();
        await Eventually.HoldsAsync(() => route.Proxy.Counters.Active == 0);
    }

    [Fact]
    public async Task Refuse_refuses_new_connections_and_lets_the_others_be()
    {
        await using var route = await Route.OpenAsync();
        var (client, server) = await route.ConnectAsync();
        using (client)
        using (server)
        {
            await route.AddAsync("refuse");
            Assert.Equal("ConnectionReset", await Peer.FateOfConnectingAsync(route.Proxy.Listen));
            await client.SendAsync("still here");
            Assert.Equal("still here", await server.ReadTextAsync(10));
            var counters = route.Proxy.Counters;
            Assert.Equal(
                (2, 1, 1, 0),
                (counters.Connections, counters.Active, counters.Refused, counters.FailedDials));
        }
    }

    [Fact]
    public async Task A_stall_holds_everything_for_a_while_and_again()
    {
        await using var route = await Route.OpenAsync();
        var (client, server) = await route.ConnectAsync();
        using (client)
        using (server)
        {
            await route.AddAsync("stall", new { pause = 100, every = 1000 });
            for (var window = 0; window < 3; window++)
            {
                await server.SendAsync("held");
                await Eventually.HoldsAsync(() => route.Proxy.Toxics[0].Counters.Bytes == 4 * (window + 1));
                await route.AdvanceAsync(99);
                Assert.Equal(0, client.Socket.Available);
                await route.AdvanceAsync(1);
                Assert.Equal("held", await client.ReadTextAsync(4));
                await server.SendAsync("free");
                Assert.Equal("free", await client.ReadTextAsync(4));
                await route.AdvanceAsync(900);
            }
        }
    }

    [Theory]
    [InlineData("latency", """{"latncy":1}""", "latency has no attribute latncy; it has latency, jitter")]
    [InlineData("latency", """{"latency":-1}""", "latency: latency must be a number from 0 ms, not -1")]
    [InlineData("latency", """{"latency":"1"}""", "latency: latency must be a number from 0 ms, not \"1\"")]
    [InlineData("bandwidth", """{"rate":1.5}""", "bandwidth: rate must be a whole number from 0 KB/s, not 1.5")]
    [InlineData("slicer", """{"average_size":5,"size_variation":5}""", "slicer: size_variation must be less than average_size")]
    [InlineData("stall", """{"pause":2000}""", "stall: pause must not be more than every")]
    [InlineData("corrupt", """{"share":2}""", "corrupt: share must be a number from 0 to 1, not 2")]
    [InlineData("timeout", """{"postponed":1}""", "timeout: postponed must be true or false, not 1")]
    [InlineData("latencies", "{}", "invalid toxic type")]
    public async Task What_a_toxic_cannot_be_is_said(string type, string attributes, string problem)
    {
        await using var route = await Route.OpenAsync();
        var failure = await Assert.ThrowsAsync<ProxyException>(() =>
            route.Proxy.AddToxicAsync(
                new ToxicOptions(type) { Attributes = System.Text.Json.Nodes.JsonNode.Parse(attributes)!.AsObject() }));
        Assert.Equal(problem, failure.Message);
        Assert.Empty(route.Proxy.Toxics);
    }

    private static async Task<byte[]> CorruptedAsync(long seed, int piece)
    {
        await using var route = await Route.OpenAsync(server => server with { Seed = seed });
        await route.AddAsync("corrupt", new { every = 10 }, toxic => toxic with { Stream = ToxicStream.Upstream });
        var (client, server) = await route.ConnectAsync();
        using (client)
        using (server)
        {
            for (var sent = 0; sent < 1000; sent += piece)
            {
                var size = Math.Min(piece, 1000 - sent);
                await client.SendAsync(new byte[size]);
                await route.SettleAsync();
            }

            return await server.ReadAsync(1000);
        }
    }
}
