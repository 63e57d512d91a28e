namespace Turbulence.Reports.Runs;

/// <summary>How activities end, in the words of the journal's timeline.</summary>
public static class ActivityStatusWord
{
    private static readonly (string Word, ActivityStatus Status)[] Words =
    [
        ("succeeded", ActivityStatus.Succeeded), ("failed", ActivityStatus.Failed), ("crashed", ActivityStatus.Crashed),
        ("without-effect", ActivityStatus.WithoutEffect), ("inconclusive", ActivityStatus.Inconclusive),
        ("interrupted", ActivityStatus.Interrupted), ("dry", ActivityStatus.Dry), ("unfinished", ActivityStatus.Unfinished),
    ];

    /// <summary>The word of a status.</summary>
    public static string Of(ActivityStatus status) => Words[(int)status].Word;

    /// <summary>The status of a word; null for a word that is none.</summary>
    public static ActivityStatus? Parse(string? word)
    {
        foreach (var (known, status) in Words)
        {
            if (known == word)
            {
                return status;
            }
        }

        return null;
    }
}
