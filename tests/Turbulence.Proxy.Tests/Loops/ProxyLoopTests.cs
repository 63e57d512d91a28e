using System.Net;
using Turbulence.Platform.Loops;
using Turbulence.Platform.Sockets;
using Turbulence.Proxy.Loops;

namespace Turbulence.Proxy.Tests.Loops;

public sealed class ProxyLoopTests
{
    [Fact]
    public async Task What_goes_wrong_in_one_thing_ends_nothing_else()
    {
        await using var loop = new ProxyLoop(0, TimeProvider.System, portable: false, mostHeld: 0);
        using var listener = NonBlockingSocket.Listen(new IPEndPoint(IPAddress.Loopback, 0), 1);
        var broken = new Broken(loop, listener);
        await loop.RunAsync(broken.Start);
        using var client = await Peer.ConnectAsync(listener.LocalEndPoint!.ToString()!);
        await Eventually.HoldsAsync(() => broken.Times == 1);
        loop.Post(() => throw new InvalidOperationException("posted"));
        var isDone = false;
        await loop.RunAsync(() => isDone = true);
        Assert.True(isDone);
        Assert.Equal("posted", loop.Failure?.Message);
        await loop.RunAsync(() => loop.GiveWay(new BrokenWork()));
        await loop.RunAsync(static () => { });
        Assert.Equal("given way", loop.Failure?.Message);
        await Assert.ThrowsAsync<InvalidOperationException>(() => loop.RunAsync(() => throw new InvalidOperationException("waited for")));
    }

    [Fact]
    public async Task What_is_asked_of_a_loop_that_has_ended_is_not_waited_for()
    {
        var loop = new ProxyLoop(0, TimeProvider.System, portable: false, mostHeld: 0);
        await loop.DisposeAsync();
        await loop.RunAsync(() => throw new InvalidOperationException("never done"));
        Assert.False(loop.IsRunning);
    }

    private sealed class BrokenWork : ILoopWork
    {
        public void Continue() => throw new InvalidOperationException("given way");
    }

    private sealed class Broken(ProxyLoop loop, NonBlockingSocket listener) : ILoopSocket
    {
        private long key;

        public int Times { get; private set; }

        public void Start() => key = loop.WatchListener(listener, this);

        public void Ready(SocketReadiness readiness)
        {
            Times++;
            loop.Unwatch(listener, key);
            throw new InvalidOperationException("told");
        }
    }
}
