using System.Text.Json.Nodes;
using Turbulence.Json;
using Turbulence.Keys;

namespace Turbulence.Tolerances.Loads;

/// <summary>
/// <c>equivalent</c>: <c>{"after": {"p99": "10ms", "error_rate": 0.001}}</c>: by how much a figure <c>during</c> or <c>after</c> each fault
/// may differ from what it was before it. It is within the margin where all of its interval is (two one-sided tests, Schuirmann 1987), and
/// missed where none of it is; otherwise there is too little data.
/// </summary>
internal sealed class EquivalentLimit : ILoadLimit
{
    private const string ErrorRate = "error_rate";

    /// <summary>The phases that can be held against what was before.</summary>
    public static IReadOnlyList<string> Phases { get; } = ["during", "after"];

    /// <summary>The figures that can be.</summary>
    public static IReadOnlyList<string> Figures { get; } = [ErrorRate, "p50", "p90", "p99"];

    /// <inheritdoc/>
    public string Name => "equivalent";

    /// <inheritdoc/>
    public string? Problem(JsonNode? limit)
    {
        if (limit is not JsonObject { Count: > 0 } phases || phases.Any(static phase => phase.Value is not JsonObject { Count: > 0 }))
        {
            return """must be a map of during or after to figures with a margin each, such as {"after": {"p99": "10ms"}}""";
        }

        // Keys that are none are told as everywhere in an experiment, and met by nothing.
        foreach (var (phase, margins) in phases)
        {
            foreach (var (figure, margin) in margins!.AsObject())
            {
                if (Figures.Contains(figure) && !IsOpen(margin) && !IsMargin(figure, margin))
                {
                    var needed = figure == ErrorRate ? "no number of more than 0 up to 1" : "no time of more than 0";
                    return $"has a margin for {figure} in {phase} that is {needed}";
                }
            }
        }

        return null;
    }

    /// <inheritdoc/>
    public string Words(JsonNode limit) => string.Join(
        ", ", Margins(limit).Select(static one => $"{one.Figure} {one.Phase} faults {Within(one.Figure, one.Margin)}"));

    /// <inheritdoc/>
    public IEnumerable<LoadFinding> Judge(JsonNode limit, LoadFigures figures)
    {
        foreach (var (phase, figure, margin) in Margins(limit))
        {
            if (!Phases.Contains(phase) || !Figures.Contains(figure))
            {
                yield return LoadFinding.Unknown($"{figure} {phase} faults", Within(figure, margin), "that is no comparison");
                continue;
            }

            if (figures.Faults.Count == 0)
            {
                yield return LoadFinding.Unknown(
                    $"{figure} {phase} faults", Within(figure, margin), "no fault was in while requests were sent");
            }

            foreach (var fault in figures.Faults)
            {
                var difference = fault[$"{phase}_against_before"]?[figure];
                yield return Judge($"{figure} {phase} fault {LoadFigures.Name(fault)}", figure, margin, difference, figures.Doubt);
            }
        }
    }

    private static LoadFinding Judge(string called, string figure, double margin, JsonNode? difference, string? doubt)
    {
        var within = Within(figure, margin);
        if (LoadFigures.Number(difference, "low") is not { } low || LoadFigures.Number(difference, "high") is not { } high)
        {
            var why = JsonTexts.TryRead(difference?["too_little_data"], out var told) ? told : "there is none";
            return LoadFinding.Unknown(called, within, $"too little data: {why}");
        }

        var between = $"{Signed(figure, low)} to {Signed(figure, high)}";
        return low >= -margin && high <= margin ? new(called, within, between, true)
            : low <= margin && high >= -margin ? LoadFinding.Unknown(called, within, $"too little data: it is {between}")
            : figure != ErrorRate && doubt is not null ? LoadFinding.Unknown(called, within, $"it is {between}, and {doubt}")
            : new(called, within, between, false);
    }

    private static IEnumerable<(string Phase, string Figure, double Margin)> Margins(JsonNode limit) =>
        from phase in limit.AsObject()
        from figure in phase.Value!.AsObject()
        select (phase.Key, figure.Key, figure.Key == ErrorRate ? LimitNumber.Of(figure.Value) : LimitTime.Of(figure.Value));

    private static bool IsMargin(string figure, JsonNode? margin) => figure == ErrorRate
        ? LimitNumber.TryRead(margin, out var part) && LimitKeys.ErrorRateMargin.NumberForm.Allows(part)
        : LimitTime.TryRead(margin, out var time) && time > 0;

    private static string Within(string figure, double margin) => $"within {Text(figure, margin)} of before";

    private static string Signed(string figure, double difference) =>
        $"{(difference < 0 ? "−" : "+")}{Text(figure, Math.Abs(difference))}";

    private static string Text(string figure, double difference) =>
        figure == ErrorRate ? ErrorRateLimit.Percent(difference) : LimitTime.Text(difference);

    private static bool IsOpen(JsonNode? node) => JsonTexts.TryRead(node, out var text) && text.Contains("${", StringComparison.Ordinal);
}
