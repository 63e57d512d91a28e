using Turbulence.Events;
using Turbulence.Reports;
using Turbulence.Reports.Formats;
using Turbulence.Reports.Reading;

namespace Turbulence.Aspire.Experiments;

/// <summary>How an experiment of an AppHost ended, and where it is written down.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="Journal">Its journal, a full path.</param>
public sealed record ExperimentOutcome(RunOutcome Outcome, string Journal)
{
    /// <summary>Its report as a page, a full path; null where it could not be written.</summary>
    public string? Page { get; private init; }

    /// <summary>Its report as Markdown.</summary>
    public string Markdown { get; private init; } = "";

    /// <summary>Makes the reports out of the journal.</summary>
    internal static ExperimentOutcome Of(RunOutcome outcome, string journal)
    {
        var report = new Report([JournalReader.Read(journal)]);
        using var text = new MemoryStream();
        ReportFormats.Named("markdown")!.Write(report, text);
        var page = Path.ChangeExtension(journal, ".html");
        try
        {
            using var file = File.Create(page);
            ReportFormats.ForFile(page)!.Write(report, file);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            page = null;
        }

        return new ExperimentOutcome(outcome, journal) { Page = page, Markdown = System.Text.Encoding.UTF8.GetString(text.ToArray()) };
    }
}
