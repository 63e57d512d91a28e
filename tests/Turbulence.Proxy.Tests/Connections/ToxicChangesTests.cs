using System.Text.Json.Nodes;
using Turbulence.Proxy.Toxics;

namespace Turbulence.Proxy.Tests.Connections;

/// <summary>Whatever is done to toxics that are not meant to lose anything, nothing is lost, doubled or put in another order.</summary>
public sealed class ToxicChangesTests
{
    private const int Connections = 4;
    private const int Changes = 30;

    private static readonly (string Type, Func<Random, JsonObject> Attributes)[] Harmless =
    [
        ("noop", _ => []),
        ("latency", random => new JsonObject { ["latency"] = random.Next(5), ["jitter"] = random.Next(5) }),
        ("bandwidth", random => new JsonObject { ["rate"] = 2_000 + random.Next(100_000) }),
        ("slicer", random => new JsonObject { ["average_size"] = 20_000 + random.Next(50_000), ["size_variation"] = random.Next(10_000), ["delay"] = random.Next(50) }),
        ("slow_close", random => new JsonObject { ["delay"] = random.Next(5) }),
        ("stall", random => new JsonObject { ["pause"] = random.Next(5), ["every"] = 5 + random.Next(10) }),
        ("limit_data", random => new JsonObject { ["bytes"] = (1L << 40) + random.Next(10) }),
        ("half_open", _ => []),
    ];

    [Theory]
    [InlineData(1, false, 1, 256 << 20)]
    [InlineData(2, false, 2, 256 << 20)]
    [InlineData(3, true, 1, 256 << 20)]
    [InlineData(4, false, 1, 100_000)]
    public async Task Every_byte_arrives_in_its_place(int seed, bool portable, int threads, long mostHeld)
    {
        await using var route = await Route.OpenAsync(server => server with
        {
            Time = TimeProvider.System,
            IsPortable = portable,
            Threads = threads,
            Seed = seed,
            MostHeldBytes = mostHeld,
        });
        var random = new Random(seed);
        using var changed = new CancellationTokenSource();
        List<Task<long>> traffic = [];
        for (var i = 0; i < Connections; i++)
        {
            var (client, server) = await route.ConnectAsync();
            traffic.Add(ExchangeAsync(client, server, random.Next(), changed.Token));
        }

        await ChangeAsync(route.Proxy, random);
        await changed.CancelAsync();
        Assert.All(await Task.WhenAll(traffic), bytes => Assert.True(bytes > 0));
        await Until.TrueAsync(() => route.Proxy.Counters.Active == 0);
        await route.SettleAsync();
        foreach (var loop in route.Server.Loops)
        {
            Assert.Equal((0, 0), (loop.Pool.Lent, loop.TimerCount));
        }
    }

    private static async Task ChangeAsync(FaultProxy proxy, Random random)
    {
        for (var i = 0; i < Changes; i++)
        {
            var toxics = proxy.Toxics;
            var one = toxics.Count == 0 ? null : toxics[random.Next(toxics.Count)];
            switch (random.Next(3))
            {
                case 0 when one is not null:
                    await proxy.RemoveToxicAsync(one.Name);
                    break;
                case 1 when one is not null:
                    var attributes = Harmless.Single(kind => kind.Type == one.Type).Attributes(random);
                    await proxy.UpdateToxicAsync(one.Name, new ToxicChange { Attributes = attributes, Toxicity = random.NextDouble() });
                    break;
                default:
                    var (type, make) = Harmless[random.Next(Harmless.Length)];
                    await proxy.AddToxicAsync(new ToxicOptions(type)
                    {
                        Name = $"t{i}",
                        Attributes = make(random),
                        Stream = random.Next(2) == 0 ? ToxicStream.Upstream : ToxicStream.Downstream,
                        Toxicity = 0.2 + (0.8 * random.NextDouble()),
                    });
                    break;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(random.Next(10)), TimeProvider.System, TestContext.Current.CancellationToken);
        }

        await proxy.ResetAsync();
    }

    /// <summary>Sends both ways until all changes are made, and looks at every byte that arrives.</summary>
    /// <returns>How many bytes were sent.</returns>
    private static async Task<long> ExchangeAsync(Peer client, Peer server, int seed, CancellationToken changed)
    {
        using (client)
        using (server)
        {
            var counts = await Task.WhenAll(SendAsync(client, seed, changed), SendAsync(server, ~seed, changed), ReadAsync(server, seed), ReadAsync(client, ~seed));
            Assert.Equal((counts[0], counts[1]), (counts[2], counts[3]));
            return counts[0] + counts[1];
        }
    }

    private static async Task<long> SendAsync(Peer peer, int seed, CancellationToken changed)
    {
        var random = new Random(seed);
        var buffer = new byte[100_000];
        long sent = 0;
        while (!changed.IsCancellationRequested)
        {
            var piece = buffer.AsMemory(0, 1 + random.Next(random.Next(3) == 0 ? buffer.Length : 2_000));
            Fill(piece.Span, seed, sent);
            await peer.SendAsync(piece);
            sent += piece.Length;
        }

        peer.End();
        return sent;
    }

    private static async Task<long> ReadAsync(Peer peer, int seed)
    {
        var (buffer, expected) = (new byte[100_000], new byte[100_000]);
        long read = 0;
        while (await peer.Socket.ReceiveAsync(buffer.AsMemory(), TestContext.Current.CancellationToken) is > 0 and var count)
        {
            Fill(expected.AsSpan(0, count), seed, read);
            Assert.True(buffer.AsSpan(0, count).SequenceEqual(expected.AsSpan(0, count)), $"something else between the bytes {read} and {read + count}");
            read += count;
        }

        return read;
    }

    /// <summary>What stands at a place of a stream: nowhere near it the same again.</summary>
    private static void Fill(Span<byte> bytes, int seed, long place)
    {
        for (var i = 0; i < bytes.Length; i++)
        {
            bytes[i] = (byte)((((ulong)(place + i) * 0x9e3779b97f4a7c15) + (uint)seed) >> 37);
        }
    }
}
