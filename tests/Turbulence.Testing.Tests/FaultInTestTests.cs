using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Turbulence.Events;
using Turbulence.Runs.Scopes;

namespace Turbulence.Testing.Tests;

public sealed class FaultInTestTests : IDisposable
{
    private readonly TestRoom room = new();

    public void Dispose() => room.Dispose();

    [Fact]
    public async Task A_fault_in_the_test_s_own_process_hits_the_calls_of_this_test_and_nobody_else_s()
    {
        await using var server = await HelloServer.StartAsync();
        using var client = new HttpClient { BaseAddress = server.Url };
        using var chaos = new ChaosTest(room.Options);
        await using var refused = await chaos.FaultAsync("dotnet.http", Refused(server.Url));

        await Assert.ThrowsAsync<HttpRequestException>(() => client.GetStringAsync(new Uri("/", UriKind.Relative), Token));
        Assert.Equal("hello", await ElsewhereAsync(() => client.GetStringAsync(new Uri("/", UriKind.Relative), Token)));

        var outcome = await refused.EndAsync();
        Assert.Equal(Verdict.Passed, outcome.Verdict);
        Assert.Equal(1, Assert.Single(outcome.Faults).Effect!.Hits);
        Assert.Equal("hello", await client.GetStringAsync(new Uri("/", UriKind.Relative), Token));
    }

    [Fact]
    public async Task Two_tests_side_by_side_hurt_one_process_each_its_own_way()
    {
        await using var server = await HelloServer.StartAsync();
        using var client = new HttpClient { BaseAddress = server.Url };
        using var both = new Barrier(2);

        async Task<int> OneAsync(int status)
        {
            using var chaos = new ChaosTest(room.Options);
            await using var answered = await chaos.FaultAsync("dotnet.http", Status(server.Url, status));
            both.SignalAndWait(Token);
            using var answer = await client.GetAsync(new Uri("/", UriKind.Relative), Token);
            both.SignalAndWait(Token);
            return (int)answer.StatusCode;
        }

        int[] expected = [503, 429];
        Assert.Equal(expected, await Task.WhenAll(Task.Run(() => OneAsync(503), Token), Task.Run(() => OneAsync(429), Token)));
        Assert.True(room.IsClean);
    }

    [Fact]
    public async Task A_service_that_runs_in_memory_is_hurt_through_the_handler_of_the_test()
    {
        await using var payments = await HelloServer.StartAsync();
        using var client = new HttpClient { BaseAddress = payments.Url };
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseTestServer();
        await using var shop = builder.Build();
        shop.MapGet("/order", async () =>
        {
            using var answer = await client.GetAsync(new Uri("/", UriKind.Relative));
            return Microsoft.AspNetCore.Http.Results.StatusCode((int)answer.StatusCode);
        });
        await shop.StartAsync(Token);
        using var chaos = new ChaosTest(room.Options);
        await using var broken = await chaos.FaultAsync("dotnet.http", Status(payments.Url, 503));
        using var marked = new HttpClient(Through(chaos, shop.GetTestServer())) { BaseAddress = new Uri("http://shop") };
        using var unmarked = shop.GetTestClient();

        Assert.Equal(503, await StatusAsync(marked));
        Assert.Equal(200, await ElsewhereAsync(() => StatusAsync(unmarked)));
    }

    [Fact]
    public async Task A_fault_that_hit_nothing_fails_the_test_and_says_whose_requests_were_meant()
    {
        await using var server = await HelloServer.StartAsync();
        using var client = new HttpClient { BaseAddress = server.Url };
        using var chaos = new ChaosTest(room.Options);
        var refused = await chaos.FaultAsync("dotnet.http", Refused(server.Url));
        await ElsewhereAsync(() => client.GetStringAsync(new Uri("/", UriKind.Relative), Token));

        var thrown = await Assert.ThrowsAsync<FaultScopeException>(async () => await refused.DisposeAsync());

        Assert.Contains("had no effect", thrown.Message, StringComparison.Ordinal);
        Assert.Contains(chaos.Baggage, thrown.Message, StringComparison.Ordinal);
        Assert.Contains("CreateHandler()", thrown.Message, StringComparison.Ordinal);
        Assert.True(room.IsClean);
    }

    [Fact]
    public async Task A_fault_of_everybody_is_asked_for()
    {
        await using var server = await HelloServer.StartAsync();
        using var client = new HttpClient { BaseAddress = server.Url };
        using var chaos = new ChaosTest(room.Options with { IsIsolated = false });
        await using var refused = await chaos.FaultAsync("dotnet.http", Refused(server.Url));

        await Assert.ThrowsAsync<HttpRequestException>(
            () => ElsewhereAsync(() => client.GetStringAsync(new Uri("/", UriKind.Relative), Token)));
    }

    [Fact]
    public async Task Code_calls_through_a_proxy_and_only_requests_of_the_test_are_answered_by_it()
    {
        await using var server = await HelloServer.StartAsync();
        using var chaos = new ChaosTest(room.Options);
        await using var proxies = await chaos.StartProxiesAsync();
        var proxy = await proxies.AddAsync("hello", server.Url.Authority);
        using var client = new HttpClient { BaseAddress = new Uri($"http://{proxy.Address}") };
        await using var broken = await chaos.FaultAsync("network.http.status", new() { ["status"] = 503 }, through: proxy);

        Assert.Equal(503, await StatusAsync(client, "/"));
        Assert.Equal(200, await ElsewhereAsync(() => StatusAsync(client, "/")));
    }

    [Fact]
    public async Task The_seed_is_told_before_the_first_fault_and_makes_the_same_choices_again()
    {
        await using var server = await HelloServer.StartAsync();
        using var client = new HttpClient { BaseAddress = server.Url };
        async Task<string> ChoicesAsync()
        {
            using var chaos = new ChaosTest(room.Options with { Seed = 4711 });
            var arguments = Status(server.Url, 503);
            arguments["share"] = 0.5;
            await using var some = await chaos.FaultAsync("dotnet.http", arguments);
            var choices = "";
            for (var i = 0; i < 20; i++)
            {
                choices += await StatusAsync(client, "/") == 503 ? '1' : '0';
            }

            return choices;
        }

        var first = await ChoicesAsync();
        Assert.Contains('0', first);
        Assert.Contains('1', first);
        Assert.Equal(first, await ChoicesAsync());
        Assert.Contains("TURBULENCE_SEED=4711", TestContext.Current.TestOutputHelper!.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_test_that_is_over_marks_no_request()
    {
        var before = System.Diagnostics.Activity.Current;
        using (var chaos = new ChaosTest(room.Options))
        {
            Assert.NotSame(before, System.Diagnostics.Activity.Current);
        }

        Assert.Same(before, System.Diagnostics.Activity.Current);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static JsonObject Refused(Uri url) => new() { ["host"] = url.Authority, ["fail"] = "refused" };

    private static JsonObject Status(Uri url, int status) => new() { ["host"] = url.Authority, ["status"] = status };

    private static DelegatingHandler Through(ChaosTest chaos, TestServer server)
    {
        var handler = chaos.CreateHandler();
        handler.InnerHandler = server.CreateHandler();
        return handler;
    }

    private static async Task<int> StatusAsync(HttpClient client, string path = "/order")
    {
        using var answer = await client.GetAsync(new Uri(path, UriKind.Relative), Token);
        return (int)answer.StatusCode;
    }

    // What another test does at the same time: not in the flow of this one.
    private static Task<T> ElsewhereAsync<T>(Func<Task<T>> work)
    {
        using (ExecutionContext.SuppressFlow())
        {
            return Task.Run(work, Token);
        }
    }
}
