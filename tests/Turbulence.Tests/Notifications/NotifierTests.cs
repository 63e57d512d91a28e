using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using Turbulence.Documents;
using Turbulence.Notifications;
using Turbulence.Tests.Activities.Http;

namespace Turbulence.Tests.Notifications;

public sealed class NotifierTests : IDisposable
{
    private static readonly Notification Started = new("run-started", "run", "{\"title\":\"Grüße\"}"u8.ToArray());
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Section_10_3_the_envelope_is_posted_as_json()
    {
        await using var server = RawServer.Answering(RawServer.Answer("204 No Content"));
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 11, 22, 13, 22, 5, 250, TimeSpan.Zero));
        var notification = Started with { Error = "no \"luck\"", Ours = new JsonObject { ["verdict"] = "failed" } };
        Assert.Empty(
            await TellAsync(
                $$"""[{ "type": "http", "url": "{{server.Url}}/hook?a=b", "headers": { "Authorization": "Bearer t", "X-N": 5, "Content-Type": "application/vnd.chaos+json" } }]""",
                time,
                notification));
        Assert.StartsWith("POST /hook?a=b HTTP/1.1\r\n", server.Request, StringComparison.Ordinal);
        Assert.Contains("\r\nAuthorization: Bearer t\r\n", server.Request, StringComparison.Ordinal);
        Assert.Contains("\r\nX-N: 5\r\n", server.Request, StringComparison.Ordinal);
        Assert.Contains("\r\nContent-Type: application/vnd.chaos+json\r\n", server.Request, StringComparison.Ordinal);
        Assert.Equal(
            """{"name":"run-started","payload":{"title":"Grüße"},"phase":"run","ts":1795353725.25,"error":"no \"luck\"","turbulence":{"verdict":"failed"}}""",
            Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(server.RequestBody)));
    }

    [Fact]
    public async Task Section_10_2_without_forwarding_it_is_a_get_without_a_body()
    {
        await using var server = RawServer.Answering(RawServer.Ok());
        Assert.Empty(
            await TellAsync(
                $$"""[{ "type": "http", "url": "{{server.Url.Replace("//", "//me:pw@", StringComparison.Ordinal)}}/x", "forward_event_payload": false }]"""));
        Assert.StartsWith("GET /x HTTP/1.1\r\n", server.Request, StringComparison.Ordinal);
        Assert.Contains("\r\nAuthorization: Basic bWU6cHc=\r\n", server.Request, StringComparison.Ordinal);
        Assert.Equal("", server.RequestBody);
    }

    [Fact]
    public async Task Section_10_2_only_named_events_are_sent()
    {
        await using var server = RawServer.Answering(RawServer.Ok());
        Assert.Empty(await TellAsync(
            $$"""[{ "type": "http", "url": "{{server.Url}}", "events": ["run-failed"] }]""",
            null,
            Started,
            Started with { Name = "run-failed" }));
        Assert.Contains("run-failed", server.RequestBody, StringComparison.Ordinal);
    }

    [Fact]
    public async Task In_compatibility_mode_a_redirect_is_followed_and_no_credential_goes_to_another_server()
    {
        await using var other = RawServer.Answering(RawServer.Ok());
        await using var server = RawServer.Answering(
            RawServer.Answer("307 Go", "", "Location: /again"), RawServer.Answer("307 Go", "", $"Location: {other.Url}/x"));
        var declaration =
            $$"""[{ "type": "http", "url": "{{server.Url}}", "headers": { "X-Api-Key": "secret", "Authorization": "secret", "X-N": "n" } }]""";
        var channels = new ChannelReader(folder.Path, Compatibility.ChaosToolkit, TimeProvider.System, Assert.Fail).Read(
            JsonNode.Parse(declaration)!.AsArray());
        using var notifier = new Notifier(channels, inTurn: true, TimeProvider.System);

        await notifier.SendAsync(Started, TestContext.Current.CancellationToken);

        Assert.Empty(await notifier.CompleteAsync());
        Assert.Contains("\r\nX-Api-Key: secret\r\n", server.Requests.Last(), StringComparison.Ordinal);
        Assert.Contains("\r\nX-N: n\r\n", other.Request, StringComparison.Ordinal);
        Assert.Contains("run-started", other.RequestBody, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", other.Request, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("500 Oh no", "the answer was 500 Oh no")]
    [InlineData("302 Found", "the answer was 302 Found")]
    public async Task Section_15_O9_an_answer_that_refuses_is_told(string answer, string why)
    {
        await using var server = RawServer.Answering(RawServer.Answer(answer, "", "Location: /other"));
        Assert.Equal(
            [$"The notification run-started did not reach http {server.Url}: {why}"],
            await TellAsync($$"""[{ "type": "http", "url": "{{server.Url}}/hook" }]"""));
    }

    [Fact]
    public async Task Section_15_O9_a_refused_connection_is_told()
    {
        using var nobody = new RefusingPort();
        Assert.StartsWith($"The notification run-started did not reach http {nobody.Url}: ",
            Assert.Single(await TellAsync($$"""[{ "type": "http", "url": "{{nobody.Url}}/hook" }]""")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Section_10_2_a_certificate_is_checked_unless_told_otherwise()
    {
        using var certificate = TestCertificates.SelfSigned();
        await using var server = RawServer.Answering(certificate, RawServer.Ok());
        Assert.Single(await TellAsync($$"""[{ "type": "http", "url": "{{server.Url}}" }]"""));
        Assert.Empty(server.Requests);
        Assert.Empty(await TellAsync($$"""[{ "type": "http", "url": "{{server.Url}}", "verify_tls": false }]"""));
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Section_10_2_a_server_has_five_seconds_to_answer()
    {
        var asked = new TaskCompletionSource();
        await using var server = new RawServer(async connection =>
        {
            await connection.ReadRequestAsync();
            asked.SetResult();
            await connection.StallAsync();
        });
        var time = new FakeTimeProvider();
        var telling = TellAsync($$"""[{ "type": "http", "url": "{{server.Url}}" }]""", time);
        await asked.Task;
        time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal([$"The notification run-started did not reach http {server.Url}: no answer within 5 s"], await telling);
    }

    [Fact]
    public async Task Channels_are_told_side_by_side_and_nobody_waits_for_them()
    {
        var asked = new TaskCompletionSource();
        await using var slow = new RawServer(async connection =>
        {
            // The second time is when the first was given up.
            await connection.ReadRequestAsync();
            asked.TrySetResult();
            await connection.StallAsync();
        });
        var answered = new TaskCompletionSource();
        await using var quick = new RawServer(async connection =>
        {
            var request = await connection.ReadRequestAsync();
            await connection.WriteAsync(RawServer.Ok());
            if (request!.Contains("run-completed", StringComparison.Ordinal))
            {
                await connection.WaitForCloseAsync();
                answered.SetResult();
            }
        });
        var time = new FakeTimeProvider();
        var channels = Read($$"""[{ "type": "http", "url": "{{slow.Url}}" }, { "type": "http", "url": "{{quick.Url}}" }]""", time);
        using var notifier = new Notifier(channels, inTurn: false, time);
        await notifier.SendAsync(Started, TestContext.Current.CancellationToken);
        await asked.Task;
        await notifier.SendAsync(Started with { Name = "run-completed" }, TestContext.Current.CancellationToken);
        await answered.Task;
        var ended = notifier.CompleteAsync();
        time.Advance(notifier.Bound);
        Assert.Equal(2, (await ended).Count(failure => failure.Contains(slow.Url, StringComparison.Ordinal)));
        Assert.Equal([
            "run-started", "run-completed",
        ], quick.Requests.Select(request => (string?)JsonNode.Parse(request[request.IndexOf('{', StringComparison.Ordinal)..])!["name"]));
    }

    [Fact]
    public async Task The_end_waits_no_longer_than_its_bound()
    {
        var time = new FakeTimeProvider();
        using var notifier = new Notifier([new EndlessChannel()], inTurn: false, time);
        await notifier.SendAsync(Started, TestContext.Current.CancellationToken);
        await notifier.SendAsync(Started with { Name = "run-failed" }, TestContext.Current.CancellationToken);
        var ended = notifier.CompleteAsync();
        Assert.False(ended.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(
            [
                "The notification run-started did not reach endless: it took longer than the 5 s that the end waits for it",
                "The notification run-failed did not reach endless: it took longer than the 5 s that the end waits for it",
            ],
            await ended);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Who_gives_up_waits_no_longer(bool inTurn)
    {
        // The clock stands still: nothing but the giving up can end this.
        using var notifier = new Notifier([new EndlessChannel()], inTurn, new FakeTimeProvider());
        var sent = notifier.SendAsync(Started, TestContext.Current.CancellationToken).AsTask();
        notifier.GiveUp();
        await sent;
        Assert.Equal(
            ["The notification run-started did not reach endless: the end was asked not to wait for it"], await notifier.CompleteAsync());
    }

    [Fact]
    public async Task Who_is_asked_to_go_on_waits_for_no_slow_reader_and_it_is_told_all_the_same()
    {
        var channel = new EndlessChannel();
        using var goOn = new CancellationTokenSource();
        using var notifier = new Notifier([channel], inTurn: true, new FakeTimeProvider());
        var sent = notifier.SendAsync(Started, goOn.Token).AsTask();
        await goOn.CancelAsync();
        await sent.WaitAsync(TimeSpan.FromMinutes(1), TimeProvider.System, TestContext.Current.CancellationToken);
        notifier.GiveUp();
        Assert.Single(await notifier.CompleteAsync());
    }

    [Fact]
    public async Task Section_10_2_the_reference_s_way_is_one_channel_after_another()
    {
        await using var server = RawServer.Answering(RawServer.Ok());
        var channels = Read(
            $$"""[{ "type": "http", "url": "{{server.Url}}/1" }, { "type": "http", "url": "{{server.Url}}/2" }]""", TimeProvider.System);
        using var notifier = new Notifier(channels, inTurn: true, TimeProvider.System);
        await notifier.SendAsync(Started, TestContext.Current.CancellationToken);
        Assert.Equal(["POST /1 ", "POST /2 "], server.Requests.Select(request => request[..8]));
        Assert.Empty(await notifier.CompleteAsync());
    }

    [Fact]
    public async Task A_program_reads_the_envelope_from_its_input()
    {
        Needs.That(!OperatingSystem.IsWindows(), "it needs a shell");
        var (whole, bare) = (folder["whole"], folder["bare"]);
        Assert.Empty(await TellAsync(
            $$"""[{ "type": "process", "run": ["sh", "-c", "cat > {{whole}}"] }, { "type": "process", "run": ["sh", "-c", "cat > {{bare}}"], "forward_event_payload": false }]"""));
        Assert.Equal(
            "Grüße",
            (string?)JsonNode.Parse(await File.ReadAllTextAsync(whole, TestContext.Current.CancellationToken))!["payload"]!["title"]);
        Assert.Contains(
            "\"payload\":null", await File.ReadAllTextAsync(bare, TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""["sh", "-c", "exit 3"]""", 60, "process sh: the program ended with exit code 3")]
    [InlineData("""["sh", "-c", "kill -9 $$"]""", 60, "process sh: the program was ended by signal 9 (Kill)")]
    [InlineData("""["no-such-program-anywhere", "s3cret"]""", 60, "process no-such-program-anywhere: there is no such program")]
    [InlineData("""["sleep", "600"]""", 0.05, "process sleep: the program did not end within 0.05 s")]
    public async Task A_program_that_fails_is_told_without_its_arguments(string run, double timeout, string why)
    {
        Needs.That(!OperatingSystem.IsWindows(), "it needs a shell");
        var seconds = timeout.ToString(System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(
            [$"The notification run-started did not reach {why}"],
            await TellAsync($$"""[{ "type": "process", "run": {{run}}, "timeout": {{seconds}} }]"""));
    }

    private async Task<IReadOnlyList<string>> TellAsync(string json, TimeProvider? time = null, params Notification[] notifications)
    {
        using var notifier = new Notifier(Read(json, time ?? TimeProvider.System), inTurn: false, time ?? TimeProvider.System);
        foreach (var notification in notifications is [] ? [Started] : notifications)
        {
            await notifier.SendAsync(notification);
        }

        return await notifier.CompleteAsync();
    }

    private IReadOnlyList<INotificationChannel> Read(string json, TimeProvider time) =>
        new ChannelReader(folder.Path, Compatibility.None, time, Assert.Fail).Read(JsonNode.Parse(json)!.AsArray());

    private sealed class EndlessChannel : INotificationChannel
    {
        public string Description => "endless";

        public TimeSpan Limit => TimeSpan.FromSeconds(1);

        public bool Wants(string name) => true;

        public async Task<string?> SendAsync(Envelope envelope, CancellationToken cancellationToken)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            return null;
        }
    }
}
