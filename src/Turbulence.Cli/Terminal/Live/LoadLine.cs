using System.Globalization;
using System.Text.Json.Nodes;
using Turbulence.Json;
using Turbulence.Load.Outcomes;

namespace Turbulence.Cli.Terminal.Live;

/// <summary>
/// How a load is going, in one line: how many requests there were so far, how many came in a second of late, how many were lost so far,
/// and how long those took that were answered.
/// </summary>
internal static class LoadLine
{
    /// <summary>The line, the longest form first; empty where it is not a load that tells.</summary>
    /// <param name="told">What it told last.</param>
    public static IReadOnlyList<string> Of(JsonObject? told)
    {
        // An activity tells how many are to be answered, users tell how many were.
        if ((Number(told?["requests"]) ?? Number(told?["intended"])) is not { } requests || Number(told!["lost"]) is not { } lost)
        {
            return [];
        }

        var (count, loss) = (LoadWords.Requests((long)requests), LoadWords.Lost((long)lost));
        var rate = Rate(told) is { } each ? string.Create(CultureInfo.InvariantCulture, $", {each:#,0.#}/s") : "";
        var p99 = Number(told["p99_ms"]) ?? Number((told["latency_ms"] as JsonObject)?["p99"]);
        var slow = p99 is { } time ? $", p99 {LoadWords.Time(time)}" : "";
        return [$"{count}{rate}, {loss}{slow}", $"{count}, {loss}{slow}", $"{count}, {loss}", loss];
    }

    // Of the parts that were over when it was told. None is over where it is told too often.
    private static double? Rate(JsonObject told) =>
        told["parts"] is JsonObject parts
        && parts["requests"] is JsonArray { Count: > 0 } requests
        && Number(parts["part_ms"]) is { } width and > 0
            ? Math.Round(requests.Sum(static one => Number(one) ?? 0) * 1000 / (width * requests.Count), 1)
            : null;

    private static double? Number(JsonNode? node) => JsonNumbers.TryReadDouble(node, out var number) ? number : null;
}
