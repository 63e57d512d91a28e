using System.Text;
using Turbulence.Cli.CommandLine;
using Turbulence.Platform.Files;
using Turbulence.Platform.Processes;
using Turbulence.Reports;
using Turbulence.Reports.Formats;
using Turbulence.Reports.Reading;

namespace Turbulence.Cli.Files;

/// <summary>Makes reports out of journals, and writes them where somebody wants them.</summary>
internal static class ReportFile
{
    /// <summary>Why no report can be written there, in one line; null where one can.</summary>
    /// <param name="path">The file; a leading <c>~</c> is the home directory.</param>
    public static string? Problem(string path) => ReportFormats.ForFile(path) is null
        ? $"'{path}' does not say by its extension what report it is to be; there are {Extensions}"
        : WholeFile.TryPrepare(path, "The report", out _, out var problem) ? null : problem;

    /// <summary>The extensions that there are, for people.</summary>
    public static string Extensions => string.Join(", ", ReportFormats.All.Select(static format => $"{format.Extension} ({format.Name})"));

    /// <summary>The report of some journals.</summary>
    public static Report Of(IEnumerable<string> journals) =>
        new([.. journals.Select(static path => JournalReader.Read(HomeDirectory.Expand(path)))]) { Version = ProgramVersion.Text };

    /// <summary>Writes a report as a whole: whoever looks sees all of it or what was there before.</summary>
    /// <param name="report">The report.</param>
    /// <param name="format">Its form.</param>
    /// <param name="path">The file; a leading <c>~</c> is the home directory.</param>
    /// <param name="giveUp">Cancelled when nobody waits for it any more; nothing half written stays then.</param>
    /// <returns>Why it was not written, in one line; null where it was.</returns>
    /// <exception cref="OperationCanceledException">It was given up.</exception>
    public static string? Write(Report report, IReportFormat format, string path, CancellationToken giveUp = default)
    {
        try
        {
            using var output = new OutputFile(Path.GetFullPath(HomeDirectory.Expand(path))) { IsDurable = true };
            output.Write(target =>
            {
                using var revocable = new RevocableStream(target, giveUp);
                format.Write(report, revocable);
            });
            return null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return $"The report {path} cannot be written: {failure.Message}";
        }
    }

    /// <summary>Writes a report among what was asked for.</summary>
    public static void Write(Report report, IReportFormat format, TextWriter target)
    {
        using var text = new MemoryStream();
        format.Write(report, text);
        target.Write(Encoding.UTF8.GetString(text.GetBuffer(), 0, (int)text.Length));
    }
}
