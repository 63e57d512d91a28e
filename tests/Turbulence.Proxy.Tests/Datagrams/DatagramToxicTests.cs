using System.Numerics;
using System.Text.Json.Nodes;
using Turbulence.Proxy.Tests.Decisions;
using Turbulence.Proxy.Toxics;

namespace Turbulence.Proxy.Tests.Datagrams;

public sealed class DatagramToxicTests
{
    private static readonly byte[] Numbers = [.. Enumerable.Range(0, 100).Select(number => (byte)number)];

    [Fact]
    public async Task Latency_lets_each_leave_later_and_those_that_waited_leave_with_it()
    {
        await using var route = await DatagramRoute.OpenAsync();
        await route.AddAsync("latency", new { latency = 100 });
        var client = route.Client();
        await route.SendAsync(client, 1);
        await route.AdvanceAsync(50);
        await route.SendAsync(client, 2);
        Assert.Equal(0, route.Upstream.Available);
        await route.AdvanceAsync(50);
        Assert.Equal(1, await route.HearByteAsync());
        Assert.Equal(0, route.Upstream.Available);
        await route.Proxy.RemoveToxicAsync("latency_upstream");
        Assert.Equal(2, await route.HearByteAsync());
        Assert.Equal((0, 0), (route.Server.Loops[0].Pool.Lent, route.Proxy.Counters.Refused));
    }

    [Fact]
    public async Task Loss_hits_the_share_that_the_seed_says_and_the_same_again()
    {
        var lost = await LostAsync(seed: 7, 0.3);
        Assert.InRange(lost.Count, 15, 45);
        Assert.Equal(lost, await LostAsync(seed: 7, 0.3));
        Assert.NotEqual(lost, await LostAsync(seed: 8, 0.3));
        Assert.Superset(lost, await LostAsync(seed: 7, 0.6));
    }

    [Fact]
    public async Task Duplicates_come_as_often_as_is_said()
    {
        await using var route = await DatagramRoute.OpenAsync();
        await route.AddAsync("duplicate", new { copies = 2 });
        await route.SendAsync(route.Client(), 1, 2);
        List<byte> got = [];
        for (var i = 0; i < 6; i++)
        {
            got.Add(await route.HearByteAsync());
        }

        Assert.Equal([1, 1, 1, 2, 2, 2], got);
        Assert.Equal((1, 2, 2), Counted(route));
    }

    [Fact]
    public async Task One_that_is_held_back_is_overtaken()
    {
        await using var route = await DatagramRoute.OpenAsync(server => server with { Seed = 3 });
        await route.AddAsync("reorder", new { delay = 50 }, toxic => toxic with { Toxicity = 0.5 });
        await route.SendAsync(route.Client(), Numbers);
        List<byte> got = [];
        while (route.Upstream.Available > 0)
        {
            got.Add(await route.HearByteAsync());
        }

        var held = Numbers.Length - got.Count;
        Assert.InRange(held, 30, 70);
        Assert.Equal((1, 0, 0), Counted(route));
        await route.AdvanceAsync(50);
        for (var i = 0; i < held; i++)
        {
            got.Add(await route.HearByteAsync());
        }

        Assert.Equal(Numbers, got.Order());
        Assert.NotEqual(Numbers, got);
        var overtaken = Numbers.Except(got[..^held]).Count(number => number < got[..^held].Max());
        Assert.Equal((1, overtaken, overtaken), Counted(route));
    }

    [Fact]
    public async Task One_that_nothing_overtook_is_not_counted()
    {
        await using var route = await DatagramRoute.OpenAsync();
        await route.AddAsync("reorder", new { delay = 50 });
        await route.SendAsync(route.Client(), 1, 2);
        await route.AdvanceAsync(50);
        Assert.Equal((1, 2), (await route.HearByteAsync(), await route.HearByteAsync()));
        Assert.Equal((1, 0, 0), Counted(route));
    }

    [Theory]
    [InlineData("corrupt", """{"every": 10}""", 1, 1)]
    [InlineData("latency", """{"latency": 0}""", 0, 0)]
    [InlineData("loss", "{}", 2, 12)]
    [InlineData("noop", "{}", 2, 12)]
    public async Task What_nothing_was_done_to_is_not_counted(string type, string attributes, int datagrams, int bytes)
    {
        await using var route = await DatagramRoute.OpenAsync();
        await route.Proxy.AddToxicAsync(
            new ToxicOptions(type) { Attributes = JsonNode.Parse(attributes)!.AsObject(), Stream = ToxicStream.Upstream });
        var client = route.Client();
        await client.SendAsync(Array.Empty<byte>(), TestContext.Current.CancellationToken);
        await client.SendAsync(new byte[12], TestContext.Current.CancellationToken);
        await Eventually.HoldsAsync(() => route.Proxy.Counters.UpstreamBytes == 12);
        await route.SettleAsync();
        Assert.Equal((1, datagrams, bytes), Counted(route));
    }

    [Fact]
    public async Task Corrupt_turns_one_bit_of_each_nth_byte()
    {
        await using var route = await DatagramRoute.OpenAsync();
        await route.AddAsync("corrupt", new { every = 10 });
        await route.Client().SendAsync(new byte[100], TestContext.Current.CancellationToken);
        var (bytes, _) = await route.HearAsync();
        Assert.Equal(100, bytes.Length);
        Assert.All(bytes.Index(), one => Assert.Equal(one.Index % 10 == 9 ? 1 : 0, BitOperations.PopCount(one.Item)));
    }

    [Fact]
    public async Task Blackhole_swallows_both_ways()
    {
        await using var route = await DatagramRoute.OpenAsync();
        var client = route.Client();
        await route.SendAsync(client, 1);
        var (_, from) = await route.HearAsync();
        await route.AddAsync("blackhole");
        await route.SendAsync(client, 2);
        await route.Upstream.SendToAsync(new byte[3], from, TestContext.Current.CancellationToken);
        await Eventually.HoldsAsync(() => Counted(route) == (1, 2, 4));
        Assert.Equal((0, 0), (route.Upstream.Available, client.Available));
        await route.Proxy.RemoveToxicAsync("blackhole_upstream");
        await route.SendAsync(client, 4);
        Assert.Equal(4, await route.HearByteAsync());
    }

    [Fact]
    public async Task Each_datagram_that_is_hit_has_its_receipt()
    {
        using var log = new MemoryStream();
        await using (var route = await DatagramRoute.OpenAsync(server => server with { Decisions = log }))
        {
            await route.AddAsync("loss");
            await route.SendAsync(route.Client(), 1, 2);
        }

        Assert.Equal(
            [
                """{"seed":0}""",
                """{"proxy":"dns","toxic":"loss_upstream","flow":1,"stream":"upstream","datagram":1}""",
                """{"proxy":"dns","toxic":"loss_upstream","flow":1,"stream":"upstream","datagram":2}""",
            ],
            Log.Read(log).Lines);
    }

    [Fact]
    public async Task What_makes_no_sense_is_refused_with_the_reason()
    {
        await using var datagrams = await DatagramRoute.OpenAsync();
        await using var connections = await Route.OpenAsync();
        foreach (var kind in ToxicKinds.All)
        {
            Assert.True(kind.IsForDatagrams || kind.IsForStreams);
            if (!kind.IsForDatagrams)
            {
                var problem = await Assert.ThrowsAsync<ProxyException>(() => datagrams.AddAsync(kind.Name));
                Assert.Equal(
                    (ProxyProblem.InvalidToxic, $"{kind.Name} is for connections, and dns passes datagrams on; those can have latency, corrupt, blackhole, noop, loss, duplicate, reorder"),
                    (problem.Problem, problem.Message));
            }

            if (!kind.IsForStreams)
            {
                var problem = await Assert.ThrowsAsync<ProxyException>(() => connections.AddAsync(kind.Name));
                Assert.Equal(
                    (ProxyProblem.InvalidToxic, $"{kind.Name} is for datagrams, and route passes connections on"),
                    (problem.Problem, problem.Message));
            }
        }

        var path = await Assert.ThrowsAsync<ProxyException>(
            () => datagrams.Server.CreateAsync(new ProxyOptions("a", "unix:/tmp/a", "127.0.0.1:1") { Protocol = ProxyProtocol.Udp }));
        Assert.Equal("listen must be an address of UDP such as 127.0.0.1:53, not unix:/tmp/a", path.Message);
    }

    private static (long Flows, long Datagrams, long Bytes) Counted(DatagramRoute route)
    {
        var counters = route.Proxy.Toxics[0].Counters;
        return (counters.Connections, counters.Requests, counters.Bytes);
    }

    private static async Task<HashSet<byte>> LostAsync(long seed, double share)
    {
        await using var route = await DatagramRoute.OpenAsync(server => server with { Seed = seed });
        await route.AddAsync("loss", more: toxic => toxic with { Toxicity = share });
        await route.SendAsync(route.Client(), Numbers);
        var lost = Numbers.ToHashSet();
        for (var i = route.Proxy.Toxics[0].Counters.Requests; i < Numbers.Length; i++)
        {
            lost.Remove(await route.HearByteAsync());
        }

        Assert.Equal(route.Proxy.Toxics[0].Counters.Requests, lost.Count);
        return lost;
    }
}
