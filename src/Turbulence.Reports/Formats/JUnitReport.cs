using System.Globalization;
using System.Xml;
using Turbulence.Reports.Cases;
using Turbulence.Reports.Reading;
using Turbulence.Reports.Runs;

namespace Turbulence.Reports.Formats;

/// <summary>
/// JUnit's XML, for whoever counts tests: a suite for each journal, with a case for the verdict, each activity, each fault and each undo.
/// Only what Ant's schema and that of Jenkins' xunit plugin both allow is written.
/// </summary>
internal sealed class JUnitReport : IReportFormat
{
    /// <inheritdoc/>
    public string Name => "junit";

    /// <inheritdoc/>
    public string Extension => ".xml";

    /// <inheritdoc/>
    public void Write(Report report, Stream target)
    {
        using var xml = XmlText.Begin(target);
        xml.WriteStartDocument();
        xml.WriteStartElement("testsuites");
        for (var i = 0; i < report.Journals.Count; i++)
        {
            Write(xml, report.Journals[i], i);
        }

        xml.WriteEndElement();
        xml.WriteEndDocument();
        xml.Flush();
        target.Write("\n"u8);
    }

    private static void Write(XmlWriter xml, JournalReading journal, int place)
    {
        var cases = journal.IsRead ? RunCases.Of(journal.Run) : [RunCases.Unread(journal.Problem)];
        var name = XmlText.Name(journal.Run is { Title.Length: > 0 } titled ? titled.Title : Path.GetFileName(journal.File));
        xml.WriteStartElement("testsuite");
        xml.WriteAttributeString("name", name);
        xml.WriteAttributeString("package", "turbulence");
        xml.WriteAttributeString("id", Text(place));
        xml.WriteAttributeString(
            "timestamp",
            (journal.Run?.Started ?? DateTimeOffset.UnixEpoch).UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture));
        xml.WriteAttributeString("hostname", XmlText.Name(journal.Run?.Machine.Host ?? "localhost"));
        xml.WriteAttributeString("tests", Text(cases.Count));
        xml.WriteAttributeString("failures", Text(Count(cases, CaseOutcome.Failed)));
        xml.WriteAttributeString("errors", Text(Count(cases, CaseOutcome.Error)));
        xml.WriteAttributeString("skipped", Text(Count(cases, CaseOutcome.Skipped)));
        xml.WriteAttributeString("time", Seconds(journal.Run?.Duration ?? 0));
        WriteProperties(xml, journal);
        foreach (var one in cases)
        {
            Write(xml, one, name);
        }

        xml.WriteElementString("system-out", journal.Run is { } run ? XmlText.Of(string.Join('\n', run.Notes)) : "");
        xml.WriteElementString("system-err", journal.IsRead ? XmlText.Of(string.Join('\n', journal.Run.Reasons)) : XmlText.Of(journal.Problem));
        xml.WriteEndElement();
    }

    private static void WriteProperties(XmlWriter xml, JournalReading journal)
    {
        xml.WriteStartElement("properties");
        Property("journal", journal.File);
        if (journal.Run is { } run)
        {
            Property("verdict", ReportedVerdictWord.Of(run.Verdict));
            Property("exit_code", run.ExitCode is { } code ? Text(code) : null);
            Property("needs_a_person", run.NeedsAPerson ? "true" : "false");
            Property("run", run.RunId);
            Property("seed", run.Seed is { } seed ? Text(seed) : null);
            Property("source", run.Source);
            Property("compatibility", run.Compatibility);
        }

        xml.WriteEndElement();

        void Property(string name, string? value)
        {
            if (value is not null)
            {
                xml.WriteStartElement("property");
                xml.WriteAttributeString("name", name);
                xml.WriteAttributeString("value", XmlText.Of(value));
                xml.WriteEndElement();
            }
        }
    }

    private static void Write(XmlWriter xml, ReportedCase one, string suite)
    {
        xml.WriteStartElement("testcase");
        xml.WriteAttributeString("name", XmlText.Name(one.Name));
        xml.WriteAttributeString("classname", $"{suite}.{one.Group}");
        xml.WriteAttributeString("time", Seconds(one.Duration));
        var element = one.Outcome switch
        {
            CaseOutcome.Failed => "failure",
            CaseOutcome.Error => "error",
            CaseOutcome.Skipped => "skipped",
            _ => null,
        };
        if (element is not null)
        {
            xml.WriteStartElement(element);
            xml.WriteAttributeString("message", XmlText.Of(one.Message ?? one.Type));
            if (one.Outcome != CaseOutcome.Skipped)
            {
                xml.WriteAttributeString("type", XmlText.Name(one.Type));
            }

            xml.WriteString(XmlText.Of(one.Message));
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private static int Count(IReadOnlyList<ReportedCase> cases, CaseOutcome outcome) => cases.Count(one => one.Outcome == outcome);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    // A decimal without an exponent, whatever a journal says.
    private static string Seconds(double seconds) => Math.Clamp(seconds, 0, 1e9).ToString("0.000", CultureInfo.InvariantCulture);
}
