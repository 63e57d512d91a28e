using System.Text.Json.Nodes;
using Turbulence.Load.Comparisons;

namespace Turbulence.Load.Meters;

/// <summary>What faults cost the users, as JSON.</summary>
internal static class MeterJson
{
    /// <summary>Adds what each fault cost to the figures of a load.</summary>
    public static void AddTo(JsonObject figures, FailoverMeter meter)
    {
        figures["faults"] = new JsonArray([.. meter.Costs.Select(Of)]);
        if (meter.LeftOut is > 0 and var leftOut)
        {
            figures["faults_left_out"] = leftOut;
        }
    }

    /// <summary>A fault.</summary>
    public static JsonObject Of(FaultCost cost)
    {
        var made = Figures(cost);
        if (cost.LostTraces.Count > 0)
        {
            made["lost_traces"] = new JsonArray([.. cost.LostTraces.Select(static trace => (JsonNode)trace)]);
        }

        return made;
    }

    private static JsonObject Figures(FaultCost cost) => new()
    {
        ["id"] = cost.Fault,
        ["begun_s"] = Math.Round(cost.Begun, 6),
        ["ended_s"] = cost.Ended is { } ended ? Math.Round(ended, 6) : null,
        ["until_s"] = Math.Round(cost.Until, 6),
        ["overlaps"] = new JsonArray([.. cost.Overlaps.Select(static other => (JsonNode)other)]),
        ["first_error_ms"] = Rounded(cost.FirstErrorMilliseconds),
        ["error_window_ms"] = Rounded(cost.ErrorWindowMilliseconds),
        ["failover_ms"] = Rounded(cost.FailoverMilliseconds),
        ["slow_ms"] = Rounded(cost.SlowMilliseconds),
        ["recovered_ms"] = Rounded(cost.RecoveredMilliseconds),
        ["lost"] = cost.Lost,
        ["slow"] = cost.Slow,
        ["sampling_ms"] = Rounded(cost.SamplingMilliseconds),
        ["before"] = Of(cost.Before),
        ["during"] = Of(cost.During),
        ["after"] = Of(cost.After),
        ["during_against_before"] = Of(cost.DuringAgainstBefore),
        ["after_against_before"] = Of(cost.AfterAgainstBefore),
    };

    private static JsonObject Of(IReadOnlyList<PhaseDifference> differences) =>
        new(differences.Select(static one => KeyValuePair.Create(one.Figure, (JsonNode?)Of(one))));

    private static JsonObject Of(PhaseDifference difference) => difference.TooLittle is { } why
        ? new() { ["too_little_data"] = why }
        : new() { ["difference"] = Exact(difference.Difference), ["low"] = Exact(difference.Low), ["high"] = Exact(difference.High) };

    // Parts of a whole and milliseconds alike.
    private static double Exact(double figure) => Math.Round(figure, 6);

    private static JsonObject Of(PhaseFigures phase) => new()
    {
        ["requests"] = phase.Requests,
        ["lost"] = phase.Lost,
        ["outcomes"] = new JsonObject(phase.Outcomes.Select(static one => KeyValuePair.Create(one.Key, (JsonNode?)one.Value))),
        ["p50_ms"] = Rounded(phase.Answered.P50),
        ["p99_ms"] = Rounded(phase.Answered.P99),
        ["max_ms"] = Rounded(phase.Answered.Longest),
    };

    private static JsonNode? Rounded(double? milliseconds) => milliseconds is { } some ? Math.Round(some, 3) : null;
}
