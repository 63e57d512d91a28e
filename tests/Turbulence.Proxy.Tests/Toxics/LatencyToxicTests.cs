using Turbulence.Proxy.Toxics;

namespace Turbulence.Proxy.Tests.Toxics;

public sealed class LatencyToxicTests
{
    [Theory]
    [InlineData(ToxicStream.Downstream)]
    [InlineData(ToxicStream.Upstream)]
    public async Task Bytes_and_the_end_leave_so_much_later_each_by_itself(ToxicStream stream)
    {
        await using var route = await Route.OpenAsync();
        await route.AddAsync("latency", new { latency = 100 }, toxic => toxic with { Stream = stream });
        var (client, server) = await route.ConnectAsync();
        using (client)
        using (server)
        {
            var (from, to) = stream == ToxicStream.Upstream ? (client, server) : (server, client);
            await from.SendAsync("first");
            await Eventually.HoldsAsync(() => Held(route) == 5);
            await route.AdvanceAsync(60);
            await from.SendAsync("second");
            await Eventually.HoldsAsync(() => Held(route) == 11);
            await route.AdvanceAsync(39);
            Assert.Equal(0, to.Socket.Available);
            await route.AdvanceAsync(1);
            Assert.Equal("first", await to.ReadTextAsync(5));
            Assert.Equal(0, to.Socket.Available);
            from.End();
            await Eventually.HoldsAsync(() => route.Proxy.Toxics[0].Counters.Ends == 1);
            await route.AdvanceAsync(60);
            Assert.Equal("second", await to.ReadTextAsync(6));
            Assert.False(to.Socket.Poll(0, System.Net.Sockets.SelectMode.SelectRead));
            await route.AdvanceAsync(100);
            Assert.Equal("end", await to.ReadFateAsync());
        }
    }

    [Fact]
    public async Task What_it_holds_leaves_in_order_when_it_goes()
    {
        await using var route = await Route.OpenAsync();
        await route.AddAsync("latency", new { latency = 100_000 });
        var (client, server) = await route.ConnectAsync();
        using (client)
        using (server)
        {
            await server.SendAsync("held, ");
            await Eventually.HoldsAsync(() => Held(route) == 6);
            await route.Proxy.RemoveToxicAsync("latency_downstream");
            await server.SendAsync("not held");
            Assert.Equal("held, not held", await client.ReadTextAsync(14));
        }
    }

    [Fact]
    public async Task A_shorter_latency_holds_for_what_is_on_its_way()
    {
        await using var route = await Route.OpenAsync();
        await route.AddAsync("latency", new { latency = 100_000 });
        var (client, server) = await route.ConnectAsync();
        using (client)
        using (server)
        {
            await server.SendAsync("soon");
            await Eventually.HoldsAsync(() => Held(route) == 4);
            await route.Proxy.UpdateToxicAsync("latency_downstream", new ToxicChange { Attributes = Route.Json(new { latency = 10 }) });
            await route.AdvanceAsync(10);
            Assert.Equal("soon", await client.ReadTextAsync(4));
        }
    }

    [Fact]
    public async Task It_goes_by_itself_when_its_time_is_over()
    {
        await using var route = await Route.OpenAsync();
        await route.AddAsync("latency", new { latency = 100_000 }, toxic => toxic with { Ttl = TimeSpan.FromSeconds(1) });
        var (client, server) = await route.ConnectAsync();
        using (client)
        using (server)
        {
            await server.SendAsync("held");
            await Eventually.HoldsAsync(() => Held(route) == 4);
            await route.AdvanceAsync(999);
            Assert.Single(route.Proxy.Toxics);
            await route.AdvanceAsync(1);
            Assert.Empty(route.Proxy.Toxics);
            Assert.Equal("held", await client.ReadTextAsync(4));
        }
    }

    [Fact]
    public async Task Where_all_together_keep_too_much_one_that_keeps_some_is_not_read_from()
    {
        const int Sent = 20_000_000;
        await using var route = await Route.OpenAsync(server => server with { MostHeldBytes = 0 });
        await route.AddAsync("latency", new { latency = 10 });
        var (client, server) = await route.ConnectAsync();
        using (client)
        using (server)
        {
            var bytes = new byte[Sent];
            new Random(1).NextBytes(bytes);
            var sending = server.SendAsync(bytes);
            await Eventually.HoldsAsync(() => Held(route) > 0);
            await route.SettleAsync();
            Assert.InRange(route.Server.Loops[0].Pool.LentBytes, 1, 1 << 20);
            var reading = client.ReadAsync(Sent);
            while (!reading.IsCompleted)
            {
                await route.AdvanceAsync(10);
            }

            await sending;
            Assert.True((await reading).AsSpan().SequenceEqual(bytes));
        }
    }

    private static long Held(Route route) => route.Proxy.Toxics[0].Counters.Bytes;
}
