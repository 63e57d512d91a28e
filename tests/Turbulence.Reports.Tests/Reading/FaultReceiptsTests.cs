using System.Globalization;
using Turbulence.Events;
using Turbulence.Reports.Reading;
using Turbulence.Reports.Runs;

namespace Turbulence.Reports.Tests.Reading;

public sealed class FaultReceiptsTests : IDisposable
{
    private static readonly DateTimeOffset Begin = new(2026, 11, 30, 4, 0, 0, TimeSpan.Zero);

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_request_a_connection_and_a_datagram_say_when_they_were_hit_and_which_they_were()
    {
        var (fault, count, first) = Assert.Single(Read(
            [Fault("f1", "lie", 1)],
            """{"seed":7,"seen":{"at":"2026-11-30T04:00:00.0000000Z"}}""",
            """{"proxy":"web","toxic":"lie","method":"POST","path":"/orders","occurrence":3,"seen":{"at":"2026-11-30T04:00:02.5000000Z","connection":9,"request":2,"traceparent":"00-0af7-01"}}""",
            """{"proxy":"db","toxic":"lie","connection":7,"seen":{"at":"2026-11-30T04:00:03.0000000Z"}}""",
            """{"proxy":"dns","toxic":"lie","flow":1,"stream":"upstream","datagram":2,"seen":{"at":"2026-11-30T04:00:04.0000000Z"}}""",
            """{"proxy":"db","toxic":"of nobody","connection":8,"seen":{"at":"2026-11-30T04:00:03.0000000Z"}}""").All);
        Assert.Equal(("f1", 3), (fault.Id, count));
        Assert.Equal(
            [
                new FaultReceipt("web", "POST /orders", 2.5, 9, "00-0af7-01"),
                new FaultReceipt("db", "connection", 3, 7, null),
                new FaultReceipt("dns", "datagram 2 upstream", 4, 1, null),
            ],
            first);
    }

    [Fact]
    public void Of_two_faults_of_one_name_each_has_those_that_were_hit_while_it_was_in()
    {
        var all = Read([Fault("f1", "lie", 1), Fault("f2", "lie", 10)], [.. new[] { 2, 3, 11 }.Select(Connection)]).All.ToList();
        Assert.Equal([("f1", 2L), ("f2", 1L)], all.Select(static one => (one.Fault.Id, one.Count)));
    }

    [Fact]
    public void All_are_counted_and_the_first_are_kept()
    {
        var (_, count, first) = Assert.Single(
            Read([Fault("f1", "lie", 1)], [.. Enumerable.Range(0, 1000).Select(static _ => Connection(2))]).All);
        Assert.Equal((1000, FaultReceipts.MostOfOne), (count, first.Count));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("5")]
    [InlineData("""{"toxic":5}""")]
    [InlineData("""{"toxic":"\ud800"}""")]
    public void What_is_no_receipt_is_passed_over(string line) => Assert.Empty(Read([Fault("f1", "other", 1)], line).All);

    [Theory]
    [InlineData("""{"toxic":"lie"}""")]
    [InlineData("""{"toxic":"lie","proxy":5,"connection":"x","seen":[]}""")]
    [InlineData("""{"toxic":"lie","seen":{"at":5}}""")]
    public void A_receipt_that_says_little_is_counted(string line)
    {
        var (_, _, first) = Assert.Single(Read([Fault("f1", "lie", 1)], line).All);
        Assert.Equal([new FaultReceipt("", "connection", null, null, null)], first);
    }

    [Fact]
    public void Where_the_journal_speaks_of_receipts_that_are_not_there_that_is_said()
    {
        var fault = Fault("f1", "lie", 1) with { Effect = new Evidence(true, "has hit 3; receipts in journal.json.d/proxy-receipts.jsonl") };
        var run = new ReportedRun(folder["journal.json"]) { Started = Begin, Faults = [fault] };
        Assert.True(FaultReceipts.Read(run).AreMissing);
        Assert.False(FaultReceipts.Read(run with { Faults = [Fault("f1", "lie", 1)] }).AreMissing);
    }

    [Theory]
    [InlineData("html")]
    [InlineData("markdown")]
    public void A_report_says_which_requests_of_a_real_run_were_hurt(string format)
    {
        var report = Samples.Write(format, new Report([JournalReader.Read(Samples.File("receipts"))]));
        Assert.Contains("Which requests were hurt", report, StringComparison.Ordinal);
        Assert.Equal(1 + FaultReceipts.MostOfOne, report.Split("GET /index/7").Length);
        Assert.Contains("42 were hit, of which the first 20 are shown", report, StringComparison.Ordinal);
    }

    private static ReportedFault Fault(string id, string activity, double injecting) =>
        new(id, "network.http.status", activity) { Times = new FaultTimes { Injecting = injecting } };

    private static string Connection(int second) => string.Create(
        CultureInfo.InvariantCulture,
        $$$"""{"proxy":"db","toxic":"lie","connection":1,"seen":{"at":"2026-11-30T04:00:{{{second:00}}}.0000000Z"}}""");

    private FaultReceipts Read(ReportedFault[] faults, params string[] lines)
    {
        folder.Write($"journal.json.d/{FaultReceipts.FileName}", string.Concat(lines.Select(static line => line + "\n")));
        return FaultReceipts.Read(new ReportedRun(folder["journal.json"]) { Started = Begin, Faults = faults });
    }
}
