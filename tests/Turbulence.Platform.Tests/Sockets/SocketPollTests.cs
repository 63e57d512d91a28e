using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Turbulence.Platform.Sockets;

namespace Turbulence.Platform.Tests.Sockets;

public sealed class SocketPollTests
{
    private const int Listener = 7;
    private const int Client = 8;
    private const int Server = 9;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Whoever_becomes_ready_is_told_with_its_key(bool portable)
    {
        using var poll = SocketPoll.Create(portable);
        using var listener = NonBlockingSocket.Listen(new IPEndPoint(IPAddress.Loopback, 0), 10);
        Assert.Null(listener.Accept(out var nobody));
        Assert.Equal(SocketError.WouldBlock, nobody);
        Assert.True(poll.TryAddListener(listener, Listener));
        using var client = NonBlockingSocket.Connect(listener.LocalEndPoint!, out var begun);
        Assert.True(begun is SocketError.Success or SocketError.InProgress);
        Assert.True(poll.TryAdd(client!, Client));
        var seen = Wait(poll, Listener, Client);
        Assert.Equal(SocketReadiness.Readable, seen[Listener]);
        Assert.Equal(SocketReadiness.Writable, seen[Client] & SocketReadiness.Writable);
        Assert.Equal(SocketError.Success, client!.ConnectResult());

        using var server = listener.Accept(out _);
        Assert.True(poll.TryAdd(server!, Server));
        Span<byte> buffer = stackalloc byte[10];
        Assert.Equal(0, server!.Receive(buffer, out var nothing));
        Assert.Equal(SocketError.WouldBlock, nothing);
        poll.Await(server, SocketReadiness.Readable);
        Assert.Equal(3, client.Send([1, 2, 3], out _));
        Assert.True((Wait(poll, Server)[Server] & SocketReadiness.Readable) != 0);
        Assert.Equal(3, server.Receive(buffer, out _));

        Assert.True(client.EndSending());
        poll.Await(server, SocketReadiness.Readable);
        Assert.True((Wait(poll, Server)[Server] & SocketReadiness.Readable) != 0);
        Assert.Equal(0, server.Receive(buffer, out var end));
        Assert.Equal(SocketError.Success, end);
        poll.Remove(server);
        poll.Remove(client);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_full_socket_takes_a_part_says_so_and_is_told_when_it_has_room(bool portable)
    {
        using var poll = SocketPoll.Create(portable);
        using var listener = NonBlockingSocket.Listen(new IPEndPoint(IPAddress.Loopback, 0), 10);
        using var client = NonBlockingSocket.Connect(listener.LocalEndPoint!, out _);
        using var server = Accept(listener);
        Assert.True(poll.TryAdd(client!, Client));
        var bytes = new byte[1 << 20];
        long sent = 0;
        var error = SocketError.Success;
        while (error == SocketError.Success)
        {
            sent += client!.Send(bytes, out error);
        }

        Assert.Equal(SocketError.WouldBlock, error);
        poll.Await(client!, SocketReadiness.Writable);
        long read = 0;
        while (read < sent)
        {
            read += server.Receive(bytes, out _);
        }

        Assert.Equal(sent, read);
        Assert.True((Wait(poll, Client)[Client] & SocketReadiness.Writable) != 0);
        Assert.True(client!.Send(bytes, out _) > 0);
        poll.Remove(client);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Another_thread_ends_the_wait(bool portable)
    {
        using var poll = SocketPoll.Create(portable);
        var waiting = Task.Run(() => poll.Wait(new SocketEvent[1], SocketPoll.Forever), TestContext.Current.CancellationToken);
        poll.Wake();
        Assert.Equal(0, await waiting);
    }

    [Fact]
    public void A_wait_lasts_as_long_as_it_was_said()
    {
        using var poll = SocketPoll.Create();
        var begin = Stopwatch.GetTimestamp();
        Assert.Equal(0, poll.Wait(new SocketEvent[1], 300_000));
        Assert.True(Stopwatch.GetElapsedTime(begin).TotalMicroseconds >= 300);
    }

    [Fact]
    public void A_refused_connection_and_a_reset_are_values()
    {
        using var listener = NonBlockingSocket.Listen(new IPEndPoint(IPAddress.Loopback, 0), 10);
        using (var client = NonBlockingSocket.Connect(listener.LocalEndPoint!, out _))
        {
            Accept(listener).Reset();
            Assert.Equal(0, Received(client!, out var error));
            Assert.Equal(SocketError.ConnectionReset, error);
            Assert.False(client!.EndSending());
        }

        // Nobody listens there, and nobody else can begin to.
        using var taken = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        taken.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        using var refused = NonBlockingSocket.Connect((IPEndPoint)taken.LocalEndPoint!, out var now);
        Assert.Equal(SocketError.ConnectionRefused, refused?.ConnectResult() ?? now);
    }

    private static NonBlockingSocket Accept(NonBlockingSocket listener)
    {
        while (true)
        {
            if (listener.Accept(out _) is { } accepted)
            {
                return accepted;
            }
        }
    }

    private static int Received(NonBlockingSocket socket, out SocketError error)
    {
        var buffer = new byte[10];
        while (true)
        {
            var count = socket.Receive(buffer, out error);
            if (error != SocketError.WouldBlock)
            {
                return count;
            }
        }
    }

    private static Dictionary<long, SocketReadiness> Wait(SocketPoll poll, params long[] keys)
    {
        var seen = new Dictionary<long, SocketReadiness>();
        var ready = new SocketEvent[8];
        while (!keys.All(seen.ContainsKey))
        {
            var count = poll.Wait(ready, SocketPoll.Forever);
            foreach (var (key, readiness) in ready.AsSpan(0, count))
            {
                seen[key] = seen.GetValueOrDefault(key) | readiness;
            }
        }

        return seen;
    }
}
