using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using Turbulence.Live.Tests.Serving;
using Turbulence.Reports;
using Turbulence.Reports.Reading;

namespace Turbulence.Live.Tests;

/// <summary>A run in a browser: what is sent, to whom it is too fast, and what happens at its end.</summary>
public sealed class LiveRunTests : IAsyncLifetime
{
    private int halts;
    private LiveRun run = null!;

    public async ValueTask InitializeAsync() => run = await LiveRun.StartAsync(0, TimeProvider.System, () =>
    {
        halts++;
        return true;
    });

    public ValueTask DisposeAsync() => run.DisposeAsync();

    [Fact]
    public async Task Every_line_is_sent_once_and_who_was_cut_off_goes_on_behind_the_last_that_he_got()
    {
        using var visitor = await Visitor.LetInAsync(run.Address);
        Add(0, 1_000);
        using var stream = await EventsAsync(visitor, null);
        var first = await ReadAsync(stream, 1_000);
        Add(1_000, 1_500);
        using var again = await EventsAsync(visitor, first.LastId);
        var second = await ReadAsync(again, 500);

        Assert.Equal(Enumerable.Range(0, 1_500), first.Numbers.Concat(second.Numbers));
        Assert.Equal(0, first.Skipped + second.Skipped);
    }

    [Fact]
    public async Task A_browser_that_reads_nothing_holds_nobody_up_and_is_told_later_how_much_it_has_missed()
    {
        using var visitor = await Visitor.LetInAsync(run.Address);
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 4096 };
        await socket.ConnectAsync(IPAddress.Loopback, run.Address.Port, TestContext.Current.CancellationToken);
        var request = $"GET {visitor.Root.AbsolutePath}events HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {visitor.Cookies.GetCookieHeader(visitor.Root)}\r\n\r\n";
        await socket.SendAsync(Encoding.ASCII.GetBytes(request), TestContext.Current.CancellationToken);

        // More than is held, and far more than all the buffers between here and there take.
        Add(0, 300_000);
        Assert.Equal(300_000, run.Feed.Count);

        using var stream = await EventsAsync(visitor, null);
        var late = await ReadAsync(stream, 300_000);
        Assert.Equal(299_999, late.Numbers[^1]);
        Assert.Equal(300_000, late.Numbers.Count + late.Skipped);
        Assert.True(late.Skipped > 0);
    }

    [Fact]
    public async Task At_the_end_who_watches_is_given_the_report_before_the_server_ends()
    {
        using var visitor = await Visitor.LetInAsync(run.Address);
        using (var early = await visitor.GetAsync("/report"))
        {
            Assert.Equal(HttpStatusCode.NotFound, early.StatusCode);
        }

        Add(0, 1);
        using var stream = await EventsAsync(visitor, null);
        var ending = run.EndAsync(Report("passed.json"));
        await ReadToEndAsync(stream);
        Assert.False(ending.IsCompleted);

        using var report = await visitor.GetAsync("/report");
        var html = await report.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains("<title>passed: Kill the primary</title>", html, StringComparison.Ordinal);
        Assert.Contains("script-src 'unsafe-inline'", report.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        await ending;
    }

    [Fact]
    public async Task Who_watches_hears_that_the_run_is_there_also_while_it_says_nothing()
    {
        var time = new FakeTimeProvider { AutoAdvanceAmount = TimeSpan.Zero };
        await using var quiet = await LiveRun.StartAsync(0, time, halt: null);
        using var visitor = await Visitor.LetInAsync(quiet.Address);
        using var stream = await EventsAsync(visitor, null);
        using var ticking = new Timer(_ => time.Advance(TimeSpan.FromSeconds(1)), null, 0, 10);
        while (await stream.ReadLineAsync(TestContext.Current.CancellationToken) != "event: still")
        {
        }
    }

    [Fact]
    public async Task Where_nobody_watches_nobody_is_waited_for()
    {
        Add(0, 1);
        await run.EndAsync(Report("passed.json"));
    }

    [Fact]
    public async Task A_browser_that_does_not_fetch_the_report_is_waited_for_no_longer_than_that()
    {
        using var visitor = await Visitor.LetInAsync(run.Address);
        using var stream = await EventsAsync(visitor, null);
        await run.EndAsync(Report("passed.json"));
    }

    [Fact]
    public async Task A_journal_that_cannot_be_read_is_said_to_be_in_the_report()
    {
        using var visitor = await Visitor.LetInAsync(run.Address);
        using var stream = await EventsAsync(visitor, null);
        var ending = run.EndAsync(Report("is-not-there.json"));
        await ReadToEndAsync(stream);
        using var report = await visitor.GetAsync("/report");
        Assert.Contains("it is not there", await report.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        await ending;
    }

    [Fact]
    public async Task The_halt_reaches_the_run_and_not_one_that_is_over()
    {
        using var visitor = await Visitor.LetInAsync(run.Address);
        using (var answer = await visitor.PostAsync("/halt", visitor.Origin))
        {
            Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        }

        await run.EndAsync(Report("passed.json"));
        using var late = await visitor.PostAsync("/halt", visitor.Origin);
        Assert.Equal(HttpStatusCode.Conflict, late.StatusCode);
        Assert.Equal(1, halts);
    }

    [Fact]
    public async Task Where_the_run_cannot_be_reached_no_halt_is_offered()
    {
        await using var other = await LiveRun.StartAsync(0, TimeProvider.System, halt: null);
        using var visitor = await Visitor.LetInAsync(other.Address);
        using var stream = await EventsAsync(visitor, null);
        Assert.Equal("event: hello", await stream.ReadLineAsync(TestContext.Current.CancellationToken));
        Assert.Equal("data: {\"halt\":false}", await stream.ReadLineAsync(TestContext.Current.CancellationToken));
        using var answer = await visitor.PostAsync("/halt", visitor.Origin);
        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
    }

    [Theory]
    [InlineData("/", "text/html; charset=utf-8")]
    [InlineData("/live.css", "text/css; charset=utf-8")]
    [InlineData("/live.js", "text/javascript; charset=utf-8")]
    [InlineData("/lanes.js", "text/javascript; charset=utf-8")]
    [InlineData("/marks.js", "text/javascript; charset=utf-8")]
    public async Task The_page_and_its_parts_come_with_the_program(string path, string type)
    {
        using var visitor = await Visitor.LetInAsync(run.Address);
        using var answer = await visitor.GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(type, answer.Content.Headers.ContentType!.ToString());
        Assert.NotEmpty(await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("/page.js")]
    [InlineData("/live.html")]
    [InlineData("/report")]
    [InlineData("/events/")]
    [InlineData("/%2e%2e%2fpasswd")]
    public async Task Nothing_else_does(string path)
    {
        using var visitor = await Visitor.LetInAsync(run.Address);
        using var answer = await visitor.GetAsync(path);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    private static Report Report(string name) =>
        new([JournalReader.Read(Path.Combine(BuiltProgram.Root, "tests", "Turbulence.Reports.Tests", "Journals", name))]);

    private static async Task<StreamReader> EventsAsync(Visitor visitor, string? after)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, visitor.Page("/events"));
        if (after is not null)
        {
            request.Headers.Add("Last-Event-ID", after);
        }

        var answer = await visitor.SendAsync(request, null);
        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType!.MediaType);
        return new StreamReader(await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
    }

    private static async Task ReadToEndAsync(StreamReader stream)
    {
        var text = await stream.ReadToEndAsync(TestContext.Current.CancellationToken);
        Assert.EndsWith("event: end\ndata: {}\n\n", text, StringComparison.Ordinal);
    }

    private static async Task<(List<int> Numbers, long Skipped, string LastId)> ReadAsync(StreamReader stream, long count)
    {
        List<int> numbers = [];
        var skipped = 0L;
        var id = "";
        while (numbers.Count + skipped < count)
        {
            var line = await stream.ReadLineAsync(TestContext.Current.CancellationToken);
            Assert.NotNull(line);
            if (line.StartsWith("id: ", StringComparison.Ordinal))
            {
                id = line[4..];
            }

            if (line.StartsWith("data: {\"age\"", StringComparison.Ordinal))
            {
                var batch = JsonNode.Parse(line[6..])!;
                skipped += (long)batch["skipped"]!;
                numbers.AddRange(batch["lines"]!.AsArray().Select(static one => (int)one!["at"]!));
            }
        }

        return (numbers, skipped, id);
    }

    private void Add(int from, int until)
    {
        for (var number = from; number < until; number++)
        {
            run.Feed.Add(Line.Probe(number));
        }
    }
}
