using System.Net.Sockets;
using System.Security.Cryptography;
using Turbulence.Proxy.Buffers;

namespace Turbulence.Proxy.Tests.Connections;

/// <summary>
/// Much at once goes from socket to socket by pipes of the system's; whatever becomes of it then, nothing is lost that would not be without
/// them.
/// </summary>
[Collection("Many open files")]
public sealed class PipePassingTests
{
    private const int Much = 48 << 20;
    private const int Piece = 1 << 20;

    [Fact]
    public async Task All_of_it_arrives_in_its_order_and_the_end_behind_it_in_both_directions_at_once()
    {
        await using var route = await Route.OpenAsync();
        var (client, server) = await route.ConnectAsync();
        using (client)
        using (server)
        {
            var most = 0;
            var up = SendAsync(client, 1, () => most = Math.Max(most, Pipes(route).Count));
            var down = SendAsync(server, 2, static () => { });
            Assert.Equal([Hash(1), Hash(2)], await Task.WhenAll(HashAsync(server), HashAsync(client)));
            await Task.WhenAll(up, down);
            Assert.InRange(most, 1, 2);
            await Eventually.HoldsAsync(() => route.Proxy.Counters.Active == 0);
            await route.SettleAsync();
            Assert.Equal((Much, Much), (route.Proxy.Counters.UpstreamBytes, route.Proxy.Counters.DownstreamBytes));
        }

        Assert.Equal(0, Pipes(route).Lent);
        Assert.Equal(0, route.Server.Loops[0].Pool.Lent);
    }

    [Theory]
    [InlineData("noop")]
    [InlineData("half_open")]
    [InlineData("http_status")]
    public async Task What_is_in_a_pipe_goes_before_what_a_toxic_passes_on_that_came_later(string toxic)
    {
        // The system may make more room for the receiver at any time, and take what is in the pipe before the toxic comes.
        while (!await IsFullWhenItComesAsync(toxic))
        {
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_connection_that_ends_while_a_pipe_is_full_loses_what_is_in_it_and_the_pipe_is_gone(bool isTakenAway)
    {
        await using var route = await Route.OpenAsync();
        var (client, server) = await route.ConnectAsync();
        using (client)
        using (server)
        {
            var sending = SendAsync(client, 4, static () => { });
            await BlockedAsync(route, server);
            if (isTakenAway)
            {
                await route.Server.RemoveAsync("route");
            }
            else
            {
                server.Reset();
            }

            await Eventually.HoldsAsync(() => Pipes(route).Count == 0);
            await Assert.ThrowsAsync<SocketException>(() => sending);
        }
    }

    [Fact]
    public async Task One_that_breaks_off_behind_a_full_pipe_is_heard_of_after_what_is_in_it()
    {
        await using var route = await Route.OpenAsync();
        var (client, server) = await route.ConnectAsync();
        using (server)
        {
            var sending = SendAsync(client, 5, static () => { });
            await BlockedAsync(route, server);
            client.Reset();
            await Assert.ThrowsAnyAsync<Exception>(() => sending);
            Assert.Equal("ConnectionReset", await server.ReadFateAsync());
            await Eventually.HoldsAsync(() => Pipes(route).Lent == 0);
        }
    }

    [Fact]
    public async Task Where_there_are_no_more_pipes_it_is_copied()
    {
        await using var route = await Route.OpenAsync();
        List<(Peer Client, Peer Server)> all = [];
        List<Task> sending = [];
        for (var i = 0; i < PipePool.Most + 4; i++)
        {
            all.Add(await route.ConnectAsync());
            sending.Add(SendAsync(all[i].Client, i, static () => { }));
        }

        for (var i = 0; i < all.Count; i++)
        {
            await BlockedAsync(route, all[i].Server, Math.Min(i + 1, PipePool.Most));
        }

        Assert.Equal((PipePool.Most, PipePool.Most), (Pipes(route).Lent, Pipes(route).Count));
        for (var i = 0; i < all.Count; i++)
        {
            Assert.Equal("end", await all[i].Server.ReadFateAsync());
            await sending[i];
            all[i].Client.Dispose();
            all[i].Server.Dispose();
        }

        await Eventually.HoldsAsync(() => route.Proxy.Counters.Active == 0);
        Assert.Equal((0, PipePool.Most), (Pipes(route).Lent, Pipes(route).Count));
        Assert.Equal((long)Much * all.Count, route.Proxy.Counters.UpstreamBytes);
    }

    [Fact]
    public async Task A_connection_of_which_little_comes_at_once_needs_none()
    {
        await using var route = await Route.OpenAsync();
        var (client, server) = await route.ConnectAsync();
        using (client)
        using (server)
        {
            for (var i = 0; i < 200; i++)
            {
                await client.SendAsync(new byte[1000]);
                await server.ReadAsync(1000);
            }
        }

        Assert.Equal(0, Pipes(route).Count);
    }

    [Fact]
    public void What_nobody_needed_between_two_trims_is_given_back()
    {
        using var pool = new PipePool();
        var (first, second) = (pool.Take()!, pool.Take()!);
        Assert.Equal((2, 2), (pool.Count, pool.Lent));
        pool.Return(first);
        pool.Return(second);
        pool.Trim();
        pool.Return(pool.Take()!);
        pool.Trim();
        Assert.Equal((1, true), (pool.Count, pool.HasSpare));
        pool.Trim();
        Assert.Equal((0, false), (pool.Count, pool.HasSpare));
    }

    private static async Task<bool> IsFullWhenItComesAsync(string toxic)
    {
        await using var route = await Route.OpenAsync();
        var (client, server) = await route.ConnectAsync();
        using (client)
        using (server)
        {
            var sending = SendAsync(client, 3, static () => { });
            var hash = await BlockedAsync(route, server);
            await route.AddAsync(toxic, toxic == "http_status" ? new { path = "/never" } : null);
            var isFull = Pipes(route).Lent == 1;
            Assert.Equal(Hash(3), await RestAsync(server, hash));
            await sending;
            Assert.Equal(0, Pipes(route).Lent);
            return isFull;
        }
    }

    private static PipePool Pipes(Route route) => route.Server.Loops[0].Pipes;

    // The peer reads just as much as makes the sender's sockets full, and a pipe.
    private static async Task<IncrementalHash> BlockedAsync(Route route, Peer peer, int pipes = 1)
    {
        var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        while (Pipes(route).Lent < pipes)
        {
            await Eventually.HoldsAsync(() => peer.Socket.Available > 0);
            await route.SettleAsync();
            if (Pipes(route).Lent < pipes)
            {
                hash.AppendData(await peer.ReadAsync(Math.Min(peer.Socket.Available, Piece / 4)));
            }
        }

        return hash;
    }

    private static async Task<string> RestAsync(Peer peer, IncrementalHash hash)
    {
        while (await peer.ReadAsync(Piece) is { Length: > 0 } bytes)
        {
            hash.AppendData(bytes);
        }

        return Convert.ToHexString(hash.GetHashAndReset());
    }

    private static byte[] Bytes(int seed)
    {
        var bytes = new byte[Piece];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    // No two pieces are alike.
    private static byte[] Numbered(byte[] bytes, int number)
    {
        BitConverter.TryWriteBytes(bytes.AsSpan(number * 7), number);
        return bytes;
    }

    private static string Hash(int seed)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var bytes = Bytes(seed);
        for (var number = 0; number < Much / Piece; number++)
        {
            hash.AppendData(Numbered(bytes, number));
        }

        return Convert.ToHexString(hash.GetHashAndReset());
    }

    private static async Task SendAsync(Peer peer, int seed, Action between)
    {
        var bytes = Bytes(seed);
        for (var number = 0; number < Much / Piece; number++)
        {
            await peer.SendAsync(Numbered(bytes, number));
            between();
        }

        peer.End();
    }

    private static async Task<string> HashAsync(Peer peer) => Convert.ToHexString(SHA256.HashData(await peer.ReadAsync(Much + 1)));
}
