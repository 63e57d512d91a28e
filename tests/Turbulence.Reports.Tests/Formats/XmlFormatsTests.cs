using System.Globalization;
using System.Xml.Linq;
using Turbulence.Reports.Reading;
using Turbulence.Reports.Runs;

namespace Turbulence.Reports.Tests.Formats;

/// <summary>JUnit and TRX: what those read who count tests.</summary>
public sealed class XmlFormatsTests
{
    private static readonly XNamespace Trx = "http://microsoft.com/schemas/VisualStudio/TeamTest/2010";

    public static TheoryData<string> Names => [.. Samples.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_report_is_as_its_schema_says_and_its_counts_are_those_of_its_cases(string name)
    {
        var junit = Samples.Write("junit", name);
        Schema.Hold(junit, "junit");
        var suite = XDocument.Parse(junit).Root!.Elements("testsuite").Single();
        int Of(string attribute) => int.Parse(suite.Attribute(attribute)!.Value, CultureInfo.InvariantCulture);
        Assert.Equal(Of("tests"), suite.Elements("testcase").Count());
        Assert.Equal(Of("failures"), suite.Descendants("failure").Count());
        Assert.Equal(Of("errors"), suite.Descendants("error").Count());
        Assert.Equal(Of("skipped"), suite.Descendants("skipped").Count());
        Assert.Equal(Of("tests"), suite.Elements("testcase").Select(one => (one.Attribute("classname")!.Value, one.Attribute("name")!.Value)).Distinct().Count());

        var trx = Samples.Write("trx", name);
        Schema.Hold(trx, "trx");
        var run = XDocument.Parse(trx).Root!;
        var counters = run.Descendants(Trx + "Counters").Single();
        Assert.Equal(Of("tests"), (int)counters.Attribute("total")!);
        Assert.Equal(Of("failures") + Of("errors"), (int)counters.Attribute("failed")!);
        Assert.Equal(Of("skipped"), (int)counters.Attribute("notExecuted")!);
        Assert.Equal(Of("tests") - Of("failures") - Of("errors") - Of("skipped"), (int)counters.Attribute("passed")!);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Who_knows_only_passed_and_failed_is_told_of_a_pass_only_where_there_was_one(string name)
    {
        var run = Samples.Run(name);
        var suite = XDocument.Parse(Samples.Write("junit", name)).Root!.Elements("testsuite").Single();
        var isRed = suite.Descendants("failure").Concat(suite.Descendants("error")).Any();
        var verdict = suite.Elements("testcase").Single(one => one.Attribute("name")!.Value == "verdict");
        Assert.Equal(run.Verdict is not (ReportedVerdict.Passed or ReportedVerdict.Dry), isRed);
        Assert.Equal(run.Verdict == ReportedVerdict.Passed, !verdict.HasElements);
        Assert.Equal(run.Verdict == ReportedVerdict.Dry, verdict.Element("skipped") is not null);
        Assert.Equal(isRed ? "Failed" : "Completed", XDocument.Parse(Samples.Write("trx", name)).Descendants(Trx + "ResultSummary").Single().Attribute("outcome")!.Value);
    }

    [Theory]
    [InlineData(ReportedVerdict.Passed, false, null)]
    [InlineData(ReportedVerdict.Passed, true, "error")]
    [InlineData(ReportedVerdict.Deviated, false, "failure")]
    [InlineData(ReportedVerdict.Deviated, true, "error")]
    [InlineData(ReportedVerdict.Failed, false, "error")]
    [InlineData(ReportedVerdict.Inconclusive, false, "error")]
    [InlineData(ReportedVerdict.Interrupted, false, "error")]
    [InlineData(ReportedVerdict.Dry, false, "skipped")]
    [InlineData(ReportedVerdict.Dry, true, "error")]
    [InlineData(ReportedVerdict.NeedsAPerson, true, "error")]
    [InlineData(ReportedVerdict.Unfinished, false, "error")]
    public void The_verdict_is_a_case_of_its_own(ReportedVerdict verdict, bool needsAPerson, string? element)
    {
        var suite = XDocument.Parse(Samples.Write("junit", Of(new ReportedRun("j") { Verdict = verdict, NeedsAPerson = needsAPerson }))).Root!;
        Assert.Equal(element, suite.Descendants("testcase").Single().Elements().SingleOrDefault()?.Name.LocalName);
    }

    [Fact]
    public void A_fault_is_two_cases_its_effect_and_its_undo()
    {
        var suite = XDocument.Parse(Samples.Write("junit", "passed")).Root!;
        var faults = suite.Descendants("testcase").Where(one => one.Attribute("classname")!.Value.EndsWith(".faults", StringComparison.Ordinal));
        Assert.Equal(["effect of process.kill of kill-primary (1)", "undo of process.kill of kill-primary (1)"], faults.Select(one => one.Attribute("name")!.Value));
    }

    [Theory]
    [InlineData("confirmed", true, null, null)]
    [InlineData("reverted", true, null, "error")]
    [InlineData("active", false, null, "error")]
    [InlineData("confirmed", false, "gone", null)]
    public void An_effect_that_was_not_there_is_skipped_and_an_undo_that_nobody_saw_is_an_error(
        string state, bool seen, string? lost, string? undo)
    {
        var run = new ReportedRun("j")
        {
            Verdict = ReportedVerdict.Inconclusive,
            Faults = [new ReportedFault("f", "process.kill", "a") { State = state, Effect = new(seen, "text"), Lost = lost }],
        };
        var cases = XDocument.Parse(Samples.Write("junit", Of(run))).Root!.Descendants("testcase").ToList();
        Assert.Equal(seen && lost is null ? null : "skipped", cases[1].Elements().SingleOrDefault()?.Name.LocalName);
        Assert.Equal(undo, cases[2].Elements().SingleOrDefault()?.Name.LocalName);
    }

    [Fact]
    public void Several_journals_are_a_suite_each_and_one_that_cannot_be_read_is_an_error()
    {
        var report = new Report([Samples.Read("passed"), Samples.ReadText("{", "broken.json"), Samples.Read("deviated")]);
        var junit = Samples.Write("junit", report);
        Schema.Hold(junit, "junit");
        var suites = XDocument.Parse(junit).Root!.Elements("testsuite").ToList();
        Assert.Equal(["Kill the primary", "broken.json", "Both servers die"], suites.Select(one => one.Attribute("name")!.Value));
        Assert.Equal("1", suites[1].Attribute("errors")!.Value);
        var trx = Samples.Write("trx", report);
        Schema.Hold(trx, "trx");
        Assert.Contains("the journal cannot be read: not JSON: line 1, byte 2", trx, StringComparison.Ordinal);
    }

    [Fact]
    public void Cases_that_are_called_alike_are_told_apart_also_from_one_that_is_called_as_the_second_would_be()
    {
        string[] names = ["a", "a (2)", "a", "a", "a (2)"];
        var run = new ReportedRun("j")
        {
            Verdict = ReportedVerdict.Passed,
            Activities = [.. names.Select((name, i) => new ReportedActivity(i + 1, name, Interruptions.RunPhase.Method) { Type = "probe" })],
        };
        Schema.Hold(Samples.Write("trx", Of(run)), "trx");
        var cases = XDocument.Parse(Samples.Write("junit", Of(run))).Descendants("testcase").Select(one => one.Attribute("name")!.Value);
        Assert.Equal(["verdict", "probe a", "probe a (2)", "probe a (3)", "probe a (4)", "probe a (2) (2)"], cases);
    }

    [Fact]
    public void The_same_journal_twice_keeps_its_ids_apart()
    {
        Schema.Hold(Samples.Write("trx", "passed", "passed"), "trx");
        Schema.Hold(Samples.Write("junit", "passed", "passed"), "junit");
    }

    [Fact]
    public void A_test_has_the_same_id_in_every_run()
    {
        var other = File.ReadAllText(Samples.File("passed")).Replace(Samples.Run("passed").RunId!, "another", StringComparison.Ordinal);
        string[] Ids(string trx, string attribute) =>
            [.. XDocument.Parse(trx).Descendants(Trx + "UnitTestResult").Select(one => one.Attribute(attribute)!.Value)];
        var first = Samples.Write("trx", "passed");
        var second = Samples.Write("trx", new Report([Samples.ReadText(other, "passed.json")]));
        Assert.Equal(Ids(first, "testId"), Ids(second, "testId"));
        Assert.Empty(Ids(first, "executionId").Intersect(Ids(second, "executionId")));
    }

    [Fact]
    public void Moments_and_times_that_no_calendar_has_are_written_all_the_same()
    {
        var run = new ReportedRun("j")
        {
            Verdict = ReportedVerdict.Passed,
            Started = DateTimeOffset.MaxValue,
            Duration = 1e300,
            Activities = [new ReportedActivity(1, "a", Interruptions.RunPhase.Method) { Begin = -1e300, Duration = 1e300, Status = ActivityStatus.Succeeded }],
        };
        Schema.Hold(Samples.Write("junit", Of(run)), "junit");
        Schema.Hold(Samples.Write("trx", Of(run)), "trx");
    }

    private static Report Of(ReportedRun run) => new([JournalReading.Of(run)]);
}
