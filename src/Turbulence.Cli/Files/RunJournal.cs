using Turbulence.Cli.CommandLine;
using Turbulence.Platform.Processes;
using Turbulence.Reports;
using Turbulence.Reports.Reading;

namespace Turbulence.Cli.Files;

/// <summary>
/// The journal of a run that has ended, as who reads it finds it: somebody may have put another one in its place, a control or a program
/// that the run has started among others, and what that says is not believed. It is read once, whoever asks, and not before.
/// </summary>
/// <param name="path">The file; a leading <c>~</c> is the home directory.</param>
/// <param name="run">The run's id.</param>
internal sealed class RunJournal(string path, string run)
{
    private readonly Lazy<JournalReading> journal = new(() => JournalReader.Read(HomeDirectory.Expand(path)));

    /// <summary>The file, as it was named.</summary>
    public string Path { get; } = path;

    /// <summary>Reads it. One without the run's id is read, too: a control may take it out, and <paramref name="isNamed"/> says so.</summary>
    /// <param name="isNamed">Whether it says that it is of this run.</param>
    public JournalReading Read(out bool isNamed)
    {
        var reading = journal.Value;
        isNamed = reading.Run?.RunId == run;
        return reading.Run?.RunId is { } other && other != run
            ? JournalReading.Of(reading.File, $"it is of the run {other}, and not of this one, {run}: somebody has put it there")
            : reading;
    }

    /// <summary>The report of it.</summary>
    public Report Report() => new([Read(out _)]) { Version = ProgramVersion.Text };
}
