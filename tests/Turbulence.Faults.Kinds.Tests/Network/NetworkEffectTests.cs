using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Turbulence.Proxy;

namespace Turbulence.Faults.Kinds.Tests.Network;

/// <summary>What a client sees of each kind, through a proxy, and what the evidence says of it.</summary>
public sealed class NetworkEffectTests : IDisposable
{
    private const string Request = "GET /a HTTP/1.1\r\nHost: x\r\n\r\n";

    // The answer's head and body, as long as nothing changes them.
    private const int Whole = 58;

    private readonly Room room = new();

    public void Dispose() => room.Dispose();

    [Theory]
    [InlineData("network.latency", "after 20 ms: hello")]
    [InlineData("network.bandwidth", "after 20 ms: hello")]
    [InlineData("network.reset", "reset")]
    [InlineData("network.blackhole", "nothing")]
    [InlineData("network.refuse", "reset")]
    [InlineData("network.slow_close", "hello")]
    [InlineData("network.corrupt", "other")]
    [InlineData("network.limit", "HT, closed")]
    [InlineData("network.http.status", "HTTP/1.1 503")]
    [InlineData("network.http.delay", "after 20 ms: hello")]
    [InlineData("network.http.abort", "reset")]
    [InlineData("network.http.lost", "reset")]
    [InlineData("network.http.body", "other")]
    [InlineData("network.http.header", "X-Chaos: yes")]
    public async Task A_client_sees_it_the_evidence_counts_it_and_then_everything_is_as_before(string kind, string expected)
    {
        await using var fault = await Scene.PlayAsync(kind, room);
        await fault.InjectAsync();
        Assert.Equal(0, (await fault.ObserveAsync()).Hits);

        Assert.Equal(expected, await SeenAsync(expected));
        await Eventually.HoldsAsync(async () => (await fault.ObserveAsync()).Hits > 0);
        Assert.Matches("^toxic [a-z_]+ is in proxy '.*', and has hit [0-9]+ ", (await fault.ObserveAsync()).Text);

        await fault.RevertAsync();
        await fault.SeeItBackAsync();
        Assert.Equal("hello", await SeenAsync("hello"));
    }

    [Theory]
    [MemberData(nameof(NetworkScene.Kinds), MemberType = typeof(NetworkScene))]
    public async Task With_nothing_hit_it_is_in_and_says_so(string kind)
    {
        await using var fault = await Scene.PlayAsync(kind, room);
        using var idle = NetworkScene.OfDatagrams.Contains(kind) ? null : await BeThereAsync();
        await fault.InjectAsync();
        var evidence = await fault.ObserveAsync();
        Assert.True(evidence.Seen);
        if (kind != "network.blackhole")
        {
            // A connection that was there and on which nothing comes is no hit; one that is opened into a black hole is.
            Assert.Equal(0, evidence.Hits);
            Assert.EndsWith("and has hit nothing", evidence.Text, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("network.blackhole")]
    [InlineData("network.partition")]
    public async Task Who_opens_a_connection_into_a_black_hole_is_hit_without_a_byte(string kind)
    {
        await using var fault = await Scene.PlayAsync(kind, room);
        await fault.InjectAsync();
        Assert.Equal(0, (await fault.ObserveAsync()).Hits);
        using var waiting = await ConnectAsync();
        await Eventually.HoldsAsync(async () => (await fault.ObserveAsync()).Hits > 0);
    }

    [Fact]
    public async Task A_partition_cuts_both_ways_and_either_is_evidence()
    {
        await using var fault = await Scene.PlayAsync("network.partition", room);
        await fault.InjectAsync();
        Assert.Equal(2, (await StageToxicsAsync()).Split('\n').Length);
        Assert.Equal("nothing", await SeenAsync("nothing"));
        await Eventually.HoldsAsync(async () => (await fault.ObserveAsync()).Hits > 0);
        Assert.Contains("; toxic blackhole is in proxy", (await fault.ObserveAsync()).Text, StringComparison.Ordinal);
        await fault.RevertAsync();
        await fault.SeeItBackAsync();
        Assert.Equal("", await StageToxicsAsync());
    }

    [Theory]
    [InlineData("16 03 01 00 05 01 02 03 04 05", "the beginning of a handshake of TLS")]
    [InlineData(
        "50 52 49 20 2A 20 48 54 54 50 2F 32 2E 30 0D 0A 0D 0A 53 4D 0D 0A 0D 0A 00 00 00 04 00 00 00 00 00",
        "HTTP/2 that was agreed on before, with empty settings")]
    public async Task A_fault_of_http_says_that_what_came_was_no_http(string given, string what)
    {
        var bytes = Convert.FromHexString(given.Replace(" ", "", StringComparison.Ordinal));
        await using var fault = await Scene.PlayAsync("network.http.status", room);
        await fault.InjectAsync();
        using (var client = await ConnectAsync())
        {
            await client.SendAsync(bytes);
            Assert.True(await client.ReceiveAsync(new byte[100]) == bytes.Length, what);
        }

        var last = await fault.ObserveAsync();
        Assert.Equal(0, last.Hits);
        Assert.EndsWith(
            "and could hit nothing: 1 connection was no HTTP/1.1, but TLS, HTTP/2 or something else", last.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_requests_that_match_are_hit()
    {
        var arguments = await NetworkScene.ArgumentsAsync("network.http.status", room);
        arguments["path"] = "/orders/{id}";
        arguments["method"] = "GET";
        arguments["status"] = 429;
        await using var fault = await FaultCase.MakeAsync("network.http.status", FaultCase.Request(arguments, room.Path));
        await fault.InjectAsync();
        Assert.Equal("hello", await SeenAsync("hello"));
        Assert.Equal(0, (await fault.ObserveAsync()).Hits);
        using var client = await ConnectAsync();
        await client.SendAsync("GET /orders/7 HTTP/1.1\r\nHost: x\r\n\r\n"u8.ToArray());
        Assert.StartsWith(
            "HTTP/1.1 429", await ReadAsync(client, text => text.Contains("\r\n", StringComparison.Ordinal)), StringComparison.Ordinal);
        await Eventually.HoldsAsync(async () => (await fault.ObserveAsync()).Hits > 0);
    }

    [Fact]
    public async Task Datagrams_are_hit_by_what_is_not_about_connections()
    {
        var stage = await ProxyStage.Shared;
        await stage.CreateAsync(NetworkScene.Name(room), ProxyProtocol.Udp);
        foreach (var kind in NetworkKinds.All.Select(kind => kind.Description.Name).Where(name => name != "network.partition"))
        {
            var planning = await FaultCase.PlanAsync(
                kind, FaultCase.Request(await NetworkScene.ArgumentsAsync(kind, NetworkScene.Name(room))));
            var isFor = kind is "network.latency" or "network.corrupt" or "network.blackhole" || NetworkScene.OfDatagrams.Contains(kind);
            Assert.Equal(isFor, planning.Problem is null);
            Assert.True(isFor || planning.Problem!.EndsWith(
                $" passes datagrams of UDP on, and {kind} hits connections of TCP alone", StringComparison.Ordinal), planning.Problem);
        }

        var connections = await stage.CreateAsync($"{NetworkScene.Name(room)}-tcp");
        foreach (var kind in NetworkScene.OfDatagrams)
        {
            Assert.Equal(
                $"proxy '{connections.Name}' ({connections.Listen} -> {connections.Upstream}) at {stage.Api.AbsoluteUri.TrimEnd('/')} passes connections of TCP on, and {kind} hits datagrams of UDP alone",
                await FaultCase.RefusalAsync(kind, await NetworkScene.ArgumentsAsync(kind, connections.Name)));
        }

        await using var fault = await FaultCase.MakeAsync(
            "network.blackhole", FaultCase.Request(await NetworkScene.ArgumentsAsync("network.blackhole", NetworkScene.Name(room))));
        await fault.InjectAsync();
        Assert.Equal(0, (await fault.ObserveAsync()).Hits);
        using var client = new UdpClient();
        await client.SendAsync(
            "x"u8.ToArray(), IPEndPoint.Parse(stage.Listen(NetworkScene.Name(room))), TestContext.Current.CancellationToken);
        await Eventually.HoldsAsync(async () => (await fault.ObserveAsync()).Hits > 0);
        await fault.RevertAsync();
        await fault.SeeItBackAsync();
    }

    [Theory]
    [InlineData("network.loss", "1 client, 3 datagrams, 5 bytes")]
    [InlineData("network.blackhole", "1 client, 3 datagrams, 5 bytes")]
    [InlineData("network.duplicate", "1 client, 3 datagrams, 5 bytes")]
    [InlineData("network.latency", "1 client, 3 datagrams, 5 bytes")]
    [InlineData("network.corrupt", "1 client, 1 datagram, 1 byte")]
    public async Task Of_datagrams_those_are_counted_to_which_something_was_done(string kind, string expected)
    {
        var arguments = await DatagramsAsync(kind);
        await using var fault = await FaultCase.MakeAsync(kind, FaultCase.Request(arguments, room.Path));
        await fault.InjectAsync();
        using var client = await ClientAsync();
        foreach (var length in (ReadOnlySpan<int>)[0, 1, 4])
        {
            client.Send(new byte[length]);
        }

        await Eventually.HoldsAsync(
            async () => (await fault.ObserveAsync()).Text.EndsWith($"and has hit {expected}", StringComparison.Ordinal));
        Assert.True((await fault.ObserveAsync()).Hits > 0);
        await fault.RevertAsync();
        await fault.SeeItBackAsync();
    }

    [Fact]
    public async Task Datagrams_that_are_held_back_and_not_overtaken_are_no_evidence_of_reorder()
    {
        var arguments = await DatagramsAsync("network.reorder");
        await using (var all = await FaultCase.MakeAsync("network.reorder", FaultCase.Request(arguments.DeepClone().AsObject(), room.Path)))
        {
            await all.InjectAsync();
            using var alone = await ClientAsync();
            alone.Send([1]);
            await Eventually.HoldsAsync(async () => (await all.ObserveAsync()).Text.EndsWith(
                "and has hit datagrams, and done to none what it is for", StringComparison.Ordinal));
            Assert.Equal(0, (await all.ObserveAsync()).Hits);
        }

        arguments["toxicity"] = 0.5;
        await using var fault = await FaultCase.MakeAsync("network.reorder", FaultCase.Request(arguments, room.Path));
        await fault.InjectAsync();
        using var client = await ClientAsync();
        await Eventually.HoldsAsync(async () =>
        {
            client.Send([1]);
            return (await fault.ObserveAsync()).Hits > 0;
        });
        Assert.Matches("and has hit 1 client, [0-9]+ datagrams?, [0-9]+ bytes?$", (await fault.ObserveAsync()).Text);
    }

    [Theory]
    [InlineData("network.http.header", """{"do": "remove", "name": "X-Nobody"}""")]
    [InlineData("network.http.header", """{"do": "set", "name": "X-Chaos", "value": "none"}""")]
    [InlineData("network.http.header", """{"of": "request", "do": "remove", "name": "X-Nobody"}""")]
    [InlineData("network.http.abort", """{"at": "answer", "bytes": 1000}""")]
    public async Task A_request_in_which_nothing_was_changed_is_no_evidence(string kind, string given)
    {
        var arguments = await NetworkScene.ArgumentsAsync(kind, room);
        foreach (var (name, value) in JsonNode.Parse(given)!.AsObject())
        {
            arguments[name] = value!.DeepClone();
        }

        await using var fault = await FaultCase.MakeAsync(kind, FaultCase.Request(arguments, room.Path));
        await fault.InjectAsync();
        Assert.Equal("hello", await SeenAsync("hello"));
        const string Nothing = "and has changed nothing: 1 request was hit in which there was nothing to change";
        await Eventually.HoldsAsync(() => fault.ObserveAsync().GetAwaiter().GetResult().Text.EndsWith(Nothing, StringComparison.Ordinal));
        Assert.Equal(0, (await fault.ObserveAsync()).Hits);
    }

    [Fact]
    public async Task The_end_of_an_idle_connection_that_is_late_is_no_evidence_of_latency()
    {
        await using var fault = await Scene.PlayAsync("network.latency", room);
        using var idle = await BeThereAsync();
        await fault.InjectAsync();
        idle.Shutdown(SocketShutdown.Send);
        Assert.Equal(0, await idle.ReceiveAsync(new byte[1], TestContext.Current.CancellationToken));
        var evidence = await fault.ObserveAsync();
        Assert.Equal(0, evidence.Hits);
        Assert.EndsWith("and has hit nothing", evidence.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_is_refused_since_the_upstream_is_not_there_was_not_hit()
    {
        var stage = await ProxyStage.Shared;
        await stage.CreateAsync(NetworkScene.Name(room), upstream: $"127.0.0.1:{FreePort.Next()}");
        var arguments = await NetworkScene.ArgumentsAsync("network.refuse", NetworkScene.Name(room));
        arguments["toxicity"] = 1e-9;
        await using var fault = await FaultCase.MakeAsync("network.refuse", FaultCase.Request(arguments, room.Path));
        await fault.InjectAsync();
        Assert.Equal("reset", await SeenAsync("reset"));
        Assert.Equal(0, (await fault.ObserveAsync()).Hits);
    }

    [Fact]
    public async Task What_is_hit_by_chance_comes_from_the_activity_and_not_from_the_faults_id()
    {
        await using var fault = await Scene.PlayAsync("network.latency", room);
        await fault.InjectAsync();
        Assert.Equal(fault.Record.Activity, (await ProxyStage.Shared).Label(NetworkScene.Name(room)));
    }

    [Fact]
    public async Task Two_faults_of_one_proxy_go_their_own_ways()
    {
        await using var slow = await Scene.PlayAsync("network.latency", room);
        var arguments = await NetworkScene.ArgumentsAsync("network.http.status", NetworkScene.Name(room));
        await using var lying = await FaultCase.MakeAsync("network.http.status", FaultCase.Request(arguments, room.Path));
        Assert.NotEqual(Assert.Single(slow.Record.Targets).Key, Assert.Single(lying.Record.Targets).Key);
        await slow.InjectAsync();
        await lying.InjectAsync();
        await slow.RevertAsync();
        await slow.SeeItBackAsync();
        await lying.SeeEffectAsync();
        Assert.Equal("HTTP/1.1 503", await SeenAsync("HTTP/1.1 503"));
    }

    private static async Task<string> ReadAsync(Socket client, Func<string, bool> isEnough)
    {
        var text = new StringBuilder();
        var buffer = new byte[4096];
        while (!isEnough(text.ToString()))
        {
            var read = await client.ReceiveAsync(buffer, TestContext.Current.CancellationToken);
            if (read == 0)
            {
                return $"{text}, closed";
            }

            text.Append(Encoding.Latin1.GetString(buffer, 0, read));
        }

        return text.ToString();
    }

    /// <summary>A proxy for datagrams, and how a fault is told to hit those on their way up.</summary>
    private async Task<JsonObject> DatagramsAsync(string kind)
    {
        await (await ProxyStage.Shared).CreateAsync(NetworkScene.Name(room), ProxyProtocol.Udp);
        var arguments = await NetworkScene.ArgumentsAsync(kind, NetworkScene.Name(room));
        if (kind == "network.corrupt")
        {
            arguments["every"] = 4;
        }

        if (kind != "network.blackhole")
        {
            arguments["stream"] = "upstream";
        }

        return arguments;
    }

    private async Task<UdpClient> ClientAsync()
    {
        var client = new UdpClient(AddressFamily.InterNetwork);
        client.Connect(IPEndPoint.Parse((await ProxyStage.Shared).Listen(NetworkScene.Name(room))));
        return client;
    }

    private async Task<string> StageToxicsAsync() => (await ProxyStage.Shared).Toxics(Path.GetFileName(room.Path));

    private async Task<Socket> ConnectAsync() => await ProxyStage.ConnectAsync((await ProxyStage.Shared).Listen(NetworkScene.Name(room)));

    /// <summary>A connection that the proxy has taken: the system connects before anybody has accepted.</summary>
    private async Task<Socket> BeThereAsync()
    {
        var stage = await ProxyStage.Shared;
        var idle = await ConnectAsync();
        await Eventually.HoldsAsync(() => stage.Connections(NetworkScene.Name(room)) == 1);
        return idle;
    }

    /// <summary>Asks through the proxy, and says what came of it, in the words in which it was expected.</summary>
    private async Task<string> SeenAsync(string expected)
    {
        try
        {
            var begun = Stopwatch.GetTimestamp();
            using var client = await ConnectAsync();
            await client.SendAsync(Encoding.ASCII.GetBytes(Request));
            if (expected == "nothing")
            {
                client.Shutdown(SocketShutdown.Send);
                return client.Poll(TimeSpan.FromMilliseconds(50), SelectMode.SelectRead) ? "something" : "nothing";
            }

            var text = await ReadAsync(client, text => expected switch
            {
                "reset" or "HT, closed" => false,
                "HTTP/1.1 503" => text.Contains("\r\n", StringComparison.Ordinal),
                _ => text.EndsWith("hello", StringComparison.Ordinal) || text.Length >= Whole,
            });
            if (expected == "hello" || expected.StartsWith("after", StringComparison.Ordinal))
            {
                client.Shutdown(SocketShutdown.Send);
                await client.ReceiveAsync(new byte[10], TestContext.Current.CancellationToken);
            }

            return text switch
            {
                _ when expected.StartsWith("HTTP", StringComparison.Ordinal) => text[..expected.Length],
                _ when text.Contains(expected, StringComparison.Ordinal) => expected,
                _ when text.EndsWith("hello", StringComparison.Ordinal) => Stopwatch.GetElapsedTime(begun) >= TimeSpan.FromMilliseconds(20)
                    && expected != "hello" ? "after 20 ms: hello" : "hello",
                _ when expected == "other" => "other",
                _ => text,
            };
        }
        catch (SocketException failure) when (failure.SocketErrorCode == SocketError.ConnectionReset)
        {
            return "reset";
        }
    }
}
