using System.Net;
using System.Net.Sockets;
using CsCheck;
using Turbulence.Load.Outcomes;
using Turbulence.Load.Requests;
using Turbulence.Load.Schedules;

namespace Turbulence.Load.Tests;

public sealed class LoadGeneratorTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task All_that_is_due_is_sent_and_answered_on_few_connections()
    {
        await using var server = new ScriptedServer(static _ => ScriptedServer.Ok());
        var result = await RunAsync(Plan(server, 500, 0.4));
        Assert.Equal((200, 0, 200), (result.Intended, result.Lost, Count(result, "ok")));
        Assert.Equal(200, server.Requests);
        Assert.InRange(server.Connections, 1, 199);
        Assert.Null(result.Shortage);
    }

    [Fact]
    public async Task Each_request_has_its_own_connection_where_that_is_asked_for()
    {
        await using var server = new ScriptedServer(static asked =>
            new Reply(asked.Head.Contains("Connection: close", StringComparison.Ordinal) ? Then.Close : Then.Keep, ScriptedServer.Ok()));
        var result = await RunAsync(Plan(server, 500, 0.1) with { Connections = LoadConnections.Fresh });
        Assert.Equal((50, 50, 50), (Count(result, "ok"), server.Connections, server.Requests));
    }

    [Fact]
    public async Task Answers_are_told_apart_by_what_is_in_them()
    {
        await using var server = new ScriptedServer(static asked => (asked.Number % 5) switch
        {
            0 => "HTTP/1.1 503 No\r\nContent-Length: 0\r\n\r\n",
            1 => "HTTP/1.1 200 OK\r\nX-Server: blue\r\nContent-Length: 0\r\n\r\n",
            2 => ScriptedServer.Ok("primary"),
            3 => ScriptedServer.Ok("secondary 12"),
            _ => ScriptedServer.Ok("somebody"),
        });
        var result = await RunAsync(Plan(server, 500, 0.2) with
        {
            Classes = [new("blue", new AnswerPattern("blue", AnswerPart.Header, "x-server")), new(
                "primary", new AnswerPattern("primary")), new("secondary", new AnswerPattern("secondary [0-9]+"))],
        });
        Assert.Equal(
            [20, 20, 20, 20, 20], new[] { "blue", "primary", "secondary", "other", "error_status" }.Select(name => Count(result, name)));
        Assert.Equal(20, result.Lost);
    }

    [Fact]
    public async Task An_answer_without_what_must_be_in_it_is_wrong_and_so_is_garbage()
    {
        await using var server = new ScriptedServer(static asked => (asked.Number % 4) switch
        {
            0 => ScriptedServer.Ok("not it"),
            1 => "220 mail.example ESMTP\r\n",
            2 => "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nabc",
            _ => ScriptedServer.Ok("42"),
        });
        var plan = Plan(server, 400, 0.2);
        var result = await RunAsync(plan with { Requests = [plan.Requests[0] with { Check = new AnswerPattern("^[0-9]+$") }] });
        Assert.Equal((80, 60, 20, 60), (result.Intended, Count(result, "wrong_answer"), Count(result, "ok"), result.Lost));
        Assert.Equal(60, result.Reasons.Sum(static one => one.Count));
    }

    [Fact]
    public async Task A_connection_that_ends_before_its_answer_loses_the_request_and_nothing_is_sent_twice()
    {
        await using var server = new ScriptedServer(static asked => (asked.Number % 4) switch
        {
            0 => new Reply(Then.Reset),
            1 => new Reply(Then.Close),
            2 => new Reply(Then.Reset, "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhel"),
            _ => ScriptedServer.Ok(),
        });
        var result = await RunAsync(Plan(server, 400, 0.2));
        Assert.Equal((80, 60, 20, 80), (result.Intended, Count(result, "reset"), Count(result, "ok"), server.Requests));
        Assert.Equal(
            [
                new LossReason("reset", "the connection ended in the middle of the answer", 20),
                new LossReason("reset", "the server closed the connection without an answer", 20),
                new LossReason("reset", "the server reset the connection", 20),
            ],
            result.Reasons);
    }

    [Fact]
    public async Task A_server_that_is_not_there_refuses_and_one_that_nobody_knows_does_too()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var port = ((IPEndPoint)silent.LocalEndpoint).Port;
        silent.Stop();
        foreach (var url in new[] { $"http://127.0.0.1:{port}/", "http://nobody.invalid/" })
        {
            var result =
                await RunAsync(new LoadPlan([new LoadRequest(new Uri(url))], LoadSchedule.Constant(500, TimeSpan.FromSeconds(0.1))));
            Assert.Equal((50, 50, 50), (result.Intended, result.Lost, Count(result, "refused")));
            Assert.Equal(2000, result.Latency.P50, 0.1);
            var reason = Assert.Single(result.Reasons);
            Assert.Equal(("refused", 50), (reason.Outcome, reason.Count));
            Assert.StartsWith(url.Contains("nobody.invalid", StringComparison.Ordinal)
                ? "no address was found for nobody.invalid: "
                : "connection refused", reason.Reason, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_server_that_says_nothing_times_out_from_the_moment_at_which_the_request_was_due()
    {
        await using var server = new ScriptedServer(static _ => new Reply(Then.Hang));
        var collected = new Samples();
        var result = await RunAsync(Plan(server, 100, 0.2) with { Timeout = TimeSpan.FromSeconds(0.3) }, collected);
        Assert.Equal((20, 20, 20), (result.Intended, result.Lost, Count(result, "timed_out")));
        Assert.All(collected.All, sample => Assert.InRange(sample.Latency, 300_000_000, long.MaxValue));
        Assert.Equal([new LossReason("timed_out", "no answer within the time limit", 20)], result.Reasons);
        Assert.Equal(
            Enumerable.Range(0, 20).Select(static i => i * 10_000_000L), collected.All.Select(static sample => sample.Due).Order());
    }

    [Fact]
    public async Task What_finds_all_connections_waiting_is_sent_when_one_is_free_or_never()
    {
        // Two answers, then silence: two connections are all there may be.
        await using var server = new ScriptedServer(static asked => asked.Number <= 2 ? ScriptedServer.Ok() : new Reply(Then.Hang));
        // All are due at once, so that the time of all is over before one of those that wait can have the connection of another.
        var result = await RunAsync(
            Plan(server, 1_000_000, 0.00002) with { Timeout = TimeSpan.FromSeconds(0.4), Connections = new LoadConnections(Most: 2) });
        Assert.Equal((20, 2, 18), (result.Intended, Count(result, "ok"), Count(result, "timed_out") + Count(result, "never_sent")));
        Assert.InRange(Count(result, "never_sent"), 1, 16);
        Assert.Equal(18, result.Lost);
        Assert.Null(result.Shortage);
        Assert.Equal(
            [("never_sent", "all connections that there may be were waiting for answers", Count(
                result, "never_sent")), ("timed_out", "no answer within the time limit", Count(result, "timed_out"))],
            result.Reasons.Select(static one => (one.Outcome, one.Reason, one.Count)).OrderBy(static one => one.Outcome));
    }

    [Fact]
    public async Task Somebody_who_ends_it_early_is_told_what_nobody_knows()
    {
        using var stop = new CancellationTokenSource();
        await using var server = new ScriptedServer(asked =>
        {
            if (asked.Number == 30)
            {
                stop.Cancel();
            }

            return asked.Number <= 20 ? ScriptedServer.Ok() : new Reply(Then.Hang);
        });
        var result = await RunAsync(Plan(server, 500, 600) with { Timeout = Patience }, stopping: stop.Token);
        Assert.Equal((20, 0), (Count(result, "ok"), result.Lost));
        Assert.InRange(Count(result, "cancelled"), 10, 100_000);
        Assert.Equal(result.Intended, result.Outcomes.Sum(static one => one.Value));
        Assert.Equal(0, result.InFlight);
    }

    [Fact]
    public async Task In_the_closed_model_each_user_waits_for_his_answer()
    {
        var (now, most) = (0, 0);
        await using var server = new ScriptedServer(async _ =>
        {
            most = Math.Max(most, Interlocked.Increment(ref now));
            await Task.Yield();
            Interlocked.Decrement(ref now);
            return ScriptedServer.Ok();
        });
        var result = await RunAsync(new LoadPlan([new LoadRequest(server.Url)], LoadSchedule.Closed(3, TimeSpan.FromSeconds(0.3))));
        Assert.Equal((0, 3), (result.Lost, server.Connections));
        Assert.InRange(most, 1, 3);
        Assert.InRange(result.Intended, 3, long.MaxValue);
        Assert.Equal(result.Intended, server.Requests);
    }

    [Fact]
    public async Task A_server_that_refuses_everybody_does_not_keep_the_closed_model_from_its_end()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var url = $"http://127.0.0.1:{((IPEndPoint)silent.LocalEndpoint).Port}/";
        silent.Stop();
        var result = await RunAsync(new LoadPlan([new LoadRequest(new Uri(url))], LoadSchedule.Closed(10, TimeSpan.FromSeconds(0.1))));
        Assert.Equal(result.Intended, Count(result, "refused"));
    }

    [Fact]
    public async Task Servers_share_the_connections_that_there_may_be()
    {
        await using var one = new ScriptedServer(static _ => ScriptedServer.Ok());
        await using var two = new ScriptedServer(static _ => ScriptedServer.Ok());
        var result = await RunAsync(new LoadPlan(
            [new LoadRequest(one.Url), new LoadRequest(two.Url)], LoadSchedule.Constant(200, TimeSpan.FromSeconds(0.3)))
        {
            Connections = new LoadConnections(Most: 1),
            Timeout = Patience,
        });
        Assert.Equal((60, 60), (result.Intended, Count(result, "ok")));
        Assert.Equal(60, one.Requests + two.Requests);
        Assert.True(one.Requests > 10 && two.Requests > 10);
    }

    [Fact]
    public async Task A_large_request_is_sent_whole_and_one_that_is_answered_before_that_is_answered()
    {
        await using var server = new ScriptedServer(static asked => asked.Connection == 1
            ? new Reply(Then.Close, "HTTP/1.1 413 No\r\nContent-Length: 0\r\n\r\n")
            : ScriptedServer.Ok());
        var plan = Plan(server, 10, 0.1);
        var result = await RunAsync(plan with
        {
            Requests = [plan.Requests[0] with { Method = "POST", Body = new byte[8 << 20], Expected = new ExpectedStatuses((200, 200)) }],
        });
        Assert.Equal(1, result.Intended);
        Assert.Equal(1, Count(result, "error_status") + Count(result, "reset"));
    }

    [Fact]
    public Task Whatever_servers_do_every_request_ends_in_exactly_one_way() =>
        Gen.Select(Gen.Int[0, 8].Array[1, 12], Gen.Int[1, 6], Gen.Double[0, 1], Gen.Bool).SampleAsync(
            async (script, most, fresh, isClosed) =>
            {
                await using var server = new ScriptedServer(asked => Whatever(script[asked.Number % script.Length]));
                var schedule = isClosed
                    ? LoadSchedule.Closed(4, TimeSpan.FromSeconds(0.05))
                    : LoadSchedule.Open([new(2000, 2000, TimeSpan.FromSeconds(0.05))], isByChance: true);
                var collected = new Samples();
                var result = await RunAsync(
                    new LoadPlan([new LoadRequest(server.Url)], schedule)
                    {
                        Timeout = TimeSpan.FromSeconds(0.1),
                        Connections = new LoadConnections(fresh, most),
                    }, collected);
                Assert.Equal(result.Intended, result.Outcomes.Sum(static one => one.Value));
                Assert.Equal((result.Intended, 0), ((long)collected.All.Count, result.InFlight));
                Assert.Equal(result.Lost, collected.All.Count(static sample => sample.IsLost));
                Assert.Equal(result.Lost, result.Reasons.Sum(static one => one.Count));
                Assert.All(result.Reasons, one => Assert.InRange(one.Count, 1, Count(result, one.Outcome)));
                Assert.DoesNotContain(result.Reasons, static one => one.Reason == LossReasons.Others);
                Assert.True(server.Requests <= result.Intended);
            },
            iter: 40,
            threads: 4);

    [Fact]
    public async Task What_is_ended_before_it_began_has_lost_nothing_to_a_server_that_nobody_asked()
    {
        await using var server = new ScriptedServer(static _ => ScriptedServer.Ok());
        var result = await RunAsync(Plan(server, 100, 1), stopping: new CancellationToken(true));
        Assert.Equal((0, 0, 0), (result.Intended, result.Lost, server.Requests));
    }

    [Fact]
    public async Task A_server_that_leaves_open_what_it_was_asked_to_close_keeps_nobody_waiting()
    {
        await using var server = new ScriptedServer(static _ => ScriptedServer.Ok());
        // Each is left open for a second; two of them are all there may be, and nobody waits for as long as that.
        var result =
            await RunAsync(Plan(server, 100, 0.3) with { Timeout = TimeSpan.FromSeconds(0.8), Connections = new LoadConnections(1, 2) });
        Assert.Equal((30, 30), (Count(result, "ok"), server.Connections));
    }

    [Fact]
    public async Task An_end_that_came_together_with_an_answer_is_seen_before_the_next_request()
    {
        // The first answer keeps the load busy until the second one and the end of its connection are there, both at once.
        using var isBusy = new SemaphoreSlim(0);
        using var hasTwo = new SemaphoreSlim(0);
        await using var server = new ScriptedServer(async asked =>
        {
            if (asked.Number == 1)
            {
                await hasTwo.WaitAsync(Patience, TestContext.Current.CancellationToken);
            }
            else if (asked.Number == 2)
            {
                hasTwo.Release();
                await isBusy.WaitAsync(Patience, TestContext.Current.CancellationToken);
                return new Reply(Then.Close, ScriptedServer.Ok());
            }

            return ScriptedServer.Ok();
        });
        var watch = new Watch(() =>
        {
            isBusy.Release();
            SpinWait.SpinUntil(() => server.Ended > 0, Patience);
        });
        var schedule = LoadSchedule.Open([new(1000, 1000, TimeSpan.FromMilliseconds(2)), new(
            0, 0, TimeSpan.FromSeconds(0.3)), new(1000, 1000, TimeSpan.FromMilliseconds(2))]);
        var result = await RunAsync(new LoadPlan([new LoadRequest(server.Url)], schedule) { Timeout = Patience }, watch);
        Assert.Equal((4, 4), (result.Intended, Count(result, "ok")));
    }

    [Fact]
    public async Task What_nobody_waits_for_any_more_when_its_turn_comes_is_not_sent()
    {
        await using var server = new ScriptedServer(static _ => ScriptedServer.Ok());
        var began = TimeProvider.System.GetTimestamp();
        var watch = new Watch(() => SpinWait.SpinUntil(() => TimeProvider.System.GetElapsedTime(began) > TimeSpan.FromSeconds(1)));
        var result = await RunAsync(Plan(server, 100, 0.5) with { Timeout = TimeSpan.FromSeconds(0.1) }, watch);
        Assert.Equal(50, result.Intended);
        Assert.InRange(Count(result, "never_sent"), 1, 49);
        Assert.Equal(result.Lost, Count(result, "never_sent") + Count(result, "timed_out"));
        Assert.InRange(server.Requests, 1, result.Intended - Count(result, "never_sent"));
        Assert.NotNull(result.Bottleneck);
    }

    [Fact]
    public async Task A_server_that_floods_one_connection_does_not_keep_the_others_from_their_turn()
    {
        // More than a reader of heads is through with before the second request is due.
        const int Most = 400;
        var heads = string.Concat(Enumerable.Repeat("HTTP/1.1 103 \r\n\r\n", 60_000));
        var (sent, hasSecond) = (0, false);
        await using var server = new ScriptedServer(asked =>
        {
            if (asked.Number == 1)
            {
                return new Reply(Then.Keep, Flood());
            }

            Volatile.Write(ref hasSecond, true);
            return ScriptedServer.Ok();
        });
        var schedule = LoadSchedule.Open([new(1000, 1000, TimeSpan.FromMilliseconds(1)), new(
            0, 0, TimeSpan.FromSeconds(0.05)), new(1000, 1000, TimeSpan.FromMilliseconds(1))]);
        var result = await RunAsync(new LoadPlan([new LoadRequest(server.Url)], schedule) { Timeout = Patience });
        Assert.Equal((2, 2), (result.Intended, Count(result, "ok")));
        Assert.InRange(sent, 1, Most - 1);

        IEnumerable<string> Flood()
        {
            for (; sent < Most && !Volatile.Read(ref hasSecond); sent++)
            {
                yield return heads;
            }

            yield return ScriptedServer.Ok();
        }
    }

    [Theory]
    [InlineData("ftp://a/", "a load needs an http or https URL")]
    public void What_cannot_be_sent_is_refused_in_one_line(string url, string problem) =>
        Assert.Equal(
            problem,
            LoadGenerator.Problem(new LoadPlan([new LoadRequest(new Uri(url))], LoadSchedule.Constant(1, TimeSpan.FromSeconds(1)))));

    [Fact]
    public void Names_that_are_taken_or_stand_twice_are_refused()
    {
        var plan = new LoadPlan([new LoadRequest(new Uri("http://a/"))], LoadSchedule.Constant(1, TimeSpan.FromSeconds(1)));
        var pattern = new AnswerPattern("a");
        Assert.Contains(
            "'timed_out'", LoadGenerator.Problem(plan with { Classes = [new("timed_out", pattern)] }), StringComparison.Ordinal);
        Assert.Contains(
            "two classes 'a'",
            LoadGenerator.Problem(plan with { Classes = [new("a", pattern), new("a", pattern)] }),
            StringComparison.Ordinal);
        Assert.NotNull(LoadGenerator.Problem(plan with { Timeout = TimeSpan.Zero }));
        Assert.NotNull(LoadGenerator.Problem(plan with { Connections = new LoadConnections(1.5) }));
        Assert.NotNull(LoadGenerator.Problem(plan with { Requests = [] }));
        Assert.Throws<ArgumentException>(() => new LoadGenerator(plan with { Requests = [] }, TimeProvider.System));
    }

    private static Reply Whatever(int what) => what switch
    {
        0 => new Reply(Then.Reset),
        1 => new Reply(Then.Close),
        2 => new Reply(Then.Hang),
        3 => new Reply(Then.Hang, "HTTP/1.1 200 OK\r\nContent-Le"),
        4 => "garbage\r\n\r\n",
        5 => "HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n",
        6 => new Reply(Then.Keep, "HTTP/1.1 200 OK\r\nTransfer-Enc", "oding: chunked\r\n\r\n1\r\n", "a\r\n0\r\n\r\n"),
        7 => new Reply(Then.Close, "HTTP/1.1 200 OK\r\n\r\nall of it"),
        _ => ScriptedServer.Ok(),
    };

    private static LoadPlan Plan(ScriptedServer server, double rate, double seconds) =>
        new([new LoadRequest(server.Url)], LoadSchedule.Constant(rate, TimeSpan.FromSeconds(seconds)))
        {
            Timeout = Patience,
        };

    private static Task<LoadResult> RunAsync(LoadPlan plan, ILoadSink? observer = null, CancellationToken? stopping = null) =>
        new LoadGenerator(plan, TimeProvider.System, observer).RunAsync(stopping ?? TestContext.Current.CancellationToken);

    private static long Count(LoadResult result, string outcome) => result.Outcomes.Single(one => one.Key == outcome).Value;

    private sealed class Watch(Action first) : ILoadSink
    {
        private bool hasAny;

        public void Add(in LoadSample sample)
        {
            if (!hasAny)
            {
                hasAny = true;
                first();
            }
        }
    }

    private sealed class Samples : ILoadSink
    {
        public List<LoadSample> All { get; } = [];

        public void Add(in LoadSample sample) => All.Add(sample);
    }
}
