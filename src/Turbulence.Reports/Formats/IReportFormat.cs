namespace Turbulence.Reports.Formats;

/// <summary>
/// One form that a report is written in. It shows what stands in the journals and judges nothing anew; whoever reads no more than which of
/// its parts passed is never told of a pass that was none. What a journal could not be read for stands in it as well.
/// </summary>
public interface IReportFormat
{
    /// <summary>What it is called: <c>markdown</c>.</summary>
    string Name { get; }

    /// <summary>The extension of its files, with the point: <c>.md</c>.</summary>
    string Extension { get; }

    /// <summary>Writes a report. The same journals make the same bytes.</summary>
    /// <param name="report">The report.</param>
    /// <param name="target">Takes it, in UTF-8; not disposed of.</param>
    /// <exception cref="IOException">The target cannot be written.</exception>
    void Write(Report report, Stream target);
}
