using System.Net.Sockets;
using Turbulence.Proxy.Toxics;

namespace Turbulence.Proxy.Tests.Connections;

/// <summary>How an end and a reset arrive at the other side, both ways, with no toxic and with each.</summary>
public sealed class ClosingTests
{
    // Those that pass on what they get.
    private static readonly (string Type, object? Attributes)[] Passing =
    [
        ("none", null),
        ("noop", null),
        ("latency", new { latency = 2, jitter = 1 }),
        ("bandwidth", new { rate = 100 }),
        ("slow_close", new { delay = 2 }),
        ("slicer", new { average_size = 3, size_variation = 1, delay = 10 }),
        ("limit_data", new { bytes = 1000 }),
        ("corrupt", new { every = 1_000_000 }),
        ("stall", new { pause = 1, every = 2 }),
        ("refuse", null),
    ];

    public static TheoryData<string, bool, bool, ToxicStream> EveryWay =>
        [.. from toxic in Passing
            from byClient in new[] { true, false }
            from reset in new[] { true, false }
            from stream in new[] { ToxicStream.Upstream, ToxicStream.Downstream }
            select (toxic.Type, byClient, reset, stream)];

    public static TheoryData<string> EveryKind => [.. ToxicKinds.All.Where(kind => kind.IsForStreams).Select(kind => kind.Name)];

    [Theory]
    [MemberData(nameof(EveryWay))]
    public async Task What_one_side_does_the_other_sees(string type, bool byClient, bool reset, ToxicStream stream)
    {
        await using var route = await Route.OpenAsync(server => server with { Time = TimeProvider.System });
        var (client, server) = await route.ConnectAsync();
        using (client)
        using (server)
        {
            await client.SendAsync("a");
            await server.ReadAsync(1);
            if (type != "none")
            {
                await route.AddAsync(type, Passing.Single(toxic => toxic.Type == type).Attributes, toxic => toxic with { Stream = stream });
            }

            var (actor, other) = byClient ? (client, server) : (server, client);
            await actor.SendAsync("last words");
            if (reset)
            {
                // They have arrived by then: a reset may overtake what the other side has not taken yet, without a proxy as well.
                Assert.Equal("last words", await other.ReadTextAsync(10));
                actor.Reset();
                Assert.Equal("ConnectionReset", await other.ReadFateAsync());
            }
            else
            {
                actor.End();
                Assert.Equal("last words", await other.ReadTextAsync(1000));
                await other.SendAsync("an answer");
                Assert.Equal("an answer", await actor.ReadTextAsync(9));
                other.End();
                Assert.Equal("end", await actor.ReadFateAsync());
            }

            await Eventually.HoldsAsync(() => route.Proxy.Counters.Active == 0);
        }
    }

    [Theory]
    [InlineData("half_open", true, true)]
    [InlineData("half_open", true, false)]
    [InlineData("half_open", false, true)]
    [InlineData("half_open", false, false)]
    [InlineData("blackhole", true, true)]
    [InlineData("blackhole", true, false)]
    [InlineData("blackhole", false, true)]
    [InlineData("blackhole", false, false)]
    [InlineData("timeout", true, false)]
    [InlineData("timeout", false, false)]
    public async Task Some_never_tell_as_long_as_they_are_there(string type, bool byClient, bool reset)
    {
        await using var route = await Route.OpenAsync();
        var (client, server) = await route.ConnectAsync();
        using (client)
        using (server)
        {
            await client.SendAsync("a");
            await server.ReadAsync(1);
            await route.AddAsync(type, null, toxic => toxic with { Stream = byClient ? ToxicStream.Upstream : ToxicStream.Downstream });
            var (actor, other) = byClient ? (client, server) : (server, client);
            if (reset)
            {
                actor.Reset();
            }
            else
            {
                actor.End();
            }

            await route.SettleAsync();
            Assert.Equal(1, route.Proxy.Counters.Active);
            Assert.False(other.Socket.Poll(0, SelectMode.SelectRead));
            await route.Proxy.RemoveToxicAsync(route.Proxy.Toxics[0].Name);
            Assert.Equal(type == "half_open" && reset ? "ConnectionReset" : "end", await other.ReadFateAsync());
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_a_half_open_side_sends_goes_nowhere_and_hurts_nobody(bool byClient)
    {
        await using var route = await Route.OpenAsync();
        await route.AddAsync("half_open", null, toxic => toxic with { Stream = byClient ? ToxicStream.Upstream : ToxicStream.Downstream });
        var (client, server) = await route.ConnectAsync();
        using (client)
        using (server)
        {
            var (actor, other) = byClient ? (client, server) : (server, client);
            await actor.SendAsync("a");
            await other.ReadAsync(1);
            actor.Reset();
            await route.SettleAsync();
            await other.SendAsync(new byte[1_000_000]);
            Assert.Equal(1, route.Proxy.Counters.Active);
            other.Reset();
            await Eventually.HoldsAsync(() => route.Proxy.Counters.Active == 0);
        }
    }

    [Theory]
    [MemberData(nameof(EveryKind))]
    public async Task With_every_kind_a_connection_that_both_sides_break_off_is_gone(string type)
    {
        await using var route = await Route.OpenAsync();
        var (client, server) = await route.ConnectAsync();
        await route.AddAsync(type);
        client.Reset();
        server.Reset();
        await Eventually.HoldsAsync(() => route.Proxy.Counters.Active == 0);
        await route.SettleAsync();
        Assert.Equal((0, 1, 0), (route.Server.Loops[0].Pool.Lent, route.Server.Loops[0].SocketCount, route.Server.Loops[0].TimerCount));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task One_who_closes_without_reading_breaks_off(bool byClient)
    {
        await using var route = await Route.OpenAsync();
        var (client, server) = await route.ConnectAsync();
        using (client)
        using (server)
        {
            var (actor, other) = byClient ? (client, server) : (server, client);
            await other.SendAsync("unread");
            await Eventually.HoldsAsync(() => actor.Socket.Available == 6);
            actor.Dispose();
            Assert.Equal("ConnectionReset", await other.ReadFateAsync());
        }
    }

    [Fact]
    public async Task Disabling_closes_connections_and_refuses_new_ones_until_it_is_enabled()
    {
        await using var route = await Route.OpenAsync();
        var (client, server) = await route.ConnectAsync();
        using (client)
        using (server)
        {
            var listen = route.Proxy.Listen;
            await route.Proxy.DisableAsync();
            Assert.Equal("end", await client.ReadFateAsync());
            Assert.Equal("end", await server.ReadFateAsync());
            Assert.Equal("ConnectionRefused", await Peer.FateOfConnectingAsync(listen));
            await route.Proxy.EnableAsync();
            Assert.Equal(listen, route.Proxy.Listen);
            var (again, asked) = await route.ConnectAsync();
            again.Dispose();
            asked.Dispose();
        }
    }
}
