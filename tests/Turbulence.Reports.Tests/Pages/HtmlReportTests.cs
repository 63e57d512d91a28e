using System.Text;
using System.Xml.Linq;
using Turbulence.Events;
using Turbulence.Reports.Formats;
using Turbulence.Reports.Pages;
using Turbulence.Reports.Reading;
using Turbulence.Reports.Runs;
using Turbulence.Reports.Tests.Reading;

namespace Turbulence.Reports.Tests.Pages;

public sealed class HtmlReportTests
{
    private static readonly XNamespace None = XNamespace.None;

    public static TheoryData<string> Names => [.. Samples.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_journal_becomes_a_page_on_which_nothing_of_it_is_missing(string name)
    {
        var run = Samples.Run(name);
        var body = Body([run]);
        var text = body.Value;
        var verdict = VerdictText.Of(run);
        Assert.Equal(verdict.Word, body.Descendants(None + "strong").First().Value);
        Assert.All(run.Reasons, reason => Assert.Contains(reason, text, StringComparison.Ordinal));
        Assert.All(run.Notes, note => Assert.Contains(note, text, StringComparison.Ordinal));
        Assert.All(run.Activities, activity => Assert.Contains(activity.Name, text, StringComparison.Ordinal));
        Assert.All(run.Faults, fault => Assert.Contains(fault.Kind, text, StringComparison.Ordinal));
        Assert.All(run.Faults, fault => Assert.Contains(fault.Effect?.Text ?? "nobody looked", text, StringComparison.Ordinal));
        Assert.All(run.Services, service => Assert.Contains(service.Name, text, StringComparison.Ordinal));
        Assert.All(run.Loads, load => Assert.Contains(Wording.Count(load.Lost), text, StringComparison.Ordinal));
        Assert.All(run.Activities.Where(static one => one.Error is not null).DistinctBy(static one => (one.Phase, one.Name)), one =>
            Assert.Contains(one.Error!, text, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("passed", "passed", "good")]
    [InlineData("deviated", "deviated", "bad")]
    [InlineData("failed", "failed", "doubt")]
    [InlineData("inconclusive", "inconclusive", "doubt")]
    [InlineData("interrupted", "interrupted", "doubt")]
    [InlineData("dry", "dry", "doubt")]
    [InlineData("running", "unfinished", "doubt")]
    [InlineData("needs-a-person", "needs a person", "alarm")]
    public void What_a_run_has_shown_is_said_in_a_word_and_a_colour(string name, string word, string tone)
    {
        var header = Body([Samples.Run(name)]).Element(None + "header")!;
        Assert.Equal($"verdict {tone}", header.Attribute("class")!.Value);
        Assert.Equal(word, header.Descendants(None + "strong").Single().Value);
    }

    [Theory]
    [InlineData(ReportedVerdict.Passed)]
    [InlineData(ReportedVerdict.Deviated)]
    [InlineData(ReportedVerdict.Interrupted)]
    public void Whatever_the_verdict_is_that_a_person_is_needed_comes_first(ReportedVerdict verdict)
    {
        var header = Body([Samples.Run("passed") with { Verdict = verdict, NeedsAPerson = true }]).Element(None + "header")!;
        Assert.Equal("needs a person", header.Descendants(None + "strong").Single().Value);
        Assert.DoesNotContain("passed", header.Descendants(None + "p").Take(2).Select(static one => one.Value));
    }

    [Fact]
    public void Names_are_texts_whatever_is_in_them()
    {
        const string Hostile = "<script>alert(1)</script>&amp;\"'><img src=x onerror=alert(2)> \u0000\u0007\ud800 ]]> </svg></title>";
        var run = Samples.Run("passed");
        var body = Body([run with
        {
            Title = Hostile,
            Description = Hostile,
            Reasons = [Hostile],
            Notes = [Hostile],
            Tags = [Hostile],
            Activities = [.. run.Activities.Select(static one => one with { Name = Hostile, Error = Hostile })],
            Faults = [.. run.Faults.Select(static one =>
                one with { Kind = Hostile, Effect = new Evidence(true, Hostile), Targets = [Hostile] })],
            Services = [.. run.Services.Select(static one => one with { Name = Hostile })],
            Loads = [.. run.Loads.Select(static one => one with { Name = Hostile, Outcomes = [new OutcomeCount(Hostile, 3)] })],
        }]);
        Assert.Contains("<script>alert(1)</script>&amp;\"'><img src=x onerror=alert(2)>", body.Value, StringComparison.Ordinal);
        Assert.Equal(
            ["circle", "code", "dd", "defs", "details", "div", "dl", "dt", "g", "h1", "h2", "h3", "header", "li", "line", "main", "p",
                "path",
                "pre", "rect", "small", "span", "strong", "summary", "svg", "table", "tbody", "td", "text", "th", "thead", "title", "tr",
                    "ul",
                "use"],
            body.Descendants().Select(static one => one.Name.LocalName).Distinct().Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void It_asks_nobody_for_anything(string name)
    {
        var page = Page([Samples.Run(name)]);
        Assert.Contains("default-src 'none'", page, StringComparison.Ordinal);
        Assert.DoesNotContain("url(", page, StringComparison.Ordinal);
        Assert.DoesNotContain("@import", page, StringComparison.Ordinal);
        var attributes = Body([Samples.Run(name)]).Descendants().Attributes().ToList();
        Assert.DoesNotContain(attributes, static one => one.Name.LocalName is "src" or "srcset" or "action" or "style" or "data");
        Assert.DoesNotContain(attributes, static one => one.Name.LocalName.StartsWith("on", StringComparison.Ordinal));
        Assert.All(attributes.Where(static one => one.Name.LocalName == "href"),
            one => Assert.StartsWith("#", one.Value, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void What_is_drawn_is_said_as_well(string name) => Assert.All(
        Body([Samples.Run(name)]).Descendants(None + "svg").Where(static one => one.Attribute("role")?.Value == "img"),
        lane => Assert.InRange(lane.Attribute("aria-label")!.Value.Length, 5, int.MaxValue));

    [Fact]
    public void Several_runs_stand_beside_each_other_and_each_is_there_as_a_whole()
    {
        ReportedRun[] runs = [.. Samples.Names.Select(Samples.Run)];
        var body = Body(runs);
        var links = body.Descendants(None + "a").Select(static one => one.Attribute("href")!.Value[1..]).ToList();
        Assert.Equal(runs.Length, links.Count);
        var ids = body.Descendants().Attributes("id").Select(static one => one.Value).ToList();
        Assert.Equal(ids.Count, ids.Distinct().Count());
        Assert.Empty(links.Except(ids));
    }

    [Fact]
    public void The_same_journal_makes_the_same_page() => Assert.Equal(
        Page([Samples.Run("passed")]), Page([Samples.Run("passed")]));

    [Fact]
    public void A_run_of_which_nothing_is_known_has_a_page()
    {
        var text = Body([new ReportedRun("empty.json")]).Value;
        Assert.Contains("An experiment without a title", text, StringComparison.Ordinal);
        Assert.Contains("unfinished", text, StringComparison.Ordinal);
    }

    [Fact]
    public void An_hour_with_a_probe_each_tenth_of_a_second_is_a_page_that_a_browser_carries()
    {
        using var journal = new MemoryStream();
        LongJournal.Write(journal, 36_000);
        journal.Position = 0;
        Assert.InRange(Page([JournalReader.Read(journal, "hour.json").Run!]).Length, 50_000, 3_000_000);
    }

    [Fact]
    public void A_journal_that_cannot_be_read_is_on_the_page()
    {
        var broken = JournalReader.Read(new MemoryStream("[]"u8.ToArray()), "broken.json");
        var text = Body(Text(new Report([JournalReading.Of(Samples.Run("passed")), broken]))).Value;
        Assert.Contains($"The journal broken.json cannot be read: {broken.Problem}", text, StringComparison.Ordinal);
        Assert.Contains("passed", text, StringComparison.Ordinal);
    }

    private static string Page(IReadOnlyList<ReportedRun> runs) => Text(new Report([.. runs.Select(JournalReading.Of)]));

    private static string Text(Report report)
    {
        using var page = new MemoryStream();
        new HtmlReport().Write(report, page);
        return Encoding.UTF8.GetString(page.ToArray());
    }

    // All but the head and the script is XML as well: each element is closed, each text is escaped.
    private static XElement Body(IReadOnlyList<ReportedRun> runs) => Body(Page(runs));

    private static XElement Body(string page)
    {
        var begin = page.IndexOf("<body>", StringComparison.Ordinal);
        var end = page.IndexOf("<script>", begin, StringComparison.Ordinal);
        return XElement.Parse(page[begin..end] + "</body>", LoadOptions.PreserveWhitespace);
    }
}
