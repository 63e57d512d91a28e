using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using Turbulence.Faults.Contracts;

namespace Turbulence.Faults.Kinds.Tests.Network;

/// <summary>Whatever answers in the place of a proxy's API, or does not: nothing of it is taken for a word about the fault.</summary>
public sealed class HostileApiTests : IAsyncLifetime
{
    private readonly Room room = new();
    private RelayedApi relay = null!;

    public static TheoryData<string, string> Answers => new()
    {
        { "garbage", "does not answer as it should: " },
        { "half", "does not answer as it should: " },
        { "page", "answers with status 200 and no JSON object: it is no API of proxies" },
        { "list", "answers with status 200 and no JSON object: it is no API of proxies" },
        { "wrong", "answers with no list of proxies: it is no API of proxies" },
        { "empty", "gives an answer about something else than proxy" },
        { "twice", "answers with no list of proxies: it is no API of proxies" },
        { "not found", "answers with status 404 and no JSON object: it is no API of proxies" },
        { "error", "answers with status 500: out of order" },
        { "token", "wants a token, and not the one that it is shown" },
        { "redirect", "answers with a redirect (status 302), which is not followed" },
        { "huge", "gives an answer of more than 4 MiB" },
        { "closed", "does not answer as it should: " },
    };

    public async ValueTask InitializeAsync() => relay = new RelayedApi((await ProxyStage.Shared).Api);

    public async ValueTask DisposeAsync()
    {
        await relay.DisposeAsync();
        room.Dispose();
    }

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task Nothing_but_a_good_answer_confirms_that_a_fault_is_gone(string answer, string expected)
    {
        await using var fault = await MakeAsync();
        await fault.InjectAsync();
        relay.Answer = _ => Task.FromResult<byte[]?>(Bytes(answer));

        var check = await fault.CheckAsync();
        Assert.False(check.Seen);
        Assert.Contains(expected, check.Text, StringComparison.Ordinal);
        Assert.Contains(
            $"; process {Environment.ProcessId} lives: end it, or when it answers again: chaos proxy toxic remove",
            check.Text,
            StringComparison.Ordinal);
        Assert.DoesNotContain('\n', check.Text);
        Assert.False((await fault.ObserveAsync()).Seen);
        if (answer is not ("empty" or "wrong" or "twice"))
        {
            Assert.Contains(expected, await fault.TryRevertAsync(), StringComparison.Ordinal);
        }

        relay.Answer = null;
        await fault.RevertAsync();
        await fault.SeeItBackAsync();
        Assert.Equal("", NetworkScene.Toxics(room));
    }

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task What_answers_so_is_refused_when_it_is_planned(string answer, string expected)
    {
        relay.Answer = _ => Task.FromResult<byte[]?>(Bytes(answer));
        var refusal = await FaultCase.RefusalAsync("network.latency", await ArgumentsAsync());
        Assert.Contains(
            expected.Contains("list", StringComparison.Ordinal) ? "about something else" : expected, refusal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_that_never_comes_is_none()
    {
        await using var fault = await MakeAsync();
        await fault.InjectAsync();
        relay.Answer = static _ => Task.FromResult<byte[]?>(null);
        Assert.Contains("gives no answer within 5 s", (await TimedAsync(fault, static (kind, record, tools) =>
            kind.CheckAsync(record, tools, TestContext.Current.CancellationToken).AsTask())).Text, StringComparison.Ordinal);
        Assert.Contains("gives no answer within 5 s", (await TimedAsync(fault, static (kind, record, tools) =>
            kind.RevertAsync(record, tools, TestContext.Current.CancellationToken).AsTask())).Problem, StringComparison.Ordinal);
        relay.Answer = null;
    }

    [Fact]
    public async Task A_toxic_whose_addition_was_done_and_not_answered_is_taken_back()
    {
        await using var fault = await MakeAsync();
        relay.Answer = async request =>
        {
            var answer = await relay.PassAsync(request);
            return request.StartsWith("POST", StringComparison.Ordinal) ? [] : answer;
        };
        Assert.StartsWith(
            $"whether toxic turbulence-{fault.Record.Id} is in proxy '{NetworkScene.Name(room)}' is not known, since its API, ",
            await fault.TryInjectAsync(),
            StringComparison.Ordinal);
        Assert.Contains(fault.Record.Id, NetworkScene.Toxics(room), StringComparison.Ordinal);
        await fault.RevertAsync();
        await fault.SeeItBackAsync();
        Assert.Equal("", NetworkScene.Toxics(room));
    }

    [Fact]
    public async Task A_toxic_that_arrives_after_its_removal_was_begun_is_taken_back()
    {
        await using var fault = await MakeAsync();
        var late = new TaskCompletionSource();
        var done = new TaskCompletionSource();
        relay.Answer = async request =>
        {
            if (request.StartsWith("POST", StringComparison.Ordinal))
            {
                await late.Task.WaitAsync(TestContext.Current.CancellationToken);
                await relay.PassAsync(request);
                done.SetResult();
                return null;
            }

            return await relay.PassAsync(request);
        };
        using var dying = new CancellationTokenSource();
        var injecting = fault.TryInjectAsync(dying.Token);
        await Eventually.HoldsAsync(() => relay.Requests.Exists(static request => request.StartsWith("POST", StringComparison.Ordinal)));
        await dying.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => injecting);

        var time = new FakeTimeProvider();
        var reverting = fault.Kind.RevertAsync(fault.Record, Tools(time), TestContext.Current.CancellationToken).AsTask();
        await Eventually.HoldsAsync(() => relay.Requests.Exists(static request => request.StartsWith("DELETE", StringComparison.Ordinal)));
        late.SetResult();
        await done.Task.WaitAsync(TestContext.Current.CancellationToken);
        Assert.Contains(fault.Record.Id, NetworkScene.Toxics(room), StringComparison.Ordinal);
        await Eventually.HoldsAsync(() =>
        {
            time.Advance(TimeSpan.FromMilliseconds(50));
            return reverting.IsCompleted;
        });
        Assert.Null((await reverting).Problem);
        Assert.Equal("", NetworkScene.Toxics(room));
    }

    [Fact]
    public async Task What_it_was_refused_with_is_told_and_nothing_is_in()
    {
        var arguments = await ArgumentsAsync();
        arguments.Remove("latency");
        arguments["method"] = "NOT A METHOD";
        await using var fault = await FaultCase.MakeAsync("network.http.status", FaultCase.Request(arguments, room.Path));
        Assert.EndsWith(
            "answers with status 400: bad request body: http_status: method must be methods such as GET,HEAD, not NOT A METHOD",
            await fault.TryInjectAsync(),
            StringComparison.Ordinal);
        await fault.RevertAsync();
        await fault.SeeItBackAsync();
    }

    [Fact]
    public async Task What_it_says_is_told_in_one_line_and_without_the_token_that_it_was_shown()
    {
        const string secret = "0123456789abcdef-secret";
        File.WriteAllText(room["token"], secret);
        File.SetUnixFileMode(room["token"], UnixFileMode.UserRead | UnixFileMode.UserWrite);
        var arguments = await ArgumentsAsync();
        arguments["token_file"] = room["token"];
        relay.Answer = static _ => Task.FromResult<byte[]?>(
            RelayedApi.Http("403 Forbidden", $$"""{"error": "who are you\n\u001b[31m, Bearer {{secret}}?"}"""));
        var problem = (await FaultCase.PlanAsync("network.latency", FaultCase.Request(arguments))).Problem;
        Assert.EndsWith("answers with status 403: who are you [31m, Bearer *****?", problem, StringComparison.Ordinal);

        relay.Answer = async request => request.Contains("/counters", StringComparison.Ordinal)
            ? await relay.PassAsync(request)
            : RelayedApi.Http(
                "200 OK",
                $$"""{"name": "{{NetworkScene.Name(room)}}", "listen": "a\n\u001b[2J", "upstream": "b\r\nc", "enabled": true, "toxics": []}""");
        var plan = (await FaultCase.PlanAsync("network.latency", FaultCase.Request(arguments))).Plan;
        Assert.Contains("(a [2J -> b c)", plan!.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(plan.Text, char.IsControl);
    }

    [Fact]
    public async Task Toxiproxy_is_told_what_it_knows_and_asked_for_nothing_else()
    {
        relay.Answer = async request => request.Contains("/counters", StringComparison.Ordinal)
            ? RelayedApi.Http("404 Not Found", "404 page not found\n")
            : await relay.PassAsync(request);
        await using var fault = await MakeAsync();
        await fault.InjectAsync();
        Assert.DoesNotMatch(
            "ttl|label", Assert.Single(relay.Requests, static request => request.StartsWith("POST", StringComparison.Ordinal)));
        var evidence = await fault.ObserveAsync();
        Assert.True(evidence.Seen);
        Assert.Null(evidence.Hits);
        Assert.EndsWith("a Toxiproxy, which does not count what it hits", evidence.Text, StringComparison.Ordinal);

        var arguments = await ArgumentsAsync();
        arguments["latency"] = 1.5;
        Assert.Contains(
            "'latency' of network.latency has to be a whole number",
            await FaultCase.RefusalAsync("network.latency", arguments),
            StringComparison.Ordinal);
        arguments.Remove("latency");
        await using (var reset = await FaultCase.MakeAsync("network.reset", FaultCase.Request(arguments, room.Path)))
        {
            await reset.InjectAsync();
            await reset.SeeEffectAsync();
            Assert.DoesNotContain(
                "idle",
                relay.Requests.Last(static request => request.StartsWith("POST", StringComparison.Ordinal)),
                StringComparison.Ordinal);
        }

        Assert.Contains(
            "is Toxiproxy's, which has no toxic 'http_lost'",
            await FaultCase.RefusalAsync("network.http.lost", arguments),
            StringComparison.Ordinal);
        arguments["idle"] = true;
        Assert.Contains(
            "'idle' of network.reset needs a proxy of this program",
            await FaultCase.RefusalAsync("network.reset", arguments),
            StringComparison.Ordinal);
    }

    private static FaultTools Tools(TimeProvider time) => new(time, OtherProcess.Self, static _ => ValueTask.CompletedTask);

    private static async Task<T> TimedAsync<T>(FaultCase fault, Func<IFaultKind, FaultRecord, FaultTools, Task<T>> step)
    {
        var time = new FakeTimeProvider();
        var stepping = step(fault.Kind, fault.Record, Tools(time));
        await Eventually.HoldsAsync(() =>
        {
            time.Advance(TimeSpan.FromMilliseconds(100));
            return stepping.IsCompleted;
        });
        return await stepping;
    }

    private byte[] Bytes(string answer) => answer switch
    {
        "garbage" => [1, 2, 3, 13, 10, 13, 10],
        "half" => "HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n{\"a\":"u8.ToArray(),
        "page" => RelayedApi.Http("200 OK", "<html>hello</html>"),
        "list" => RelayedApi.Http("200 OK", "[]"),
        "wrong" => RelayedApi.Http("200 OK", "{\"db\": 5}"),
        "empty" => RelayedApi.Http("200 OK", "{}"),
        "twice" => RelayedApi.Http("200 OK", "{\"db\": {\"name\": \"db\", \"name\": \"other\"}, \"db\": 1}"),
        "not found" => RelayedApi.Http("404 Not Found", "nothing here"),
        "error" => RelayedApi.Http("500 Internal Server Error", "{\"error\": \"out\\n of order.\", \"status\": 500}"),
        "token" => RelayedApi.Http("401 Unauthorized", "{\"error\": \"the request has to bring the server's token\", \"status\": 401}"),
        "redirect" => RelayedApi.Http("302 Found", "", "Location: http://127.0.0.1:1/proxies\r\n"),
        "huge" => RelayedApi.Http("200 OK", $"{{\"a\": \"{new string('x', 5 << 20)}\"}}"),
        _ => [],
    };

    private async Task<JsonObject> ArgumentsAsync()
    {
        var name = NetworkScene.Name(room);
        if (!(await ProxyStage.Shared).Has(name))
        {
            await (await ProxyStage.Shared).CreateAsync(name);
        }

        return new JsonObject { ["api"] = relay.Url.AbsoluteUri, ["proxy"] = name, ["latency"] = 20 };
    }

    private async Task<FaultCase> MakeAsync() =>
        await FaultCase.MakeAsync("network.latency", FaultCase.Request(await ArgumentsAsync(), room.Path));
}
