using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Turbulence.Load.Outcomes;
using Turbulence.Load.Requests;
using Turbulence.Load.Schedules;

namespace Turbulence.Load.Tests.Handlers;

/// <summary>What goes over TLS, HTTP/2 and proxies is sent on the same schedule, and accounted for alike.</summary>
public sealed class HandlerCarrierTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly LoadTransport Trusting = new(VerifiesServers: false);

    [Fact]
    public async Task Over_tls_all_that_is_due_is_sent_and_answers_are_told_apart()
    {
        var count = 0;
        await using var server = await SecureServer.StartAsync(context =>
        {
            var number = Interlocked.Increment(ref count);
            context.Response.StatusCode = number % 4 == 0 ? 503 : 200;
            context.Response.Headers["X-Server"] = number % 4 == 1 ? "blue" : "green";
            return context.Response.WriteAsync(number % 4 == 2 ? """{"server":"primary"}""" : new string('x', 100_000));
        });
        var result = await RunAsync(Plan(server.Url, 200, 0.2) with
        {
            Classes = [
                new("blue", new AnswerPattern("blue", AnswerPart.Header, "x-server")), new("primary", AnswerPattern.OfJsonPath("$.server")),
            ],
        });
        Assert.Equal(
            (40, 10, 10, 10, 10),
            (result.Intended, Count(result, "blue"), Count(result, "primary"), Count(result, "other"), Count(result, "error_status")));
        Assert.Equal(40, server.Traces.Distinct().Count());
        Assert.All(server.Traces, static trace => Assert.Matches("^00-[0-9a-f]{32}-[0-9a-f]{16}-01$", trace));
        Assert.Equal("HTTP/1.1", Assert.Single(server.Protocols).Key);
        Assert.InRange(server.Connections.Count, 1, 39);
    }

    [Fact]
    public async Task A_server_that_nobody_trusts_is_none_to_whom_a_connection_came_about()
    {
        await using var server = await SecureServer.StartAsync(static context => context.Response.WriteAsync("hello"));
        var result = await RunAsync(Plan(server.Url, 200, 0.1) with { Transport = LoadTransport.Usual });
        Assert.Equal((20, 20), (result.Intended, Count(result, "refused")));
        Assert.Equal([new LossReason("refused", "the server's certificate is not trusted: it is self-signed", 20)], result.Reasons);
        Assert.Empty(server.Traces);
    }

    [Fact]
    public async Task That_one_server_is_not_trusted_is_told_of_no_other()
    {
        await using var untrusted = await SecureServer.StartAsync(static context => context.Response.WriteAsync("hello"));
        await using var plain = await SecureServer.StartAsync(static context => context.Response.WriteAsync("hello"), isSecure: false);
        var none = new UriBuilder(plain.Url) { Scheme = "https" }.Uri;
        var plan = Plan(untrusted.Url, 200, 0.2);
        var requests = (LoadRequest[])[plan.Requests[0], plan.Requests[0] with { Url = none }];
        var result = await RunAsync(plan with { Requests = requests, Transport = LoadTransport.Usual });
        Assert.Equal((40, 40), (result.Intended, Count(result, "refused")));
        Assert.Equal(
            ["the TLS handshake failed", "the server's certificate is not trusted: it is self-signed"],
            result.Reasons.Select(static one => one.Reason).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_server_is_trusted_for_whom_the_file_of_certificates_vouches()
    {
        await using var server = await SecureServer.StartAsync(static context => context.Response.WriteAsync("hello"));
        await using var other = await SecureServer.StartAsync(static context => context.Response.WriteAsync("hello"));
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            var file = Path.Combine(folder.FullName, "ca.pem");
            await File.WriteAllTextAsync(file, server.Certificate, TestContext.Current.CancellationToken);
            var transport = new LoadTransport(Authorities: AuthorityFile.Read(file));
            Assert.Equal(20, Count(await RunAsync(Plan(server.Url, 200, 0.1) with { Transport = transport }), "ok"));
            var refused = await RunAsync(Plan(other.Url, 200, 0.1) with { Transport = transport });
            Assert.Equal([new LossReason("refused", "the server's certificate is not trusted: it is self-signed", 20)], refused.Reasons);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Over_http2_requests_share_a_connection_with_tls_and_without(bool isSecure)
    {
        await using var server = await SecureServer.StartAsync(
            static context => context.Response.WriteAsync("hello"), HttpProtocols.Http2, isSecure);
        var result =
            await RunAsync(Plan(server.Url, 200, 0.2) with { Transport = new LoadTransport(IsHttp2: true, VerifiesServers: false) });
        Assert.Equal((40, 40), (result.Intended, Count(result, "ok")));
        Assert.Equal(("HTTP/2", 40), (Assert.Single(server.Protocols).Key, server.Protocols.Single().Value));
        Assert.Single(server.Connections);
    }

    [Fact]
    public async Task Each_request_has_its_own_connection_where_that_is_asked_for()
    {
        await using var server = await SecureServer.StartAsync(static context => context.Response.WriteAsync("hello"));
        var result = await RunAsync(Plan(server.Url, 100, 0.2) with { Connections = LoadConnections.Fresh });
        Assert.Equal((20, 20), (Count(result, "ok"), server.Connections.Count));
    }

    [Fact]
    public async Task What_is_broken_off_is_reset_and_what_is_never_answered_times_out()
    {
        var count = 0;
        await using var server = await SecureServer.StartAsync(async context =>
        {
            switch (Interlocked.Increment(ref count) % 3)
            {
                case 0:
                    context.Abort();
                    break;
                case 1:
                    context.Response.ContentLength = 100;
                    await context.Response.WriteAsync("half");
                    await context.Response.Body.FlushAsync();
                    context.Abort();
                    break;
                default:
                    await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);
                    break;
            }
        });
        var result =
            await RunAsync(Plan(server.Url, 100, 0.3) with { Timeout = TimeSpan.FromSeconds(5), Connections = LoadConnections.Fresh });
        Assert.Equal((30, 20, 10, 30), (result.Intended, Count(result, "reset"), Count(result, "timed_out"), result.Lost));
        Assert.Equal(new LossReason("timed_out", "no answer within the time limit", 10), result.Reasons[^1]);
        Assert.All(result.Reasons.SkipLast(1), static one => Assert.Contains(
            one.Reason, ["the connection ended before the answer was whole", "the server reset the connection"], StringComparer.Ordinal));
    }

    [Fact]
    public async Task What_finds_all_places_taken_is_never_sent()
    {
        await using var server = await SecureServer.StartAsync(
            static context => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted));
        var result = await RunAsync(
            Plan(server.Url, 1_000_000, 0.00001) with { Timeout = TimeSpan.FromSeconds(0.8), Connections = new LoadConnections(Most: 2) });
        Assert.Equal((10, 10), (result.Intended, Count(result, "timed_out") + Count(result, "never_sent")));
        Assert.InRange(Count(result, "never_sent"), 1, 10);
    }

    [Fact]
    public async Task A_connection_that_nobody_waits_for_any_more_takes_nobodys_place()
    {
        // It takes connections and says nothing: the first one is given up long before the second request is due.
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var sending = RunAsync(Plan(new Uri($"https://{silent.LocalEndpoint}/"), 0.5, 4) with { Timeout = TimeSpan.FromSeconds(0.2) });
        using var first = await silent.AcceptSocketAsync(TestContext.Current.CancellationToken);
        var ended = EndedAsync(first);
        var second = silent.AcceptSocketAsync(TestContext.Current.CancellationToken).AsTask();
        await Task.WhenAny(second, sending);
        Assert.True(ended.IsCompleted);
        using var client = await second;
        Assert.Equal((2, 2), ((await sending).Intended, Count(await sending, "timed_out")));

        static async Task EndedAsync(Socket client)
        {
            var memory = new byte[4096];
            try
            {
                while (await client.ReceiveAsync(memory) > 0)
                {
                }
            }
            catch (SocketException)
            {
                // That is an end as well.
            }
        }
    }

    [Fact]
    public async Task A_server_that_is_not_there_refuses()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var port = ((IPEndPoint)silent.LocalEndpoint).Port;
        silent.Stop();
        var result = await RunAsync(Plan(new Uri($"https://127.0.0.1:{port}/"), 200, 0.1));
        Assert.Equal((20, 20), (result.Intended, Count(result, "refused")));
        Assert.Equal([new LossReason("refused", "connection refused", 20)], result.Reasons);
    }

    [Fact]
    public async Task A_proxy_is_asked_for_what_is_behind_it()
    {
        await using var proxy = new ScriptedServer(static _ => ScriptedServer.Ok());
        var result =
            await RunAsync(Plan(new Uri("http://nobody.invalid/a"), 100, 0.1) with { Transport = new LoadTransport(Proxy: proxy.Url) });
        Assert.Equal((10, 0), (Count(result, "ok"), result.Reasons.Count));
        Assert.All(
            proxy.Heads, static head => Assert.StartsWith("GET http://nobody.invalid/a HTTP/1.1\r\n", head, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_body_headers_and_baggage_arrive()
    {
        var seen = "";
        await using var server = await SecureServer.StartAsync(async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            seen =
                $"{context.Request.Method} {context.Request.ContentType} {context.Request.Headers["X-A"]} {context.Request.Headers["baggage"]} {await reader.ReadToEndAsync()}";
        });
        var plan = Plan(server.Url, 10, 0.1);
        var request = plan.Requests[0] with
        {
            Method = "POST",
            Headers = [KeyValuePair.Create("Content-Type", "text/plain"), KeyValuePair.Create("X-A", "b")],
            Baggage = [KeyValuePair.Create("run", "7")],
            Body = "hello"u8.ToArray(),
        };
        Assert.Equal(1, Count(await RunAsync(plan with { Requests = [request] }), "ok"));
        Assert.Equal("POST text/plain b run=7 hello", seen);
    }

    [Fact]
    public async Task Somebody_who_ends_it_early_is_told_what_nobody_knows()
    {
        using var stop = new CancellationTokenSource();
        var count = 0;
        await using var server = await SecureServer.StartAsync(async context =>
        {
            if (Interlocked.Increment(ref count) == 5)
            {
                await stop.CancelAsync();
            }

            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);
        });
        var result = await StoppedAsync(Plan(server.Url, 100, 600), stop.Token);
        Assert.Equal((0, result.Intended), (result.InFlight, Count(result, "cancelled")));
    }

    [Fact]
    public void What_http2_and_proxies_cannot_do_is_told_before()
    {
        var plan = Plan(new Uri("https://a/"), 1, 1);
        Assert.Null(LoadGenerator.Problem(plan));
        Assert.Equal(
            "over HTTP/2 all requests share connections, so there are no fresh ones",
            LoadGenerator.Problem(plan with { Transport = new LoadTransport(IsHttp2: true), Connections = LoadConnections.Fresh }));
        Assert.Equal(
            "the proxy must be an http URL",
            LoadGenerator.Problem(plan with { Transport = new LoadTransport(Proxy: new Uri("socks5://a/")) }));
    }

    private static LoadPlan Plan(Uri url, double rate, double seconds) =>
        new([new LoadRequest(url)], LoadSchedule.Constant(rate, TimeSpan.FromSeconds(seconds)))
        {
            Timeout = Patience,
            Transport = Trusting,
        };

    private static long Count(LoadResult result, string outcome) => result.Outcomes.Single(one => one.Key == outcome).Value;

    private static Task<LoadResult> RunAsync(LoadPlan plan) => StoppedAsync(plan, TestContext.Current.CancellationToken);

    private static Task<LoadResult> StoppedAsync(LoadPlan plan, CancellationToken stopping) =>
        new LoadGenerator(plan, TimeProvider.System).RunAsync(stopping);
}
