using System.Net;
using System.Net.Sockets;
using Turbulence.Proxy.Connections;

namespace Turbulence.Proxy.Tests.Connections;

public sealed class DialTests
{
    [Fact]
    public async Task An_upstream_that_never_answers_holds_nobody_else_up()
    {
        using var hole = new BlackHole();
        await using var route = await Route.OpenAsync();
        var silent = await route.Server.CreateAsync(
            new ProxyOptions("silent", "127.0.0.1:0", hole.Address) { DialTimeout = TimeSpan.FromSeconds(5) });
        List<Peer> waiting = [];
        for (var i = 0; i < 20; i++)
        {
            waiting.Add(await Peer.ConnectAsync(silent.Listen));
        }

        await Eventually.HoldsAsync(() => silent.Counters.Active == 20);
        var (client, server) = await route.ConnectAsync();
        using (client)
        using (server)
        {
            await client.SendAsync("not held up");
            Assert.Equal("not held up", await server.ReadTextAsync(11));
        }

        Assert.Equal((20, 0), (silent.Counters.Active, silent.Counters.FailedDials));
        await route.AdvanceAsync(5000);
        foreach (var peer in waiting)
        {
            Assert.Equal("ConnectionReset", await peer.ReadFateAsync());
            peer.Dispose();
        }

        Assert.Equal((0, 20), (silent.Counters.Active, silent.Counters.FailedDials));
    }

    [Fact]
    public async Task A_name_that_nobody_knows_is_a_failed_dial()
    {
        await using var route =
            await Route.OpenAsync(proxy: proxy => proxy with { Upstream = "nobody.invalid:80", OnUpstreamFailure = UpstreamFailure.Close });
        Assert.Equal("end", await Peer.FateOfConnectingAsync(route.Proxy.Listen));
        Assert.Equal(1, route.Proxy.Counters.FailedDials);
    }

    [Fact]
    public async Task A_connection_that_waits_for_its_upstream_can_be_closed()
    {
        using var hole = new BlackHole();
        await using var route = await Route.OpenAsync(proxy: proxy => proxy with { Upstream = hole.Address });
        using var client = await Peer.ConnectAsync(route.Proxy.Listen);
        await Eventually.HoldsAsync(() => route.Proxy.Counters.Active == 1);
        await route.Proxy.DisableAsync();
        Assert.Equal("end", await client.ReadFateAsync());
        Assert.Equal((0, 0), (route.Proxy.Counters.Active, route.Server.Loops[0].TimerCount));
    }

    /// <summary>A listener whose queue is full: the system drops what else comes, as a firewall would.</summary>
    private sealed class BlackHole : IDisposable
    {
        private readonly Socket listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        private readonly List<Socket> queue = [];

        public BlackHole()
        {
            Needs.That(OperatingSystem.IsLinux(), "needs Linux, which drops what finds a queue full");
            listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            listener.Listen(0);
            for (var isFull = false; !isFull;)
            {
                var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { Blocking = false };
                queue.Add(socket);
                try
                {
                    socket.Connect(listener.LocalEndPoint!);
                }
                catch (SocketException)
                {
                    // In a queue that has room it is there at once.
                    isFull = !socket.Poll(300_000, SelectMode.SelectWrite);
                }
            }
        }

        public string Address => listener.LocalEndPoint!.ToString()!;

        public void Dispose()
        {
            listener.Dispose();
            queue.ForEach(socket => socket.Dispose());
        }
    }
}
