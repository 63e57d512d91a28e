namespace Turbulence.Reports.Runs;

/// <summary>The verdicts in the words that every output uses.</summary>
public static class ReportedVerdictWord
{
    private static readonly (string Word, ReportedVerdict Verdict)[] Words =
    [
        ("passed", ReportedVerdict.Passed), ("deviated", ReportedVerdict.Deviated), ("failed", ReportedVerdict.Failed),
        ("inconclusive", ReportedVerdict.Inconclusive), ("interrupted", ReportedVerdict.Interrupted), ("dry", ReportedVerdict.Dry),
        ("needs-a-person", ReportedVerdict.NeedsAPerson), ("unfinished", ReportedVerdict.Unfinished),
    ];

    /// <summary>Every word.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Words.Select(static one => one.Word)];

    /// <summary>The word of a verdict.</summary>
    public static string Of(ReportedVerdict verdict) => Words.First(one => one.Verdict == verdict).Word;

    /// <summary>The verdict of a word; null for a word that is none.</summary>
    public static ReportedVerdict? Parse(string? word) =>
        Words.Where(one => one.Word == word).Select(static one => (ReportedVerdict?)one.Verdict).FirstOrDefault();
}
