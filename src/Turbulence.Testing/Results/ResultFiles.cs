using Turbulence.Reports.Reading;
using Turbulence.Testing.Frameworks;

namespace Turbulence.Testing.Results;

/// <summary>What a run has left for people.</summary>
/// <param name="Journal">Its journal, as it was read.</param>
/// <param name="Report">The file of its report.</param>
/// <param name="ReportProblem">Why there is no report, in one line; null where there is one.</param>
internal sealed record ResultFiles(JournalReading Journal, string Report, string? ReportProblem)
{
    /// <summary>Puts them beside the result of the test.</summary>
    /// <param name="framework">Who runs it.</param>
    /// <param name="run">What names the run within the test.</param>
    public void AttachTo(ITestFramework framework, string run)
    {
        if (ReportProblem is null)
        {
            framework.Attach($"{run}/report.html", Report);
        }

        if (Journal.IsRead)
        {
            framework.Attach($"{run}/journal.json", Journal.File);
        }
    }
}
