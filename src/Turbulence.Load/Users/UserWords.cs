using System.Globalization;
using Turbulence.Load.Meters;
using Turbulence.Load.Outcomes;

namespace Turbulence.Load.Users;

/// <summary>What the users felt, for people.</summary>
internal static class UserWords
{
    // Where requests are rarer than that, nobody knows what was between two of them.
    private const double MostAtOnce = 100;

    /// <summary>One line for the whole run, and one for each fault.</summary>
    /// <param name="result">What became of their requests.</param>
    /// <param name="faults">What faults cost them.</param>
    /// <param name="leftOut">How many faults were not looked at.</param>
    public static IEnumerable<string> Of(LoadResult result, IReadOnlyList<FaultCost> faults, int leftOut)
    {
        var more = result.Outcomes.Where(static one => one.Value > 0).ToList();
        var hasCancelled = result.Outcomes.Any(static one => one is { Key: OutcomeNames.Cancelled, Value: > 0 });
        var outcomes = more.Count > 1 || hasCancelled
            ? $" ({string.Join(", ", more.Select(static one => string.Create(CultureInfo.InvariantCulture, $"{one.Value:N0} {one.Key}")))})"
            : "";
        yield return $"users: {LoadWords.Requests(result.Intended)}, {LoadWords.Lost(result.Lost)}{outcomes}{(result.Latency.Longest > 0 ? $", p50 {LoadWords.Time(result.Latency.P50)}, p99 {LoadWords.Time(result.Latency.P99)}" : "")}";
        foreach (var fault in faults)
        {
            yield return $"users at fault {fault.Fault}: {Of(fault)}";
        }

        if (leftOut > 0)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture, $"users: {leftOut:N0} more {(leftOut == 1 ? "fault was" : "faults were")} not looked at");
        }

        if (result.Reasons.Count > 0)
        {
            yield return $"users: lost for {LoadWords.Reasons(result.Reasons)}";
        }

        if ((result.Bottleneck ?? result.Doubt) is { } bottleneck)
        {
            yield return $"users: {bottleneck}; times of that size are not the system's";
        }
    }

    private static string Of(FaultCost fault)
    {
        List<string> words = [fault.ErrorWindowMilliseconds is { } window
            ? $"{LoadWords.Lost(fault.Lost)} in {LoadWords.Time(window)}"
            : LoadWords.Lost(fault.Lost)];
        if (fault.During.Requests == 0)
        {
            words.Insert(0, "nobody came while it was in");
        }

        if (fault.Before.Lost > 0)
        {
            words.Add(string.Create(
                CultureInfo.InvariantCulture, $"before it {fault.Before.Lost:N0} of {fault.Before.Requests:N0} were lost already"));
        }

        if (fault.FailoverMilliseconds is { } failover)
        {
            words.Add($"another one answered after {LoadWords.Time(failover)}");
        }

        if (fault.Before.Answered.Longest > 0 && fault.During.Answered.Longest > 0)
        {
            words.Add($"p99 {LoadWords.Time(fault.Before.Answered.P99)} → {LoadWords.Time(fault.During.Answered.P99)}");
        }

        if (fault.SlowMilliseconds is > 0 and var slow)
        {
            words.Add($"slow for {LoadWords.Time(slow)}");
        }
        else if (fault.SlowMilliseconds is null && fault.Slow > 0)
        {
            words.Add("still slow at the end");
        }

        if (fault.Ended is not null)
        {
            words.Add(Back(fault));
        }

        if (fault.Overlaps.Count > 0)
        {
            words.Add($"together with {string.Join(", ", fault.Overlaps)}");
        }

        return string.Join(", ", words);
    }

    private static string Back(FaultCost fault) => fault.RecoveredMilliseconds switch
    {
        null when fault.After.Requests == 0 => "nobody came after it was undone",
        null => "not back by the end",
        0 when fault.SamplingMilliseconds >= MostAtOnce => $"back within {LoadWords.Time(fault.SamplingMilliseconds)}",
        0 => "back at once",
        { } back => $"back {LoadWords.Time(back)} after it was undone",
    };
}
