using System.Text.Json.Nodes;

namespace Turbulence.Load.Outcomes;

/// <summary>What became of a load as JSON: the same shape from the command, in an activity's output and in the journal.</summary>
internal static class LoadJson
{
    /// <summary>The whole.</summary>
    public static JsonObject Of(LoadResult result)
    {
        var made = new JsonObject
        {
            ["intended"] = result.Intended,
            ["outcomes"] = Each(result.Outcomes, static count => JsonValue.Create(count)),
            ["lost"] = result.Lost,
            ["latency_ms"] = Of(result.Latency),
            ["latency_ms_by_outcome"] = Each(result.LatencyByOutcome, static latency => Of(latency)),
            ["schedule_lag_ms"] = Of(result.ScheduleLag),
            ["elapsed_s"] = Math.Round(result.Elapsed.TotalSeconds, 3),
        };
        if (result.Reasons.Count > 0)
        {
            made["reasons"] = Of(result.Reasons);
        }

        if ((result.Bottleneck ?? result.Doubt) is { } bottleneck)
        {
            made["bottleneck"] = bottleneck;
        }

        return made;
    }

    private static JsonObject Of(LoadLatency latency) => new()
    {
        ["p50"] = Rounded(latency.P50),
        ["p90"] = Rounded(latency.P90),
        ["p99"] = Rounded(latency.P99),
        ["p99_9"] = Rounded(latency.P999),
        ["p99_99"] = Rounded(latency.P9999),
        ["max"] = Rounded(latency.Longest),
    };

    private static JsonArray Of(IReadOnlyList<LossReason> reasons) => new([.. reasons.Select(static one => (JsonNode)new JsonObject
    {
        ["outcome"] = one.Outcome,
        ["reason"] = one.Reason,
        ["requests"] = one.Count,
    })]);

    private static JsonObject Each<T>(IReadOnlyList<KeyValuePair<string, T>> all, Func<T, JsonNode> value) =>
        new(all.Select(one => KeyValuePair.Create(one.Key, (JsonNode?)value(one.Value))));

    // Microseconds: what is finer than that is not counted.
    private static double Rounded(double milliseconds) => Math.Round(milliseconds, 3);
}
