using System.Net.Sockets;

namespace Turbulence.Proxy.Tests.Datagrams;

/// <summary>Datagrams pass as they are, each client's answers to that client.</summary>
public sealed class DatagramPassingTests
{
    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task Each_client_gets_the_answers_to_what_it_asked(bool isSix, bool portable)
    {
        Needs.That(!isSix || Socket.OSSupportsIPv6, "the machine has no IPv6");
        await using var route = await DatagramRoute.OpenAsync(server => server with { IsPortable = portable }, isSix: isSix);
        var clients = Enumerable.Range(0, 10).Select(_ => route.Client()).ToArray();
        for (var i = 0; i < clients.Length; i++)
        {
            await clients[i].SendAsync(new byte[] { (byte)i }, TestContext.Current.CancellationToken);
        }

        for (var i = 0; i < clients.Length; i++)
        {
            var (bytes, from) = await route.HearAsync();
            await route.Upstream.SendToAsync(new byte[] { bytes[0], 100 }, SocketFlags.None, from, TestContext.Current.CancellationToken);
        }

        for (var i = 0; i < clients.Length; i++)
        {
            Assert.Equal([(byte)i, 100], await DatagramRoute.GetAsync(clients[i]));
        }

        var counters = route.Proxy.Counters;
        Assert.Equal(
            (10, 10, 10, 20),
            (counters.Connections, counters.Active, counters.UpstreamBytes, counters.DownstreamBytes));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1472)]
    [InlineData(65507)]
    public async Task Any_size_passes_both_ways(int size)
    {
        await using var route = await DatagramRoute.OpenAsync();
        var client = route.Client();
        var sent = new byte[size];
        new Random(size).NextBytes(sent);
        await client.SendAsync(sent, TestContext.Current.CancellationToken);
        var (bytes, from) = await route.HearAsync();
        Assert.Equal(sent, bytes);
        await route.Upstream.SendToAsync(sent, SocketFlags.None, from, TestContext.Current.CancellationToken);
        Assert.Equal(sent, await DatagramRoute.GetAsync(client));
    }

    [Fact]
    public async Task An_upstream_that_is_not_there_is_silence_and_is_counted_until_it_comes()
    {
        await using var route = await DatagramRoute.OpenAsync();
        var client = route.Client();
        var address = (System.Net.IPEndPoint)route.Upstream.LocalEndPoint!;
        route.Upstream.Dispose();
        await client.SendAsync(new byte[1], TestContext.Current.CancellationToken);
        await Eventually.HoldsAsync(() => route.Proxy.Counters.FailedDials > 0);
        using var late = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        late.Bind(address);
        await client.SendAsync(new byte[2], TestContext.Current.CancellationToken);
        Assert.Equal(2, await late.ReceiveAsync(new byte[10].AsMemory(), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_client_that_is_silent_is_forgotten_and_comes_back_as_another()
    {
        await using var route = await DatagramRoute.OpenAsync(proxy: proxy => proxy with { FlowTimeout = TimeSpan.FromSeconds(1) });
        var client = route.Client();
        await route.SendAsync(client, 1);
        var first = (await route.HearAsync()).From;
        await route.AdvanceAsync(900);
        await route.SendAsync(client, 2);
        Assert.Equal(first, (await route.HearAsync()).From);
        await route.AdvanceAsync(900);
        Assert.Equal(1, route.Proxy.Counters.Active);
        await route.AdvanceAsync(200);
        Assert.Equal((1, 0), (route.Proxy.Counters.Connections, route.Proxy.Counters.Active));
        await route.SendAsync(client, 3);
        Assert.Equal(3, await route.HearByteAsync());
        Assert.Equal((2, 1), (route.Proxy.Counters.Connections, route.Proxy.Counters.Active));
    }

    [Fact]
    public async Task Of_too_many_clients_the_one_that_was_silent_longest_is_forgotten()
    {
        await using var route = await DatagramRoute.OpenAsync(proxy: proxy => proxy with { MostFlows = 3 });
        var clients = Enumerable.Range(0, 5).Select(_ => route.Client()).ToArray();
        foreach (var client in clients)
        {
            await route.SendAsync(client, 1);
            await route.HearAsync();
        }

        Assert.Equal((5, 3), (route.Proxy.Counters.Connections, route.Proxy.Counters.Active));
        await route.SendAsync(clients[4], 2);
        Assert.Equal(5, route.Proxy.Counters.Connections);
        await route.SendAsync(clients[0], 3);
        Assert.Equal((6, 3), (route.Proxy.Counters.Connections, route.Proxy.Counters.Active));
    }

    [Fact]
    public async Task A_name_is_looked_up_and_what_came_before_is_sent_then()
    {
        await using var route =
            await DatagramRoute.OpenAsync(proxy: proxy => proxy with { Upstream = $"localhost:{proxy.Upstream.Split(':')[1]}" });
        var client = route.Client();
        await route.SendAsync(client, 1, 2, 3);
        for (var number = 1; number <= 3; number++)
        {
            Assert.Equal(number, await route.HearByteAsync());
        }
    }

    [Fact]
    public async Task A_proxy_that_is_disabled_takes_nothing_and_comes_back_on_its_port()
    {
        await using var route = await DatagramRoute.OpenAsync();
        var client = route.Client();
        await route.SendAsync(client, 1);
        await route.HearAsync();
        var listen = route.Proxy.Listen;
        await route.Proxy.DisableAsync();
        Assert.Equal(0, route.Proxy.Counters.Active);
        await route.Proxy.EnableAsync();
        Assert.Equal(listen, route.Proxy.Listen);
        await route.SendAsync(client, 2);
        Assert.Equal(2, await route.HearByteAsync());
        Assert.Equal((0, 2), (route.Server.Loops[0].Pool.Lent, route.Server.Loops[0].SocketCount));
    }
}
