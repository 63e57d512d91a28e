using System.Net;
using System.Net.Sockets;
using Turbulence.Proxy.Connections;

namespace Turbulence.Proxy.Tests.Connections;

public sealed class ForwardingTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Bytes_pass_both_ways(bool portable)
    {
        await using var route = await Route.OpenAsync(server => server with { IsPortable = portable });
        var (client, server) = await route.ConnectAsync();
        using (client)
        using (server)
        {
            await client.SendAsync("ping");
            Assert.Equal("ping", await server.ReadTextAsync(4));
            await server.SendAsync("pong!");
            Assert.Equal("pong!", await client.ReadTextAsync(5));
            var counters = route.Proxy.Counters;
            Assert.Equal(
                (1, 1, 4, 5),
                (counters.Connections, counters.Active, counters.UpstreamBytes, counters.DownstreamBytes));
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Much_passes_both_ways_at_once_and_nothing_is_changed(bool portable)
    {
        await using var route = await Route.OpenAsync(server => server with { IsPortable = portable });
        var (client, server) = await route.ConnectAsync();
        using (client)
        using (server)
        {
            var up = new byte[20_000_000];
            var down = new byte[15_000_000];
            new Random(1).NextBytes(up);
            new Random(2).NextBytes(down);
            var sending = Task.WhenAll(client.SendAsync(up), server.SendAsync(down));
            var reading = Task.WhenAll(server.ReadAsync(up.Length), client.ReadAsync(down.Length));
            await sending;
            var read = await reading;
            Assert.True(read[0].AsSpan().SequenceEqual(up));
            Assert.True(read[1].AsSpan().SequenceEqual(down));
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_end_is_passed_on_and_the_other_direction_goes_on(bool portable)
    {
        await using var route = await Route.OpenAsync(server => server with { IsPortable = portable });
        var (client, server) = await route.ConnectAsync();
        using (client)
        using (server)
        {
            await client.SendAsync("question");
            client.End();
            Assert.Equal("question", await server.ReadTextAsync(100));
            await server.SendAsync("answer");
            server.End();
            Assert.Equal("answer", await client.ReadTextAsync(100));
            await Eventually.HoldsAsync(() => route.Proxy.Counters.Active == 0);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_upstreams_end_is_passed_on_and_the_client_goes_on(bool portable)
    {
        await using var route = await Route.OpenAsync(server => server with { IsPortable = portable });
        var (client, server) = await route.ConnectAsync();
        using (client)
        using (server)
        {
            server.End();
            Assert.Equal("", await client.ReadTextAsync(100));
            await client.SendAsync("still here");
            client.End();
            Assert.Equal("still here", await server.ReadTextAsync(100));
            await Eventually.HoldsAsync(() => route.Proxy.Counters.Active == 0);
        }
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, false)]
    [InlineData(true, true)]
    [InlineData(false, true)]
    public async Task A_reset_is_passed_on_as_a_reset(bool byClient, bool portable)
    {
        await using var route = await Route.OpenAsync(server => server with { IsPortable = portable });
        var (client, server) = await route.ConnectAsync();
        using (client)
        using (server)
        {
            // Both ways have been gone by then.
            await client.SendAsync("a");
            await server.ReadAsync(1);
            (byClient ? client : server).Reset();
            Assert.Equal("ConnectionReset", await (byClient ? server : client).ReadFateAsync());
            await Eventually.HoldsAsync(() => route.Proxy.Counters.Active == 0);
        }
    }

    [Theory]
    [InlineData(UpstreamFailure.Reset, "ConnectionReset")]
    [InlineData(UpstreamFailure.Close, "end")]
    public async Task Where_nobody_listens_the_client_is_refused(UpstreamFailure failure, string fate)
    {
        using var nobody = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        nobody.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        await using var route =
            await Route.OpenAsync(proxy: proxy => proxy with { Upstream = nobody.LocalEndPoint!.ToString()!, OnUpstreamFailure = failure });
        Assert.Equal(fate, await Peer.FateOfConnectingAsync(route.Proxy.Listen));
        await Eventually.HoldsAsync(() => route.Proxy.Counters is { FailedDials: 1, Refused: 1, Active: 0 });
    }

    [Fact]
    public async Task A_name_is_looked_up()
    {
        await using var route = await Route.OpenAsync(
            proxy: proxy => proxy with { Upstream = proxy.Upstream.Replace("127.0.0.1", "localhost", StringComparison.Ordinal) });
        var (client, server) = await route.ConnectAsync();
        using (client)
        using (server)
        {
            await client.SendAsync("found");
            Assert.Equal("found", await server.ReadTextAsync(5));
        }
    }

    [Fact]
    public async Task Unix_sockets_are_listened_on_and_asked()
    {
        Needs.That(Socket.OSSupportsUnixDomainSockets, "needs Unix sockets");
        var folder = Directory.CreateTempSubdirectory("turbulence-proxy");
        try
        {
            using var upstream = new Upstream(new UnixDomainSocketEndPoint(Path.Combine(folder.FullName, "up.sock")));
            await using var server = new ProxyServer();
            var proxy = await server.CreateAsync(new ProxyOptions("unix", $"unix:{folder.FullName}/listen.sock", upstream.Address));
            using var client = await Peer.ConnectAsync(proxy.Listen);
            using var asked = await upstream.AcceptAsync();
            await client.SendAsync("hello");
            client.End();
            Assert.Equal("hello", await asked.ReadTextAsync(100));
            await server.RemoveAsync("unix");
            Assert.False(File.Exists($"{folder.FullName}/listen.sock"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
