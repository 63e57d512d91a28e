using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Turbulence.Faults.Residents;
using Turbulence.Platform.Sockets;

namespace Turbulence.Faults.Kinds.Tests.Kinds;

/// <summary>What faults inside a running .NET program do to it, and that it is as it was when they are over.</summary>
public abstract class DotNetKindsTests(InnerPair pair, string version)
{
    private readonly InnerProcess process = pair.Target;
    private readonly InnerProcess server = pair.Server;

    private string Url => $"http://127.0.0.1:{server.Port}/orders/7";

    [Fact]
    public async Task The_plan_says_which_NET_it_is()
    {
        var planning = await FaultCase.PlanAsync("dotnet.http", FaultCase.Request(new() { ["pid"] = process.Id, ["fail"] = "refused" }));
        Assert.Contains($", .NET {version}.", planning.Plan!.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("refused", "HttpRequestException < SocketException", "Connection refused")]
    [InlineData("reset", "HttpRequestException < IOException < SocketException", "An error occurred while sending the request")]
    [InlineData("unreachable", "HttpRequestException < SocketException", "No route to host")]
    [InlineData("name", "HttpRequestException < SocketException", "127.0.0.1")]
    public async Task A_call_fails_as_HttpClient_tells_it(string how, string types, string message)
    {
        await using var fault = await PutAsync("dotnet.http", new() { ["host"] = $"127.0.0.1:{server.Port}", ["fail"] = how });
        var said = await process.CallAsync(Url);
        Assert.Equal(types, said[0]);
        Assert.Contains(message, said[1], StringComparison.Ordinal);
        Assert.Equal("as it was", said[3]);
        await TakeBackAsync(fault, 1);
        Assert.Equal(["200", "order 7"], (await process.CallAsync(Url))[..2]);
    }

    [Fact]
    public async Task A_call_waits_and_is_sent_as_it_is()
    {
        await using var fault = await PutAsync("dotnet.http", new() { ["path"] = "^/(orders|echo)", ["delay"] = 0.3 });
        var get = await process.CallAsync(Url);
        Assert.Equal(["200", "order 7"], get[..2]);
        Assert.True(Milliseconds(get[2]) >= 290, get[2]);
        Assert.Equal("as it was", get[3]);
        var post = (await process.AskAsync($"/post?url={Uri.EscapeDataString($"http://127.0.0.1:{server.Port}/echo")}&body=hello")).Split('|');
        Assert.Equal(["200", "hello"], post[..2]);
        Assert.True(Milliseconds(post[2]) >= 290, post[2]);
        Assert.Equal("as it was", post[3]);
        await TakeBackAsync(fault, 2);
    }

    [Fact]
    public async Task Who_waits_goes_on_when_the_fault_is_taken_back()
    {
        await using var fault = await PutAsync("dotnet.http", new() { ["delay"] = 600 });
        var waiting = process.CallAsync(Url);
        await Eventually.HoldsAsync(async () => (await fault.ObserveAsync()).Hits == 1);
        await TakeBackAsync(fault, 1);
        Assert.Equal(["200", "order 7"], (await waiting)[..2]);
    }

    [Theory]
    [InlineData("delay")]
    [InlineData("status")]
    [InlineData("to")]
    public async Task Who_calls_while_a_fault_comes_and_goes_is_not_hurt_by_that(string how)
    {
        var calling = process.AskAsync($"/calls?url={Uri.EscapeDataString(Url)}&count=1500");
        while (!calling.IsCompleted)
        {
            await using var fault = await PutAsync("dotnet.http", how switch
            {
                "delay" => new() { ["delay"] = 600 },
                "status" => new() { ["status"] = 200, ["body"] = "order 7" },
                _ => new() { ["to"] = $"http://localhost:{server.Port}" },
            });
            await Eventually.HoldsAsync(async () => calling.IsCompleted || (await fault.ObserveAsync()).Hits > 0);
        }

        Assert.Equal("200 order 7, as it was", await calling);
    }

    [Fact]
    public async Task A_call_is_answered_without_being_sent()
    {
        await using var fault = await PutAsync("dotnet.http", new() { ["host"] = "127.0.0.1", ["status"] = 418, ["body"] = "tea: é" });
        Assert.Equal(["418", "tea: é"], (await process.CallAsync("http://127.0.0.1:1/nobody-is-there"))[..2]);
        var post = (await process.AskAsync($"/post?url={Uri.EscapeDataString(Url)}&body={new string('x', 2_000)}")).Split('|');
        Assert.Equal(["418", "tea: é"], post[..2]);
        Assert.Equal("as it was", post[3]);
        await TakeBackAsync(fault, 2);
        Assert.Equal("200", (await process.CallAsync(Url))[0]);
    }

    [Theory]
    [InlineData("POST / HTTP/1.1\r\nContent-Length: many\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nContent-Length: 99999999999999999999999\r\n\r\n")]
    [InlineData("")]
    public async Task Whatever_a_stranger_says_where_calls_are_answered_ends_neither_the_process_nor_the_fault(string said)
    {
        var own = ListeningProcess.Ports(process.Id);
        await using var fault = await PutAsync("dotnet.http", new() { ["status"] = 418 });
        var port = Assert.Single(ListeningProcess.Ports(process.Id).Except(own));
        using (var stranger = new TcpClient("127.0.0.1", port))
        {
            var stream = stranger.GetStream();
            stream.Write(Encoding.ASCII.GetBytes(said));
            stranger.Client.Shutdown(SocketShutdown.Send);
            while (stream.ReadByte() >= 0)
            {
            }
        }

        Assert.Equal("418", (await process.CallAsync(Url))[0]);
        await TakeBackAsync(fault, 1);
    }

    [Fact]
    public async Task A_call_is_sent_and_its_answer_is_lost()
    {
        await using var fault = await PutAsync("dotnet.http", new() { ["lose"] = true });
        await using var seen = await PutAsync("dotnet.request", new() { ["route"] = "/orders/{id}", ["delay"] = 0.001 }, server);
        var said = await process.CallAsync(Url);
        Assert.Equal("HttpRequestException < HttpIOException", said[0]);
        Assert.Equal(1, (await seen.ObserveAsync()).Hits);
        await TakeBackAsync(fault, 1);
    }

    [Fact]
    public async Task A_call_is_sent_elsewhere_and_says_whom_it_was_for()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        await using var fault = await PutAsync(
            "dotnet.http", new() { ["host"] = "shop.test", ["to"] = $"http://127.0.0.1:{((IPEndPoint)other.LocalEndpoint).Port}" });
        var calling = process.CallAsync("http://shop.test/orders/7?x=1");
        using (var client = await other.AcceptTcpClientAsync(TestContext.Current.CancellationToken))
        {
            using var reader = new StreamReader(client.GetStream());
            Assert.Equal("GET /orders/7?x=1 HTTP/1.1", await reader.ReadLineAsync(TestContext.Current.CancellationToken));
            Assert.Equal("Host: shop.test", await reader.ReadLineAsync(TestContext.Current.CancellationToken));
            Assert.Equal("", await reader.ReadLineAsync(TestContext.Current.CancellationToken));
            client.GetStream().Write("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nelse"u8);
        }

        Assert.Equal(["200", "else"], (await calling)[..2]);
        await TakeBackAsync(fault, 1);
    }

    [Theory]
    [InlineData("share", 0.5, 30, 70)]
    [InlineData("every", 4, 25, 25)]
    [InlineData("nth", 3, 1, 1)]
    [InlineData("first", 7, 7, 7)]
    [InlineData("after", 600, 0, 0)]
    [InlineData("until", 0.0001, 0, 0)]
    public async Task Only_so_many_are_hit(string argument, double value, int least, int most)
    {
        await using var fault = await PutAsync("dotnet.http", new() { ["fail"] = "refused", [argument] = value });
        var failed = 0;
        for (var i = 0; i < 100; i++)
        {
            failed += (await process.CallAsync(Url))[0] == "200" ? 0 : 1;
        }

        Assert.InRange(failed, least, most);
        var evidence = await fault.ObserveAsync();
        Assert.Equal(failed, evidence.Hits);
        Assert.Contains($"{failed} of 100 calls that matched hit, of 100 seen", evidence.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_does_not_match_is_left_alone()
    {
        await using var host = await PutAsync("dotnet.http", new() { ["host"] = "127.0.0.1:1", ["fail"] = "refused" });
        await using var path = await PutAsync("dotnet.http", new() { ["path"] = "^/other", ["fail"] = "refused" });
        await using var method = await PutAsync("dotnet.http", new() { ["method"] = "DELETE", ["fail"] = "refused" });
        Assert.Equal("200", (await process.CallAsync(Url))[0]);
        Assert.All([host, path, method], fault => Assert.Contains("of 1 seen", fault.ObserveAsync().Result.Text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_pattern_that_takes_too_long_to_be_searched_hurts_nobody()
    {
        await using var fault = await PutAsync("dotnet.http", new() { ["path"] = "^(?=/)/(a|a)*$", ["fail"] = "refused" });
        Assert.Equal("404", (await process.CallAsync($"http://127.0.0.1:{server.Port}/{new string('a', 40)}!"))[0]);
        Assert.Equal(0, (await fault.ObserveAsync()).Hits);
    }

    [Fact]
    public async Task A_pattern_without_lookarounds_is_found_whatever_it_would_take_to_try_all_ways()
    {
        await using var fault = await PutAsync("dotnet.http", new() { ["path"] = "^/((a|a)*x|a+!)$", ["fail"] = "refused" });
        Assert.StartsWith(
            "HttpRequestException", (await process.CallAsync($"http://127.0.0.1:{server.Port}/{new string('a', 40)}!"))[0], StringComparison.Ordinal);
        await TakeBackAsync(fault, 1);
    }

    [Fact]
    public async Task A_request_of_a_route_gets_another_answer_or_waits_or_is_broken_off()
    {
        await using (var fault = await PutAsync("dotnet.request", new() { ["route"] = "orders/{id}", ["status"] = 503, ["body"] = "no" }))
        {
            Assert.Equal("503 no", await process.TryAsync("/orders/7"));
            Assert.Equal("200 pong", await process.TryAsync("/ping"));
            await TakeBackAsync(fault, 1);
        }

        Assert.Equal("200 order 7", await process.TryAsync("/orders/7"));
        await using (var fault = await PutAsync("dotnet.request", new() { ["path"] = "^/orders", ["abort"] = true }))
        {
            Assert.Equal("HttpRequestException", await process.TryAsync("/orders/7"));
            Assert.Equal("200 pong", await process.TryAsync("/ping"));
            await TakeBackAsync(fault, 1);
        }

        await using (var fault = await PutAsync("dotnet.request", new() { ["path"] = "^/orders", ["delay"] = 600 }))
        {
            var waiting = process.TryAsync("/orders/7");
            await Eventually.HoldsAsync(async () => (await fault.ObserveAsync()).Hits == 1);
            await TakeBackAsync(fault, 1);
            Assert.Equal("200 order 7", await waiting);
        }
    }

    [Fact]
    public async Task An_operation_fails_by_its_span_and_leaves_no_span_behind()
    {
        await using var fault = await PutAsync("dotnet.span", new()
        {
            ["source"] = "InnerTarget.*",
            ["operation"] = "buy*",
            ["tags"] = new JsonArray("shop.tag=red"),
            ["exception"] = "System.TimeoutException",
        });
        Assert.StartsWith("TimeoutException", await process.AskAsync("/own?name=buy%20one&tag=red"), StringComparison.Ordinal);
        Assert.EndsWith("|as it was", await process.AskAsync("/own?name=buy%20one&tag=red"), StringComparison.Ordinal);
        Assert.StartsWith("done|", await process.AskAsync("/own?name=buy&tag=blue"), StringComparison.Ordinal);
        Assert.StartsWith("done|", await process.AskAsync("/own?name=sell&tag=red"), StringComparison.Ordinal);
        Assert.Contains("1 had not all of the tags", (await fault.ObserveAsync()).Text, StringComparison.Ordinal);
        Assert.EndsWith("True", await process.AskAsync("/state"), StringComparison.Ordinal);
        await TakeBackAsync(fault, 2);
        Assert.StartsWith("done|", await process.AskAsync("/own?name=buy&tag=red"), StringComparison.Ordinal);
        Assert.EndsWith("False", await process.AskAsync("/state"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Shop.NoSuchException", "there is no exception type 'Shop.NoSuchException' in this process")]
    [InlineData("System.String", "there is no exception type 'System.String' in this process")]
    public async Task An_exception_that_cannot_be_made_is_refused(string type, string reason)
    {
        await using var fault = await MakeAsync("dotnet.span", new() { ["source"] = "InnerTarget.Work", ["exception"] = type }, process);
        Assert.Contains(reason, await fault.TryInjectAsync(), StringComparison.Ordinal);
        await fault.RevertAsync();
        await fault.SeeItBackAsync();
        Assert.StartsWith("done|", await process.AskAsync("/own?name=buy&tag=red"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_library_throws_that_nobody_knows_is_not_thrown()
    {
        await using var fault = await PutAsync("dotnet.span", new() { ["source"] = "InnerTarget.Work", ["fail"] = true });
        Assert.StartsWith("done|", await process.AskAsync("/own?name=buy&tag=red"), StringComparison.Ordinal);
        var evidence = await fault.ObserveAsync();
        Assert.False(evidence.Seen);
        Assert.Contains("name it by 'exception'", evidence.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pool_whose_workers_are_held_makes_what_is_queued_wait()
    {
        await using var fault = await PutAsync("dotnet.threadpool", new() { ["queue_delay"] = 0.2 });
        await fault.SeeEffectAsync();
        await TakeBackAsync(fault, null);
        Assert.Equal("200 pong", await process.TryAsync("/ping"));
    }

    [Fact]
    public async Task Collections_stop_every_thread()
    {
        var before = (await process.AskAsync("/state")).Split(' ')[1];
        await using var fault = await PutAsync("dotnet.gc", new() { ["share"] = 0.2 });
        await Eventually.HoldsAsync(async () => Milliseconds((await process.AskAsync("/state")).Split(' ')[1]) > Milliseconds(before) + 3);
        await TakeBackAsync(fault, null);
    }

    [GateFact]
    public async Task Collections_of_a_small_heap_take_no_more_than_their_share()
    {
        await using var fault = await PutAsync("dotnet.gc", new() { ["share"] = 0.05 });
        var seen = "";
        await Eventually.HoldsAsync(async () => Milliseconds((seen = (await fault.ObserveAsync()).Text).Split(' ')[2]) > 200);
        Assert.InRange(Milliseconds(seen[(seen.LastIndexOf('(') + 1)..^3]), 0, 10);
        await TakeBackAsync(fault, null);
    }

    [Fact]
    public async Task A_leak_grows_to_its_bound_and_is_given_back()
    {
        var before = Memory(await process.AskAsync("/state"));
        await using var fault = await PutAsync("dotnet.memory", new() { ["bytes"] = "64MiB" });
        await Eventually.HoldsAsync(async () => (await fault.ObserveAsync()).Text.Contains("64 MiB of 64 held", StringComparison.Ordinal));
        Assert.InRange(Memory(await process.AskAsync("/state")) - before, 60 << 20, 70 << 20);
        await TakeBackAsync(fault, null);
        Assert.InRange(Memory(await process.AskAsync("/state")) - before, -10 << 20, 10 << 20);
    }

    [Theory]
    [InlineData("dotnet.lock", "hold")]
    [InlineData("dotnet.span", "delay")]
    [InlineData("dotnet.http", "delay")]
    [InlineData("dotnet.request", "delay")]
    public async Task A_time_that_is_longer_than_any_timer_waits_is_waited_for_until_it_is_taken_back(string kind, string argument)
    {
        var arguments = kind switch
        {
            "dotnet.lock" => new JsonObject { ["type"] = "InnerTarget.Work", ["field"] = "Gate" },
            "dotnet.span" => new JsonObject { ["source"] = "InnerTarget.Work" },
            "dotnet.http" => [],
            _ => new JsonObject { ["path"] = "^/orders" },
        };
        arguments[argument] = 1e10;
        await using var fault = await PutAsync(kind, arguments);
        await fault.SeeEffectAsync();
        var waiting = kind switch
        {
            "dotnet.lock" => process.AskAsync("/lock"),
            "dotnet.span" => process.AskAsync("/own?name=buy&tag=red"),
            "dotnet.http" => process.AskAsync($"/call?url={Uri.EscapeDataString(Url)}"),
            _ => process.AskAsync("/orders/7"),
        };
        await Eventually.HoldsAsync(async () => (await fault.ObserveAsync()) is { Hits: 1 } or { Hits: null });
        Assert.Equal("200 pong", await process.TryAsync("/ping"));
        Assert.False(waiting.IsCompleted);
        await fault.ForgetAsync();
        await fault.RevertAsync();
        await fault.SeeItBackAsync();
        Assert.DoesNotContain("Exception", await waiting, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lock_that_is_held_is_waited_for()
    {
        await using var fault = await PutAsync("dotnet.lock", new() { ["type"] = "InnerTarget.Work", ["field"] = "Gate" });
        await fault.SeeEffectAsync();
        var waiting = process.AskAsync("/lock");
        await Eventually.HoldsAsync(async () =>
            (await fault.ObserveAsync()).Text.Contains("1 waits for monitors", StringComparison.Ordinal));
        Assert.False(waiting.IsCompleted);
        await TakeBackAsync(fault, null);
        await waiting;
    }

    [Theory]
    [InlineData("InnerTarget.Nothing", null, "no type 'InnerTarget.Nothing'")]
    [InlineData("InnerTarget.Work", "Nothing", "no static field 'Nothing'")]
    [InlineData("InnerTarget.Work", "firstChances", "no object that could be locked")]
    public async Task A_lock_that_is_not_there_is_refused(string type, string? field, string reason)
    {
        await using var fault = await MakeAsync("dotnet.lock", new() { ["type"] = type, ["field"] = field }, process);
        Assert.Contains(reason, await fault.TryInjectAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Exceptions_are_thrown_and_caught()
    {
        var before = Milliseconds((await process.AskAsync("/state")).Split(' ')[3]);
        await using var fault = await PutAsync("dotnet.exception", new() { ["rate"] = 1000, ["exception"] = "System.TimeoutException" });
        await Eventually.HoldsAsync(async () => Milliseconds((await process.AskAsync("/state")).Split(' ')[3]) > before + 20);
        await TakeBackAsync(fault, null);
    }

    [Fact]
    public async Task Exceptions_whose_type_is_named_in_another_way_are_caught_as_well()
    {
        await using var fault = await PutAsync("dotnet.exception", new() { ["rate"] = 100, ["exception"] = " System.TimeoutException" });
        await fault.SeeEffectAsync();
        Assert.Equal("200 pong", await process.TryAsync("/ping"));
        await TakeBackAsync(fault, null);
    }

    [Fact]
    public async Task A_tag_that_cannot_be_told_does_not_come_out_of_the_operation()
    {
        await using (var fault = await PutAsync("dotnet.span", new()
        {
            ["source"] = "InnerTarget.Work",
            ["tags"] = new JsonArray("shop.tag=red"),
            ["exception"] = "System.TimeoutException",
        }))
        {
            Assert.StartsWith("done|", await process.AskAsync("/own?name=buy&tag=untold"), StringComparison.Ordinal);
            await TakeBackAsync(fault, 0);
        }

        var (watch, problem) = await SpanWatch.BeginAsync(process.Id, TimeProvider.System, TestContext.Current.CancellationToken);
        Assert.Null(problem);
        await using (watch)
        {
            Assert.StartsWith("done|", await process.AskAsync("/own?name=buy&tag=untold"), StringComparison.Ordinal);
            var (seen, _) = await watch!.ReadAsync(TestContext.Current.CancellationToken);
            Assert.Contains(seen!, static operation => operation.Operation == "buy");
        }
    }

    private static double Milliseconds(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static long Memory(string state) => long.Parse(state.Split(' ')[0], CultureInfo.InvariantCulture);

    private static async Task<FaultCase> MakeAsync(string kind, JsonObject arguments, InnerProcess target)
    {
        arguments["pid"] = target.Id;
        return await FaultCase.MakeAsync(kind, FaultCase.Request(arguments));
    }

    private async Task<FaultCase> PutAsync(string kind, JsonObject arguments, InnerProcess? target = null)
    {
        var fault = await MakeAsync(kind, arguments, target ?? process);
        await fault.InjectAsync();
        return fault;
    }

    private async Task TakeBackAsync(FaultCase fault, long? hits)
    {
        Assert.Equal(hits, (await fault.ObserveAsync()).Hits);
        await fault.ForgetAsync();
        await fault.RevertAsync();
        await fault.SeeItBackAsync();

        // A thread that has done all it had to still has to end.
        await Eventually.HoldsAsync(() => process.Residue() is null);
    }
}
