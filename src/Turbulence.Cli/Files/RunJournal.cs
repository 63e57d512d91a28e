using Turbulence.Cli.CommandLine;
using Turbulence.Platform.Processes;
using Turbulence.Reports;
using Turbulence.Reports.Reading;

namespace Turbulence.Cli.Files;

/// <summary>
/// The journal of a run that has ended, as who reads it finds it: somebody may have put another one in its place, a control or a program
/// that the run has started among others, and what that says is not believed.
/// </summary>
/// <param name="Path">The file; a leading <c>~</c> is the home directory.</param>
/// <param name="Run">The run's id.</param>
internal sealed record RunJournal(string Path, string Run)
{
    /// <summary>Reads it. One without the run's id is read, too: a control may take it out, and <paramref name="isNamed"/> says so.</summary>
    /// <param name="isNamed">Whether it says that it is of this run.</param>
    public JournalReading Read(out bool isNamed)
    {
        var reading = JournalReader.Read(HomeDirectory.Expand(Path));
        isNamed = reading.Run?.RunId == Run;
        return reading.Run?.RunId is { } other && other != Run
            ? JournalReading.Of(reading.File, $"it is of the run {other}, and not of this one, {Run}: somebody has put it there")
            : reading;
    }

    /// <summary>The report of it.</summary>
    public Report Report() => new([Read(out _)]) { Version = ProgramVersion.Text };
}
