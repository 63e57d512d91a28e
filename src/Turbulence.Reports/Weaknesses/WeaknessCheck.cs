using Turbulence.Reports.Runs;

namespace Turbulence.Reports.Weaknesses;

/// <summary>
/// What a run has found, held against what is known. It is as known where exactly the known weaknesses of its experiment occurred: one that
/// is gone has to leave the list, or its return would not be noticed.
/// </summary>
/// <param name="Found">How many there are.</param>
/// <param name="New">Those that the list does not name.</param>
/// <param name="Gone">Those of the list that did not occur.</param>
internal sealed record WeaknessCheck(int Found, IReadOnlyList<(KnownWeakness Key, string Text)> New, IReadOnlyList<KnownWeakness> Gone)
{
    /// <summary>
    /// Whether the run has shown what is known and nothing else. A deviation of which nobody can say what it is, is none that is known.
    /// </summary>
    public bool IsAsKnown { get; private init; }

    /// <summary>Holds a run against a list.</summary>
    /// <returns>Null for a run that says nothing of weaknesses: it neither passed nor deviated, or needs a person.</returns>
    public static WeaknessCheck? Of(ReportedRun run, KnownWeaknesses known)
    {
        if (run.NeedsAPerson || run.Verdict is not (ReportedVerdict.Passed or ReportedVerdict.Deviated))
        {
            return null;
        }

        var found = Weakness.Of(run)
            .Select(one => (Key: KnownWeakness.Of(one, run.Title), one.Text))
            .DistinctBy(static one => one.Key)
            .ToList();
        var expected = known.All.Where(one => one.Experiment == run.Title).ToList();
        List<(KnownWeakness, string)> unknown = [.. found.Where(one => !expected.Contains(one.Key))];
        List<KnownWeakness> gone = [.. expected.Where(one => !found.Exists(other => other.Key == one))];
        return new WeaknessCheck(found.Count, unknown, gone)
        {
            IsAsKnown = unknown.Count == 0 && gone.Count == 0 && found.Count > 0 == (run.Verdict == ReportedVerdict.Deviated),
        };
    }
}
