using System.Collections.Concurrent;
using System.Net;

namespace RandomNumbers.Tests.RequireRand;

public sealed class FailoverTests : IDisposable
{
    private const string Nobody = "http://localhost:1";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task The_second_server_answers_when_the_first_refuses_connections()
    {
        await using var secondary = await RunningService.RandServerAsync(folder, "secondary");
        await using var entrance = await RunningService.RequireRandAsync(folder, [Nobody, secondary.Url]);
        await AssertAnsweredByAsync(entrance, secondary);
    }

    [Theory]
    [InlineData("HTTP/1.1 500 Oh\r\nContent-Length: 0\r\n\r\n")]
    [GateData("SSH-2.0-x\r\n\r\n")]
    [GateData("")]
    public async Task The_second_server_answers_when_the_first_answers_badly(string answer)
    {
        await using var primary = ScriptedServer.Saying(answer);
        await using var secondary = await RunningService.RandServerAsync(folder, "secondary");
        await using var entrance = await RunningService.RequireRandAsync(folder, [primary.Url, secondary.Url]);
        await AssertAnsweredByAsync(entrance, secondary);
        await AssertAnsweredByAsync(entrance, secondary);
        Assert.InRange(primary.Connections, 2, int.MaxValue);
    }

    [Fact]
    public async Task The_second_server_overtakes_a_first_one_that_is_silent()
    {
        await using var primary = ScriptedServer.Silent();
        await using var secondary = await RunningService.RandServerAsync(folder, "secondary");
        await using var entrance = await RunningService.RequireRandAsync(folder, [primary.Url, secondary.Url], "--hedge-after", "0.15");
        await AssertAnsweredByAsync(entrance, secondary);
    }

    [Fact]
    public async Task An_answer_without_end_is_given_up()
    {
        await using var primary = ScriptedServer.Saying("HTTP/1.1 200 OK\r\n\r\n" + new string('x', 1_000_000));
        await using var entrance = await RunningService.RequireRandAsync(folder, [primary.Url]);
        using var response = await entrance.GetAsync("/index/10");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.EndsWith("answered more than 65536 bytes", await TextOfAsync(response), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_in_single_bytes_is_an_answer_and_its_connection_is_used_again()
    {
        const string Body = """{"server":"dripping","content":"3"}""";
        await using var primary = ScriptedServer.Dripping(
            $"HTTP/1.1 200 OK\r\nConnection: keep-alive\r\nContent-Length: {Body.Length}\r\n\r\n{Body}");
        await using var entrance = await RunningService.RequireRandAsync(folder, [primary.Url]);
        for (var request = 0; request < 3; request++)
        {
            using var response = await entrance.GetAsync("/index/10");
            Assert.Equal("response from service: dripping: 3", await TextOfAsync(response));
        }

        Assert.Equal(1, primary.Connections);
    }

    [Fact]
    public async Task When_every_server_fails_the_answer_names_each_and_its_reason()
    {
        await using var silent = ScriptedServer.Silent();
        await using var broken = ScriptedServer.Saying(ScriptedServer.Response(500, "oh"));
        await using var entrance = await RunningService.RequireRandAsync(folder, [Nobody, silent.Url, broken.Url], "--timeout", "2");
        using var response = await entrance.GetAsync("/index/10");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Equal(
            $"""
            no rand server answered
            first at {Nobody}/: connection refused
            second at {silent.Url}/: timed out after 2 s
            third at {broken.Url}/: answered 500
            """,
            await TextOfAsync(response));
    }

    [Fact]
    public async Task A_refusal_is_no_reason_to_ask_another_server()
    {
        await using var primary = ScriptedServer.Saying(ScriptedServer.Response(400, """{"server":"p","error":"no such value"}"""));
        await using var secondary = ScriptedServer.Silent();
        await using var entrance = await RunningService.RequireRandAsync(folder, [primary.Url, secondary.Url]);
        using var response = await entrance.GetAsync("/index/10");
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("no such value", await TextOfAsync(response));
        Assert.Equal(0, secondary.Connections);
    }

    [Fact]
    public async Task With_failover_off_only_the_first_server_is_asked()
    {
        await using var secondary = ScriptedServer.Silent();
        await using var entrance = await RunningService.RequireRandAsync(folder, [Nobody, secondary.Url], "--failover", "off");
        using var response = await entrance.GetAsync("/index/10");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Equal($"no rand server answered\nfirst at {Nobody}/: connection refused", await TextOfAsync(response));
        Assert.Equal(0, secondary.Connections);
    }

    [Fact]
    public async Task No_request_under_load_notices_that_the_primary_was_killed_or_came_back()
    {
        await using var secondary = await RunningService.RandServerAsync(folder, "secondary");
        var port = FreePort.Next();
        await using var primary = await RunningService.RandServerAsync(folder, "primary", port);
        await using var entrance = await RunningService.RequireRandAsync(folder, [primary.Url, secondary.Url]);
        var answers = new ConcurrentQueue<string>();
        using var stop = new CancellationTokenSource();
        var load = Task.WhenAll(Enumerable.Range(0, 16).Select(async _ =>
        {
            while (!stop.IsCancellationRequested)
            {
                using var response = await entrance.GetAsync("/index/10");
                answers.Enqueue($"{(int)response.StatusCode} {await TextOfAsync(response)}");
            }
        }));

        await HasAnsweredAsync("primary");
        await primary.EndAsync("KILL");
        await HasAnsweredAsync("secondary");
        await using var restarted = await RunningService.RandServerAsync(folder, "primary", port);
        await HasAnsweredAsync("primary");
        await restarted.EndAsync("TERM");
        await HasAnsweredAsync("secondary");
        await stop.CancelAsync();
        await load;
        Assert.All(answers, answer => Assert.StartsWith("200 response from service: ", answer, StringComparison.Ordinal));

        Task HasAnsweredAsync(string server)
        {
            var seen = answers.Count;
            return Eventually.HoldsAsync(
                () => load.IsFaulted || answers.Skip(seen).Any(answer => answer.Contains(server, StringComparison.Ordinal)));
        }
    }

    private static async Task AssertAnsweredByAsync(RunningService entrance, RunningService server)
    {
        using var response = await entrance.GetAsync("/index/10");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.StartsWith($"response from service: secondary ({server.Port}): ", await TextOfAsync(response), StringComparison.Ordinal);
    }

    private static Task<string> TextOfAsync(HttpResponseMessage response) => response.Content.ReadAsStringAsync(Deadline.Token);
}
