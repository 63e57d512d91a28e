using Turbulence.Reports.Runs;

namespace Turbulence.Reports.Pages;

/// <summary>What of a run stands in a list of runs.</summary>
/// <param name="Title">The experiment's title, or the file where it has none.</param>
/// <param name="Verdict">How it ended.</param>
/// <param name="Started">When it began; null where the journal does not say.</param>
/// <param name="Duration">How many seconds it took; null where it has no end.</param>
/// <param name="Lost">How many requests were lost of <paramref name="Intended"/>; null without load.</param>
/// <param name="Intended">How many requests there were to be.</param>
/// <param name="P99">What 99 of 100 answers took at most, in milliseconds; null where nobody knows.</param>
/// <param name="Failover">The longest failover, in milliseconds; null for none.</param>
internal sealed record RunSummary(
    string Title, VerdictText Verdict, DateTimeOffset? Started, double? Duration, long? Lost, long Intended, double? P99, double? Failover)
{
    /// <summary>That of a run.</summary>
    public static RunSummary Of(ReportedRun run)
    {
        var load = run.Loads is [var first, ..] ? first : null;
        return new RunSummary(
            run.Title.Length > 0 ? run.Title : run.File,
            VerdictText.Of(run),
            run.Started,
            run.Duration,
            load?.Lost,
            load?.Intended ?? 0,
            load?.Latency?.P99,
            run.Loads.SelectMany(static one => one.Faults).Max(static cost => cost.FailoverMilliseconds));
    }
}
