using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Xml;
using Turbulence.Reports.Cases;
using Turbulence.Reports.Reading;

namespace Turbulence.Reports.Formats;

/// <summary>
/// TRX, the results of tests as Visual Studio and Azure Pipelines read them: the cases of JUnit's form. An error is a failure here, since
/// not every reader has both, and what nothing is known of was not executed.
/// </summary>
internal sealed class TrxReport : IReportFormat
{
    private const string Namespace = "http://microsoft.com/schemas/VisualStudio/TeamTest/2010";

    // These ids are the same in every file.
    private const string UnitTestType = "13cdc9d9-ddb5-4fa4-a97d-d965ccfc6d4b";
    private const string NoList = "8c84fa94-04c1-424b-9868-57a2d4851a1d";
    private const string EveryList = "19431567-8539-422a-85d7-44ee4e166bda";

    /// <inheritdoc/>
    public string Name => "trx";

    /// <inheritdoc/>
    public string Extension => ".trx";

    /// <inheritdoc/>
    public void Write(Report report, Stream target)
    {
        List<Result> results = [.. report.Journals.SelectMany((journal, place) => Results(journal, place))];
        var start = report.Runs.Select(static run => run.Started).Min() ?? DateTimeOffset.UnixEpoch;
        var finish = report.Runs.Select(static run => run.Ended ?? run.Started).Max() ?? start;
        var key = string.Join('\n', report.Journals.Select(static journal => journal.Run?.RunId ?? journal.File));
        using var xml = XmlText.Begin(target);
        xml.WriteStartDocument();
        xml.WriteStartElement("TestRun", Namespace);
        xml.WriteAttributeString("id", Id("run", key));
        xml.WriteAttributeString("name", XmlText.Name(string.Join(", ", results.Select(static one => one.Suite).Distinct().Take(5))));
        xml.WriteStartElement("Times");
        foreach (var time in (string[])["creation", "queuing", "start"])
        {
            xml.WriteAttributeString(time, Text(start));
        }

        xml.WriteAttributeString("finish", Text(finish));
        xml.WriteEndElement();
        WriteResults(xml, results);
        WriteDefinitions(xml, results);
        WriteEntries(xml, results);
        WriteSummary(xml, report, results);
        xml.WriteEndElement();
        xml.WriteEndDocument();
        xml.Flush();
        target.Write("\n"u8);
    }

    private static void WriteResults(XmlWriter xml, List<Result> results)
    {
        xml.WriteStartElement("Results");
        foreach (var one in results)
        {
            xml.WriteStartElement("UnitTestResult");
            xml.WriteAttributeString("executionId", one.Execution);
            xml.WriteAttributeString("testId", one.Test);
            xml.WriteAttributeString("testName", one.Name);
            xml.WriteAttributeString("computerName", one.Computer);
            xml.WriteAttributeString("duration", Span(one.Case.Duration));
            xml.WriteAttributeString("startTime", Text(one.Started));
            xml.WriteAttributeString("endTime", Text(Later(one.Started, one.Case.Duration)));
            xml.WriteAttributeString("testType", UnitTestType);
            xml.WriteAttributeString("outcome", one.Outcome);
            xml.WriteAttributeString("testListId", NoList);
            xml.WriteAttributeString("relativeResultsDirectory", one.Execution);
            if (one.Case.Message is { } message)
            {
                xml.WriteStartElement("Output");
                if (one.Outcome == "Passed")
                {
                    xml.WriteElementString("StdOut", XmlText.Of(message));
                }
                else
                {
                    xml.WriteStartElement("ErrorInfo");
                    xml.WriteElementString("Message", XmlText.Of(one.Case.Type.Length > 0 ? $"{one.Case.Type}: {message}" : message));
                    xml.WriteEndElement();
                }

                xml.WriteEndElement();
            }

            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private static void WriteDefinitions(XmlWriter xml, List<Result> results)
    {
        xml.WriteStartElement("TestDefinitions");
        foreach (var one in results)
        {
            xml.WriteStartElement("UnitTest");
            xml.WriteAttributeString("name", one.Name);
            xml.WriteAttributeString("storage", one.Storage);
            xml.WriteAttributeString("id", one.Test);
            xml.WriteStartElement("Execution");
            xml.WriteAttributeString("id", one.Execution);
            xml.WriteEndElement();
            xml.WriteStartElement("TestMethod");
            xml.WriteAttributeString("codeBase", one.Storage);
            xml.WriteAttributeString("adapterTypeName", "executor://turbulence/v1");
            xml.WriteAttributeString("className", $"{one.Suite}.{one.Case.Group}");
            xml.WriteAttributeString("name", XmlText.Name(one.Case.Name));
            xml.WriteEndElement();
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private static void WriteEntries(XmlWriter xml, List<Result> results)
    {
        xml.WriteStartElement("TestEntries");
        foreach (var one in results)
        {
            xml.WriteStartElement("TestEntry");
            xml.WriteAttributeString("testId", one.Test);
            xml.WriteAttributeString("executionId", one.Execution);
            xml.WriteAttributeString("testListId", NoList);
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
        xml.WriteStartElement("TestLists");
        foreach (var (name, id) in (ReadOnlySpan<(string, string)>)[("Results Not in a List", NoList), ("All Loaded Results", EveryList)])
        {
            xml.WriteStartElement("TestList");
            xml.WriteAttributeString("name", name);
            xml.WriteAttributeString("id", id);
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private static void WriteSummary(XmlWriter xml, Report report, List<Result> results)
    {
        int Count(string outcome) => results.Count(one => one.Outcome == outcome);
        var (passed, failed, left) = (Count("Passed"), Count("Failed"), Count("NotExecuted"));
        xml.WriteStartElement("ResultSummary");
        xml.WriteAttributeString("outcome", failed > 0 ? "Failed" : "Completed");
        xml.WriteStartElement("Counters");
        foreach (var (name, count) in (ReadOnlySpan<(string, int)>)[
            ("total", results.Count), ("executed", passed + failed), ("passed", passed), ("failed", failed), ("error", 0), ("timeout", 0),
            ("aborted", 0), ("inconclusive", 0), ("passedButRunAborted", 0), ("notRunnable", 0), ("notExecuted", left), ("disconnected", 0),
            ("warning", 0), ("completed", 0), ("inProgress", 0), ("pending", 0)])
        {
            xml.WriteAttributeString(name, count.ToString(CultureInfo.InvariantCulture));
        }

        xml.WriteEndElement();
        xml.WriteStartElement("Output");
        xml.WriteElementString("StdOut", XmlText.Of(string.Join('\n', report.Journals.Select(static journal => journal.IsRead
            ? $"{journal.File}: {RunCases.Of(journal.Run)[0].Message}"
            : $"{journal.File}: {journal.Problem}"))));
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static IEnumerable<Result> Results(JournalReading journal, int place)
    {
        var run = journal.Run;
        var suite = XmlText.Name(run is { Title.Length: > 0 } ? run.Title : Path.GetFileName(journal.File));
        var cases = journal.IsRead ? RunCases.Of(journal.Run) : [RunCases.Unread(journal.Problem)];
        foreach (var one in cases)
        {
            // What is shown of a name may be less than tells it from others.
            var key = $"{place}\n{run?.Title}\n{one.Group}\n{one.Name}";
            yield return new Result(one, suite, XmlText.Name($"{suite}.{one.Group}.{one.Name}"))
            {
                // The same test in each run, so that its history can be followed.
                Test = Id("test", key),
                Execution = Id("execution", $"{key}\n{run?.RunId}\n{journal.File}"),
                Computer = XmlText.Name(run?.Machine.Host ?? "localhost"),
                Storage = XmlText.Name(run?.Source ?? journal.File),
                Started = Later(run?.Started ?? DateTimeOffset.UnixEpoch, one.Begin),
            };
        }
    }

    private static string Id(string what, string key) =>
        new Guid(SHA256.HashData(Encoding.UTF8.GetBytes($"turbulence {what}\n{key}")).AsSpan(0, 16)).ToString();

    // Whatever a journal says, it fits.
    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(Math.Clamp(seconds, 0, 1e8));

    private static DateTimeOffset Later(DateTimeOffset at, double seconds) =>
        DateTimeOffset.MaxValue - at > Seconds(seconds) ? at + Seconds(seconds) : at;

    private static string Span(double seconds) => Seconds(seconds) is var span && span.Days > 0
        ? span.ToString(@"d\.hh\:mm\:ss\.fffffff", CultureInfo.InvariantCulture)
        : span.ToString(@"hh\:mm\:ss\.fffffff", CultureInfo.InvariantCulture);

    private static string Text(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffffff'+00:00'", CultureInfo.InvariantCulture);

    private sealed record Result(ReportedCase Case, string Suite, string Name)
    {
        public required string Test { get; init; }

        public required string Execution { get; init; }

        public required string Computer { get; init; }

        public required string Storage { get; init; }

        public required DateTimeOffset Started { get; init; }

        public string Outcome => Case.Outcome switch
        {
            CaseOutcome.Passed => "Passed",
            CaseOutcome.Skipped => "NotExecuted",
            _ => "Failed",
        };
    }
}
