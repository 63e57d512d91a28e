using System.Net.Sockets;

namespace Turbulence.Proxy.Tests;

public sealed class FaultProxyTests
{
    [Fact]
    public async Task A_proxy_can_be_asked_what_it_is()
    {
        await using var route = await Route.OpenAsync();
        await route.AddAsync("latency", new { jitter = 5 }, toxic => toxic with { Toxicity = 0.5 });
        Assert.Equal(("route", route.Upstream.Address, true), (route.Proxy.Name, route.Proxy.Upstream, route.Proxy.IsEnabled));
        Assert.Matches("^127.0.0.1:[1-9][0-9]*$", route.Proxy.Listen);
        var toxic = Assert.Single(route.Proxy.Toxics);
        Assert.Equal(
            ("latency_downstream", "latency", 0.5, """{"latency":0,"jitter":5}"""),
            (toxic.Name, toxic.Type, toxic.Toxicity, toxic.Attributes.ToJsonString()));
        Assert.Same(route.Proxy, route.Server.Find("route"));
    }

    [Fact]
    public async Task Attributes_that_are_not_given_stay()
    {
        await using var route = await Route.OpenAsync();
        await route.AddAsync("latency", new { latency = 7, jitter = 5 });
        var changed = await route.Proxy.UpdateToxicAsync(
            "latency_downstream", new ToxicChange { Attributes = Route.Json(new { jitter = 1 }) });
        Assert.Equal("""{"latency":7,"jitter":1}""", changed.Attributes.ToJsonString());
    }

    [Fact]
    public async Task What_cannot_be_is_said_and_changes_nothing()
    {
        await using var route = await Route.OpenAsync();
        await route.AddAsync("noop");
        Assert.Equal(ProxyProblem.ToxicExists, await ProblemAsync(() => route.AddAsync("noop")));
        Assert.Equal(ProxyProblem.ToxicNotFound, await ProblemAsync(() => route.Proxy.RemoveToxicAsync("other")));
        Assert.Equal(ProxyProblem.ToxicNotFound, await ProblemAsync(() => route.Proxy.UpdateToxicAsync("other", new ToxicChange())));
        Assert.Equal(
            ProxyProblem.InvalidToxic, await ProblemAsync(() => route.AddAsync("latency", more: toxic => toxic with { Toxicity = 1.1 })));
        Assert.Equal(
            ProxyProblem.InvalidToxic,
            await ProblemAsync(() => route.AddAsync("latency", more: toxic => toxic with { Ttl = TimeSpan.Zero })));
        Assert.Equal(
            ProxyProblem.ProxyExists,
            await ProblemAsync(() => route.Server.CreateAsync(new ProxyOptions("route", "127.0.0.1:0", "127.0.0.1:1"))));
        Assert.Equal(
            ProxyProblem.MissingName,
            await ProblemAsync(() => route.Server.CreateAsync(new ProxyOptions("", "127.0.0.1:0", "127.0.0.1:1"))));
        Assert.Equal(
            ProxyProblem.CannotListen,
            await ProblemAsync(() => route.Server.CreateAsync(new ProxyOptions("b", route.Proxy.Listen, "127.0.0.1:1"))));
        Assert.Equal(ProxyProblem.ProxyNotFound, await ProblemAsync(() => route.Server.RemoveAsync("b")));
        Assert.Single(route.Proxy.Toxics);
        Assert.Single(route.Server.Proxies);
    }

    [Theory]
    [InlineData("127.0.0.1", "127.0.0.1", ProxyProtocol.Tcp)]
    [InlineData("127.0.0.1", "localhost", ProxyProtocol.Udp)]
    [InlineData("", "127.0.0.1", ProxyProtocol.Udp)]
    [InlineData("", "", ProxyProtocol.Tcp)]
    [InlineData("[::1]", "localhost", ProxyProtocol.Tcp)]
    public async Task A_proxy_never_asks_itself(string listen, string upstream, ProxyProtocol protocol)
    {
        await using var route = await Route.OpenAsync();
        var proxy = await route.Server.CreateAsync(new ProxyOptions("circle", $"{listen}:0", "127.0.0.1:1") { Protocol = protocol });
        var own = $"{upstream}:{proxy.Listen[(proxy.Listen.LastIndexOf(':') + 1)..]}";
        Assert.Equal(ProxyProblem.InvalidAddress, await ProblemAsync(() => proxy.UpdateAsync(new ProxyChange { Upstream = own })));
        Assert.False(proxy.IsEnabled);

        // It is nobody's address any more, and another upstream lets it listen again.
        await proxy.UpdateAsync(new ProxyChange { Upstream = "127.0.0.1:1", IsEnabled = true });
        Assert.True(proxy.IsEnabled);
    }

    [Theory]
    [InlineData("nowhere")]
    [InlineData("127.0.0.1")]
    [InlineData("127.0.0.1:70000")]
    [InlineData("127.0.0.1:-1")]
    [InlineData("::1:80")]
    [InlineData("[127.0.0.1:80")]
    [InlineData("a b:80")]
    [InlineData("unix:")]
    [InlineData("")]
    public async Task What_is_no_address_is_said(string address)
    {
        await using var server = new ProxyServer();
        Assert.Equal(
            ProxyProblem.InvalidAddress, await ProblemAsync(() => server.CreateAsync(new ProxyOptions("a", address, "127.0.0.1:1"))));
        Assert.Equal(
            ProxyProblem.InvalidAddress, await ProblemAsync(() => server.CreateAsync(new ProxyOptions("a", "127.0.0.1:0", address))));
    }

    [Theory]
    [InlineData("[::1]:0", @"^\[::1\]:\d+$")]
    [InlineData(":0", @"^\[::\]:\d+$")]
    [InlineData("localhost:0", @"^127.0.0.1:\d+$")]
    public async Task Where_it_listens_is_told_with_its_port(string listen, string told)
    {
        Needs.That(Socket.OSSupportsIPv6, "needs IPv6");
        using var upstream = new Upstream();
        await using var server = new ProxyServer();
        var proxy = await server.CreateAsync(new ProxyOptions("a", listen, upstream.Address));
        Assert.Matches(told, proxy.Listen);
        using var client = await Peer.ConnectAsync(proxy.Listen.Replace("[::]", "127.0.0.1", StringComparison.Ordinal));
        using var asked = await upstream.AcceptAsync();
        await client.SendAsync("a");
        Assert.Equal("a", await asked.ReadTextAsync(1));
    }

    [Fact]
    public async Task Another_upstream_is_asked_from_then_on()
    {
        await using var route = await Route.OpenAsync();
        using var other = new Upstream();
        var listen = route.Proxy.Listen;
        var (client, server) = await route.ConnectAsync();
        using (client)
        using (server)
        {
            await route.Proxy.UpdateAsync(new ProxyChange { Listen = listen, Upstream = other.Address });
            Assert.Equal("end", await client.ReadFateAsync());
            Assert.Equal((listen, other.Address), (route.Proxy.Listen, route.Proxy.Upstream));
            using var again = await Peer.ConnectAsync(listen);
            using var asked = await other.AcceptAsync();
        }
    }

    [Fact]
    public async Task The_same_addresses_again_close_nothing()
    {
        await using var route = await Route.OpenAsync();
        var (client, server) = await route.ConnectAsync();
        using (client)
        using (server)
        {
            await route.Proxy.UpdateAsync(
                new ProxyChange { Listen = route.Proxy.Listen, Upstream = route.Upstream.Address, IsEnabled = true });
            await client.SendAsync("a");
            Assert.Equal("a", await server.ReadTextAsync(1));
        }
    }

    [Fact]
    public async Task When_nobody_renews_a_proxy_all_its_toxics_go_and_it_listens_again()
    {
        await using var route = await Route.OpenAsync(proxy: proxy => proxy with { Ttl = TimeSpan.FromSeconds(10) });
        await route.AddAsync("timeout");
        await route.AddAsync("latency", new { latency = 1000 });
        await route.Proxy.DisableAsync();
        await route.AdvanceAsync(9_000);
        route.Proxy.Renew();
        await route.AdvanceAsync(9_999);
        Assert.Equal((2, false), (route.Proxy.Toxics.Count, route.Proxy.IsEnabled));
        await route.AdvanceAsync(1);
        Assert.Empty(route.Proxy.Toxics);
        await Eventually.HoldsAsync(() => route.Proxy.IsEnabled);
        var (client, server) = await route.ConnectAsync();
        using (client)
        using (server)
        {
            await server.SendAsync("as if nothing had been");
            Assert.Equal("as if nothing had been", await client.ReadTextAsync(22));
        }
    }

    [Fact]
    public async Task A_change_lets_a_toxics_time_begin_anew()
    {
        await using var route = await Route.OpenAsync();
        await route.AddAsync("noop", more: toxic => toxic with { Ttl = TimeSpan.FromSeconds(1) });
        await route.AdvanceAsync(900);
        await route.Proxy.UpdateToxicAsync("noop_downstream", new ToxicChange { Toxicity = 0.5 });
        await route.AdvanceAsync(900);
        Assert.Single(route.Proxy.Toxics);
        await route.AdvanceAsync(100);
        Assert.Empty(route.Proxy.Toxics);
    }

    [Fact]
    public async Task A_reset_removes_all_toxics_and_enables_all()
    {
        await using var route = await Route.OpenAsync();
        await route.AddAsync("noop");
        await route.Proxy.DisableAsync();
        await route.Server.ResetAsync();
        Assert.Empty(route.Proxy.Toxics);
        Assert.True(route.Proxy.IsEnabled);
    }

    [Fact]
    public async Task Toxics_can_be_there_from_the_first_connection_on()
    {
        using var upstream = new Upstream();
        await using var server = new ProxyServer();
        var proxy = await server.CreateAsync(new ProxyOptions("a", "127.0.0.1:0", upstream.Address), [new ToxicOptions("refuse")]);
        Assert.Equal("ConnectionReset", await Peer.FateOfConnectingAsync(proxy.Listen));
    }

    private static async Task<ProxyProblem> ProblemAsync(Func<Task> action) => (await Assert.ThrowsAsync<ProxyException>(action)).Problem;
}
