using System.Globalization;
using System.Text.Json;
using Turbulence.Reports.Places;
using Turbulence.Reports.Reading;
using Turbulence.Reports.Runs;
using Turbulence.Reports.Texts;
using Turbulence.Reports.Weaknesses;

namespace Turbulence.Reports.Formats;

/// <summary>
/// SARIF 2.1.0, for code scanning: what was found wrong with the system, each at its place in the experiment. One finding has one
/// fingerprint in every run: it comes from the experiment's title, the stage and the name, and from nothing that differs from run to run.
/// </summary>
internal sealed class SarifReport : IReportFormat
{
    /// <inheritdoc/>
    public string Name => "sarif";

    /// <inheritdoc/>
    public string Extension => ".sarif";

    /// <inheritdoc/>
    public void Write(Report report, Stream target) => SarifLog.Write(target, json =>
    {
        foreach (var journal in report.Journals)
        {
            Write(json, journal, report);
            json.Flush();
        }
    });

    private static void Write(Utf8JsonWriter json, JournalReading journal, Report report)
    {
        json.WriteStartObject();
        var rules = WeaknessRule.All.Select(static rule => new SarifRule(rule.Id, rule.Level, rule.Short, rule.Full));
        SarifLog.WriteTool(json, report.Version, rules);
        json.WriteStartObject("automationDetails");
        json.WriteString("id", $"turbulence/{Uri.EscapeDataString(journal.Run is { Title.Length: > 0 } run ? run.Title : Path.GetFileName(journal.File))}/");
        json.WriteEndObject();
        WriteInvocation(json, journal);
        json.WriteString("columnKind", "utf16CodeUnits");
        json.WriteStartArray("results");
        if (journal.Run is { } read)
        {
            WriteResults(json, read, report);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    // What says nothing of the system, such as a gate that was not met, is no finding: but the tool has not done what it should have.
    private static void WriteInvocation(Utf8JsonWriter json, JournalReading journal)
    {
        var run = journal.Run;
        json.WriteStartArray("invocations");
        json.WriteStartObject();
        json.WriteBoolean("executionSuccessful", run is { NeedsAPerson: false, Verdict: ReportedVerdict.Passed or ReportedVerdict.Deviated });
        if (run?.ExitCode is { } code)
        {
            json.WriteNumber("exitCode", code);
        }

        if (run?.Started is { } started)
        {
            json.WriteString("startTimeUtc", Text(started));
        }

        if (run?.Ended is { } ended)
        {
            json.WriteString("endTimeUtc", Text(ended));
        }

        json.WriteStartArray("toolExecutionNotifications");
        if (run is null)
        {
            WriteNotification(json, "error", $"the journal {journal.File} cannot be read: {journal.Problem}");
        }
        else
        {
            WriteNotification(
                json, run is { NeedsAPerson: false, Verdict: ReportedVerdict.Passed or ReportedVerdict.Deviated } ? "note" : "error",
                $"verdict: {ReportedVerdictWord.Of(run.Verdict)}{(run.NeedsAPerson ? ", and the system needs a person" : "")}");
            foreach (var reason in run.Reasons)
            {
                WriteNotification(json, run.Verdict == ReportedVerdict.Deviated ? "warning" : "error", reason);
            }
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void WriteNotification(Utf8JsonWriter json, string level, string text)
    {
        json.WriteStartObject();
        json.WriteString("level", level);
        SarifLog.WriteText(json, "message", text);
        json.WriteEndObject();
    }

    private static void WriteResults(Utf8JsonWriter json, ReportedRun run, Report report)
    {
        var places = ExperimentPlaces.Of(run.Source, report.Folder);
        var location = places?.Location ?? ExperimentPlaces.UriOf(run.File, report.Folder);

        // The same probe that misses again and again is one finding.
        foreach (var same in Weakness.Of(run).GroupBy(static one => (one.Rule, one.Stage, one.Name)))
        {
            var first = same.First();
            json.WriteStartObject();
            json.WriteString("ruleId", first.Rule.Id);
            json.WriteNumber("ruleIndex", WeaknessRule.All.IndexOf(first.Rule));
            json.WriteString("level", first.Rule.Level);
            SarifLog.WriteText(json, "message", same.Count() == 1 ? first.Text : $"{first.Text} ({FigureText.Count(same.Count())} times)");
            SarifLog.WriteLocation(json, location, (first.Name is { } name ? places?.Line(first.List, name) : null) ?? 1, column: null);
            json.WriteStartObject("partialFingerprints");
            json.WriteString("turbulence/v1", first.Fingerprint(run.Title));
            json.WriteEndObject();
            json.WriteNumber("occurrenceCount", same.Count());
            json.WriteEndObject();
        }
    }

    private static string Text(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
