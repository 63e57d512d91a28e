using System.Text.Json.Nodes;
using System.Threading.Channels;
using Turbulence.Proxy.Toxics;

namespace Turbulence.Proxy.Tests.Connections;

/// <summary>Whatever is done to toxics that are not meant to lose anything, nothing is lost, doubled or put in another order.</summary>
public sealed class ToxicChangesTests
{
    private const int Connections = 4;
    private const int Changes = 30;

    // What each direction sends while a change is made: without an end to it the test takes as long as the machine is busy.
    private const int BytesAChange = 256 << 10;
    private const int MostAtOnce = 100_000;

    // No piece of it stands in it twice, and its length divides nothing.
    private const int Period = 1_000_003;
    private static readonly byte[] Pattern = MakePattern();

    private static readonly (string Type, Func<Random, JsonObject> Attributes)[] Harmless =
    [
        ("noop", _ => []),
        ("latency", random => new JsonObject { ["latency"] = random.Next(5), ["jitter"] = random.Next(5) }),
        ("bandwidth", random => new JsonObject { ["rate"] = 2_000 + random.Next(100_000) }),
        ("slicer", random => new JsonObject
        {
            ["average_size"] = 20_000 + random.Next(50_000),
            ["size_variation"] = random.Next(10_000),
            ["delay"] = random.Next(50),
        }),
        ("slow_close", random => new JsonObject { ["delay"] = random.Next(5) }),
        ("stall", random => new JsonObject { ["pause"] = random.Next(5), ["every"] = 5 + random.Next(10) }),
        ("limit_data", random => new JsonObject { ["bytes"] = (1L << 40) + random.Next(10) }),
        ("half_open", _ => []),
        ("http_delay", random => new JsonObject { ["delay"] = random.Next(5), ["of"] = random.Next(2) == 0 ? "request" : "answer" }),
        ("http_status", _ => new JsonObject { ["path"] = "/never" }),
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
        List<Channel<int>> turns = [];
        List<Task<long>> traffic = [];
        for (var i = 0; i < Connections; i++)
        {
            var (client, server) = await route.ConnectAsync();
            var (up, down) = (Channel.CreateUnbounded<int>(), Channel.CreateUnbounded<int>());
            turns.AddRange([up, down]);
            traffic.Add(ExchangeAsync(client, server, random.Next(), up.Reader, down.Reader));
        }

        await ChangeAsync(route.Proxy, random, () => turns.ForEach(turn => turn.Writer.TryWrite(BytesAChange)));
        turns.ForEach(turn => turn.Writer.Complete());
        Assert.All(await Task.WhenAll(traffic), bytes => Assert.True(bytes > 0));
        await Eventually.HoldsAsync(() => route.Proxy.Counters.Active == 0);
        await route.SettleAsync();
        foreach (var loop in route.Server.Loops)
        {
            Assert.Equal((0, 0), (loop.Pool.Lent, loop.TimerCount));
        }
    }

    private static async Task ChangeAsync(FaultProxy proxy, Random random, Action send)
    {
        for (var i = 0; i < Changes; i++)
        {
            var toxics = proxy.Toxics;
            var one = toxics.Count == 0 ? null : toxics[random.Next(toxics.Count)];
            send();
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

    /// <summary>Sends both ways at each change, and looks at every byte that arrives.</summary>
    /// <returns>How many bytes were sent.</returns>
    private static async Task<long> ExchangeAsync(Peer client, Peer server, int seed, ChannelReader<int> up, ChannelReader<int> down)
    {
        using (client)
        using (server)
        {
            var counts = await Task.WhenAll(
                SendAsync(client, seed, up), SendAsync(server, ~seed, down), ReadAsync(server, seed), ReadAsync(client, ~seed));
            Assert.Equal((counts[0], counts[1]), (counts[2], counts[3]));
            return counts[0] + counts[1];
        }
    }

    private static async Task<long> SendAsync(Peer peer, int seed, ChannelReader<int> turns)
    {
        var random = new Random(seed);
        long sent = 0;
        await foreach (var bytes in turns.ReadAllAsync(TestContext.Current.CancellationToken))
        {
            for (var left = bytes; left > 0;)
            {
                var length = Math.Min(left, 1 + random.Next(random.Next(3) == 0 ? MostAtOnce : 2_000));
                await peer.SendAsync(Piece(seed, sent, length));
                sent += length;
                left -= length;
            }
        }

        peer.End();
        return sent;
    }

    private static async Task<long> ReadAsync(Peer peer, int seed)
    {
        var buffer = new byte[MostAtOnce];
        long read = 0;
        while (await peer.Socket.ReceiveAsync(buffer.AsMemory(), TestContext.Current.CancellationToken) is > 0 and var count)
        {
            Assert.True(buffer
                .AsSpan(0, count)
                .SequenceEqual(Piece(seed, read, count).Span), $"something else between the bytes {read} and {read + count}");
            read += count;
        }

        return read;
    }

    /// <summary>What stands at a place of a stream.</summary>
    private static ReadOnlyMemory<byte> Piece(int seed, long place, int length) =>
        Pattern.AsMemory((int)(((uint)seed + place) % Period), length);

    private static byte[] MakePattern()
    {
        var bytes = new byte[Period + MostAtOnce];
        for (var i = 0; i < bytes.Length; i++)
        {
            bytes[i] = (byte)(((ulong)(i % Period) * 0x9e3779b97f4a7c15) >> 37);
        }

        return bytes;
    }
}
