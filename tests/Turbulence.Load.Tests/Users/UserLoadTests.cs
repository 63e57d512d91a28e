using System.Text.Json.Nodes;
using Turbulence.Documents;
using Turbulence.Events;
using Turbulence.Load.Users;
using Turbulence.Values;

namespace Turbulence.Load.Tests.Users;

public sealed class UserLoadTests
{
    [Fact]
    public async Task They_go_on_until_they_are_ended_and_what_a_fault_cost_them_is_told()
    {
        var (answered, lostThen) = (0, 0);
        var isDown = false;
        await using var server = new ScriptedServer(_ =>
        {
            if (isDown)
            {
                Interlocked.Increment(ref lostThen);
                return "HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n";
            }

            Interlocked.Increment(ref answered);
            return ScriptedServer.Ok();
        });
        await using var users = Users(server, """{ "rate": 200 }""");
        Assert.Null(await users.StartAsync(ResolvedValues.Empty, 1, static _ => { }, TestContext.Current.CancellationToken));
        await Eventually.HoldsAsync(() => Volatile.Read(ref answered) >= 20);
        users.On(Changed(FaultState.Injecting));
        isDown = true;
        await Eventually.HoldsAsync(() => Volatile.Read(ref lostThen) > 0);
        isDown = false;
        users.On(Changed(FaultState.Reverted));

        // Some were on their way when it was undone.
        var enough = Volatile.Read(ref answered) + 20;
        await Eventually.HoldsAsync(() => Volatile.Read(ref answered) >= enough);
        var measured = await users.EndAsync(DateTimeOffset.UnixEpoch, TestContext.Current.CancellationToken);
        var fault = Assert.Single(measured.Figures["faults"]!.AsArray())!;
        var lost = (long)measured.Figures["lost"]!;
        Assert.InRange(lost, 1, 1000L);
        Assert.Equal(("f", lost), ((string?)fault["id"], (long)fault["lost"]!));
        Assert.NotNull(fault["first_error_ms"]);
        Assert.NotNull(fault["recovered_ms"]);
        Assert.Equal((long)server.Requests, (long)measured.Figures["intended"]!);
        Assert.Equal(measured.Figures["intended"]!.GetValue<long>(), measured.Figures["timeline"]!["requests"]!
            .AsArray()
            .Sum(static count => (long)count!));
        Assert.StartsWith($"users: {server.Requests} requests, {lost} lost (", measured.Lines[0], StringComparison.Ordinal);
        Assert.StartsWith("users at fault f: ", measured.Lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Once_a_second_they_say_how_they_are_going()
    {
        await using var server = new ScriptedServer(static _ => ScriptedServer.Ok());
        await using var users = Users(server, """{ "rate": 100 }""");
        var told = new System.Collections.Concurrent.ConcurrentQueue<JsonObject>();
        await users.StartAsync(ResolvedValues.Empty, 1, told.Enqueue, TestContext.Current.CancellationToken);
        await Eventually.HoldsAsync(() => told.Count >= 2);
        var measured = await users.EndAsync(DateTimeOffset.UnixEpoch, TestContext.Current.CancellationToken);
        var all = told.Select(static one => (long)one["requests"]!).ToList();
        Assert.InRange(all[0], 1, all[1]);

        // Each request stands in one part of one of them.
        Assert.Equal((long)measured.Figures["intended"]!, all[^1]);
        Assert.Equal(all[^1], told.Sum(static one => one["parts"]!["requests"]!.AsArray().Sum(static part => (long)part!)));
        var parts = told.Select(static one => one["parts"]!).ToList();
        Assert.Equal(parts.SkipLast(1).Select(static one => (long)one["from_ms"]! + (100 * one["requests"]!.AsArray().Count)), parts
            .Skip(1)
            .Select(static one => (long)one["from_ms"]!));
    }

    [Fact]
    public async Task A_file_of_certificates_that_is_not_there_keeps_them_from_coming()
    {
        await using var users = new UserLoad(
            JsonNode.Parse("""{ "url": "https://localhost/", "rate": 1, "verify_tls": "/nowhere/ca.pem" }""")!, TimeProvider.System);
        Assert.Equal(
            "verify_tls: '/nowhere/ca.pem' cannot be read as a PEM file of certificates",
            await users.StartAsync(ResolvedValues.Empty, 1, static _ => { }, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task What_was_sent_before_the_end_is_waited_for()
    {
        TaskCompletionSource asked = new(), answer = new();
        await using var server = new ScriptedServer(async _ =>
        {
            asked.TrySetResult();
            await answer.Task;
            return ScriptedServer.Ok();
        });
        await using var users = Users(server, """{ "rate": 20, "timeout": 60 }""");
        await users.StartAsync(ResolvedValues.Empty, 1, static _ => { }, TestContext.Current.CancellationToken);
        await asked.Task;
        var ending = users.EndAsync(DateTimeOffset.UnixEpoch, TestContext.Current.CancellationToken).AsTask();
        answer.SetResult();
        var measured = await ending;
        Assert.Equal((0, 0), ((long)measured.Figures["lost"]!, (long)measured.Figures["outcomes"]!["cancelled"]!));
        Assert.Equal((long)measured.Figures["intended"]!, (long)measured.Figures["outcomes"]!["ok"]!);
    }

    [Fact]
    public async Task Nobody_waits_for_what_was_sent_once_the_run_was_asked_to_stop()
    {
        TaskCompletionSource asked = new();
        await using var server = new ScriptedServer(_ =>
        {
            asked.TrySetResult();
            return new Reply(Then.Hang);
        });
        await using var users = Users(server, """{ "rate": 20, "timeout": 4000000 }""");
        await users.StartAsync(ResolvedValues.Empty, 1, static _ => { }, TestContext.Current.CancellationToken);
        await asked.Task;
        var measured = await users.EndAsync(DateTimeOffset.UnixEpoch, new CancellationToken(true));
        Assert.Equal((long)measured.Figures["intended"]!, (long)measured.Figures["outcomes"]!["cancelled"]!);
    }

    [Fact]
    public async Task What_has_no_value_or_is_wrong_keeps_them_out()
    {
        await using var server = new ScriptedServer(static _ => ScriptedServer.Ok());
        await using var open = Users(server, """{ "rate": "${rate}" }""");
        Assert.Equal(
            "${rate} has no value in the configuration or the secrets",
            await open.StartAsync(ResolvedValues.Empty, 1, static _ => { }, TestContext.Current.CancellationToken));
        await using var wrong = Users(server, """{ "rate": 0 }""");
        Assert.StartsWith(
            "rate must be a number",
            await wrong.StartAsync(ResolvedValues.Empty, 1, static _ => { }, TestContext.Current.CancellationToken),
            StringComparison.Ordinal);
        Assert.Equal(0, server.Requests);
        await using var word = new UserLoad(JsonValue.Create(server.Url.AbsoluteUri), TimeProvider.System);
        Assert.Equal(
            "they must be a map with a url and a rate",
            await word.StartAsync(ResolvedValues.Empty, 1, static _ => { }, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task What_they_felt_is_held_against_their_tolerance()
    {
        async Task<UsersMeasured> Measured(string tolerance)
        {
            await using var server = new ScriptedServer(
                static asked => asked.Number == 3 ? "HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n" : ScriptedServer.Ok());
            await using var users = Users(server, $$"""{ "rate": 200, "tolerance": {{tolerance}} }""");
            Assert.True(users.IsJudged);
            Assert.Null(await users.StartAsync(
                new ResolvedValues(new JsonObject { ["most"] = 0 }, []), 1, static _ => { }, TestContext.Current.CancellationToken));
            await Eventually.HoldsAsync(() => server.Requests >= 10);
            return await users.EndAsync(DateTimeOffset.UnixEpoch, TestContext.Current.CancellationToken);
        }

        var met = await Measured("""{ "lost": 1, "p50": "30s" }""");
        Assert.Equal((0, 0, true), (met.Missed.Count, met.Unproven.Count, (bool)met.Figures["tolerance_met"]!));
        var missed = await Measured("""{ "lost": "${most}", "p99_99": "30s" }""");
        Assert.Equal($"users: lost 1 of {missed.Figures["intended"]} requests, at most 0", Assert.Single(missed.Missed));
        Assert.StartsWith("users: p99_99, at most 30.0", Assert.Single(missed.Unproven), StringComparison.Ordinal);
        Assert.False((bool)missed.Figures["tolerance_met"]!);
    }

    [Theory]
    [InlineData("http://localhost:8001/@200", null)]
    [InlineData("http://localhost:8001/", "'http://localhost:8001/' is not URL@RATE, such as http://localhost:8001/@200")]
    [InlineData("xx@30", "url must be an http or https URL")]
    [InlineData("http://localhost:8001/@0", "rate must be a number from 0.0001 to 1000000, not 0")]
    public void Those_that_are_given_beside_an_experiment_are_looked_at_before_the_run(string text, string? problem) =>
        Assert.Equal(problem, UserBlock.Problem(text));

    [Theory]
    [InlineData("""{ "url": "http://a/", "rate": 5 }""", "5 requests a second, to http://a/")]
    [InlineData(
        """{ "url": "http://a/", "rate": 5, "tolerance": { "lost": 0, "p99": "50ms" } }""",
        "5 requests a second, to http://a/; deviated unless lost at most 0, p99 at most 50.0 ms")]
    [InlineData("""{ "requests": [{}, {}], "concurrency": 3 }""", "3 users who wait for their answers, to 2 kinds of requests")]
    public void A_plan_says_in_words_what_they_would_send(string declared, string words) =>
        Assert.Equal(words, UserBlock.Words(JsonNode.Parse(declared)!.AsObject()));

    [Theory]
    [InlineData("http://localhost:8001/index/10@200", "http://localhost:8001/index/10", 200)]
    [InlineData("http://user@localhost/@0.5", "http://user@localhost/", 0.5)]
    public void They_can_be_given_in_one_word(string text, string url, double rate)
    {
        var users = UserBlock.Parse(text)!;
        Assert.Equal((url, rate), ((string?)users["url"], (double)users["rate"]!));
    }

    [Theory]
    [InlineData("http://localhost:8001/")]
    [InlineData("@200")]
    [InlineData("http://a/@many")]
    [InlineData("http://a/@NaN")]
    [InlineData("http://a/@1e400")]
    public void Any_other_word_is_none_of_theirs(string text) => Assert.Null(UserBlock.Parse(text));

    [Fact]
    public void Those_of_an_experiment_are_looked_at_in_their_place()
    {
        static List<string> Problems(string extension)
        {
            var problems = new ProblemList(new DocumentMap());
            UserBlock.Validate(
                new JsonObject { ["extensions"] = new JsonArray(new JsonObject { ["name"] = "other" }, JsonNode.Parse(extension)) },
                problems);
            return [.. problems.Select(static problem => $"{problem.Pointer}: {problem.Message}")];
        }

        Assert.Empty(Problems("""{ "name": "turbulence", "users": { "url": "http://a/", "rate": 5 } }"""));
        Assert.Empty(Problems("""{ "name": "turbulence" }"""));
        Assert.Equal(
            ["/extensions/1/users: users must be a map with a url and a rate"], Problems("""{ "name": "turbulence", "users": 5 }"""));
        Assert.Equal(
            ["/extensions/1/users/tolerance/lost: lost must be a whole number of 0 or more: how many requests may be lost, not -1", "/extensions/1/users/tolerance/failover_ms: failover_ms needs classes: without them nobody knows who answered"],
            Problems(
                """{ "name": "turbulence", "users": { "url": "http://a/", "rate": 5, "tolerance": { "lost": -1, "failover_ms": 5 } } }"""));
        Assert.Equal(
            ["/extensions/1/users/tolerance: the tolerance of users must be a map of figures with a limit each, such as {\"lost\": 0}"],
            Problems("""{ "name": "turbulence", "users": { "url": "http://a/", "rate": 5, "tolerance": 0 } }"""));
        Assert.Equal(
            ["/extensions/1/users/url: url must be an http or https URL"],
            Problems("""{ "name": "turbulence", "users": { "url": "x", "rate": 5 } }"""));
    }

    private static UserLoad Users(ScriptedServer server, string text)
    {
        var declared = JsonNode.Parse(text)!.AsObject();
        declared["url"] = server.Url.AbsoluteUri;
        return new UserLoad(declared, TimeProvider.System);
    }

    private static FaultChanged Changed(FaultState state) => new(DateTimeOffset.UnixEpoch, Report(state), FaultState.Planned);

    private static FaultReport Report(FaultState state) => new("f", "process.kill", "kill", state, ["a"], "nothing");
}
