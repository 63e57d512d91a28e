using System.Text.Json.Nodes;
using Turbulence.Proxy.Toxics;

namespace Turbulence.Proxy.Tests.Connections;

/// <summary>Whatever is done to toxics that are not meant to lose anything, nothing is lost, doubled or put in another order.</summary>
public sealed class ToxicChangesTests
{
    private const int Connections = 6;
    private const int Bytes = 1_000_000;
    private const int Changes = 60;

    private static readonly (string Type, Func<Random, JsonObject> Attributes)[] Harmless =
    [
        ("noop", _ => []),
        ("latency", random => new JsonObject { ["latency"] = random.Next(5), ["jitter"] = random.Next(5) }),
        ("bandwidth", random => new JsonObject { ["rate"] = 2_000 + random.Next(100_000) }),
        ("slicer", random => new JsonObject { ["average_size"] = 20_000 + random.Next(50_000), ["size_variation"] = random.Next(10_000), ["delay"] = random.Next(50) }),
        ("slow_close", random => new JsonObject { ["delay"] = random.Next(5) }),
        ("stall", random => new JsonObject { ["pause"] = random.Next(5), ["every"] = 5 + random.Next(10) }),
        ("limit_data", random => new JsonObject { ["bytes"] = Bytes + 1 + random.Next(10) }),
        ("half_open", _ => []),
    ];

    [Theory]
    [InlineData(1, false, 1)]
    [InlineData(2, false, 2)]
    [InlineData(3, true, 1)]
    [InlineData(4, false, 1)]
    public async Task Every_byte_arrives_in_its_place(int seed, bool portable, int threads)
    {
        await using var route = await Route.OpenAsync(server => server with { Time = TimeProvider.System, IsPortable = portable, Threads = threads, Seed = seed });
        var random = new Random(seed);
        List<Task> traffic = [];
        for (var i = 0; i < Connections; i++)
        {
            var (client, server) = await route.ConnectAsync();
            traffic.Add(ExchangeAsync(client, server, random.Next()));
        }

        var changing = ChangeAsync(route.Proxy, random);
        await changing;
        await Task.WhenAll(traffic);
        await Until.TrueAsync(() => route.Proxy.Counters.Active == 0);
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

    private static async Task ExchangeAsync(Peer client, Peer server, int seed)
    {
        using (client)
        using (server)
        {
            var (up, down) = (new byte[Bytes], new byte[Bytes]);
            new Random(seed).NextBytes(up);
            new Random(~seed).NextBytes(down);
            var received = await Task.WhenAll(SendAsync(client, up, seed), SendAsync(server, down, ~seed), server.ReadAsync(Bytes + 1), client.ReadAsync(Bytes + 1));
            Assert.True(received[2].AsSpan().SequenceEqual(up));
            Assert.True(received[3].AsSpan().SequenceEqual(down));
        }
    }

    private static async Task<byte[]> SendAsync(Peer peer, byte[] bytes, int seed)
    {
        var random = new Random(seed);
        for (var sent = 0; sent < bytes.Length;)
        {
            var piece = Math.Min(bytes.Length - sent, 1 + random.Next(random.Next(3) == 0 ? 100_000 : 2_000));
            await peer.SendAsync(bytes.AsMemory(sent, piece));
            sent += piece;
        }

        peer.End();
        return [];
    }
}
