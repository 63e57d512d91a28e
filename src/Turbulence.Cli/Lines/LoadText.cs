using System.Globalization;
using Turbulence.Load.Outcomes;

namespace Turbulence.Cli.Lines;

/// <summary>What became of a load, for people.</summary>
internal static class LoadText
{
    private const int NameWidth = 14;

    /// <summary>The table: a line for each outcome that there was, and the whole.</summary>
    public static IEnumerable<string> Table(LoadResult result)
    {
        var width = Math.Max(NameWidth, result.Outcomes.Max(static one => one.Key.Length) + 2);
        yield return $"{"outcome".PadRight(width)}{"requests",12}{"share",9}{"p50",12}{"p99",12}{"longest",12}";
        var times = result.LatencyByOutcome.ToDictionary(StringComparer.Ordinal);
        foreach (var (name, count) in result.Outcomes.Where(static one => one.Value > 0))
        {
            var latency = times[name];
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"{PrintableText.OneLine(name).PadRight(width)}{count,12:N0}{Share(count, result.Intended),9}{LoadWords.Time(latency.P50),12}{LoadWords.Time(latency.P99),12}{LoadWords.Time(latency.Longest),12}");
        }

        yield return "";
        if (result.Reasons.Count > 0)
        {
            yield return "lost for:";
            foreach (var one in result.Reasons)
            {
                yield return string.Create(CultureInfo.InvariantCulture, $"{one.Count,10:N0}  {PrintableText.OneLine($"{one.Outcome}: {one.Reason}")}");
            }

            yield return "";
        }

        yield return Whole(result);
        yield return $"waited: p50 {LoadWords.Time(result.Latency.P50)}, p90 {LoadWords.Time(result.Latency.P90)}, p99 {LoadWords.Time(result.Latency.P99)}, p99.9 {LoadWords.Time(result.Latency.P999)}, "
            + $"p99.99 {LoadWords.Time(result.Latency.P9999)}, longest {LoadWords.Time(result.Latency.Longest)}; a lost request counts with the whole time limit";
        yield return $"left late by: p50 {LoadWords.Time(result.ScheduleLag.P50)}, p99 {LoadWords.Time(result.ScheduleLag.P99)}, p99.9 {LoadWords.Time(result.ScheduleLag.P999)}, longest {LoadWords.Time(result.ScheduleLag.Longest)}";
    }

    /// <summary>How many requests there were, and how many were lost.</summary>
    public static string Whole(LoadResult result) => string.Create(
        CultureInfo.InvariantCulture,
        $"{LoadWords.Requests(result.Intended)} in {result.Elapsed.TotalSeconds:0.0} s, {LoadWords.Lost(result.Lost)}");

    // 99.99 % is not all.
    private static string Share(long count, long all)
    {
        var share = 100.0 * count / all;
        return count == all ? "100 %" : string.Create(CultureInfo.InvariantCulture, $"{Math.Clamp(share, 0.01, 99.99):0.00} %");
    }
}
