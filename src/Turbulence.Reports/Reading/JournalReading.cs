using System.Diagnostics.CodeAnalysis;
using Turbulence.Reports.Runs;

namespace Turbulence.Reports.Reading;

/// <summary>What came of reading a journal: a run, or a problem.</summary>
public sealed class JournalReading
{
    private JournalReading(string file, ReportedRun? run, string? problem)
    {
        File = file;
        Run = run;
        Problem = problem;
    }

    /// <summary>The journal's file, as it was named.</summary>
    public string File { get; }

    /// <summary>The run; null where it could not be read.</summary>
    public ReportedRun? Run { get; }

    /// <summary>Why it could not be read, in one line and with the place; null where it could.</summary>
    public string? Problem { get; }

    /// <summary>Whether there is a run.</summary>
    [MemberNotNullWhen(true, nameof(Run))]
    [MemberNotNullWhen(false, nameof(Problem))]
    public bool IsRead => Run is not null;

    internal static JournalReading Of(ReportedRun run) => new(run.File, run, null);

    internal static JournalReading Of(string file, string problem) => new(file, null, problem);
}
