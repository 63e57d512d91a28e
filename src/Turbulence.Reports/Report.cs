using Turbulence.Reports.Reading;
using Turbulence.Reports.Runs;

namespace Turbulence.Reports;

/// <summary>What a report is made of: one journal, or several.</summary>
/// <param name="Journals">The journals, in their order, those that could not be read among them.</param>
public sealed record Report(IReadOnlyList<JournalReading> Journals)
{
    /// <summary>
    /// The folder that the experiments' files are looked for in, and that places are told relative to. Absolute. Default: the current one.
    /// </summary>
    public string Folder { get; init; } = Environment.CurrentDirectory;

    /// <summary>The version of the program that makes it. Default: that of this library.</summary>
    public string Version { get; init; } = typeof(Report).Assembly.GetName().Version?.ToString(3) ?? "0.0.0";

    /// <summary>The runs that could be read.</summary>
    public IEnumerable<ReportedRun> Runs => Journals.Select(static one => one.Run).OfType<ReportedRun>();

    /// <summary>The journals that could not be read.</summary>
    public IEnumerable<JournalReading> Unread => Journals.Where(static one => !one.IsRead);
}
