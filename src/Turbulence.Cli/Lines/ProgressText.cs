using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Turbulence.Cli.Lines;

/// <summary>
/// How far an activity says that it is, for people: the first two of its numbers and words, <c>intended 1,200, lost 3</c>.
/// </summary>
internal static class ProgressText
{
    // A row of 80 columns has half of them for it.
    private const int Most = 2;

    /// <summary>The text; empty where there is nothing to say.</summary>
    public static string Of(JsonObject? progress) => string.Join(
        ", ",
        (progress ?? [])
            .Where(static member => member.Value is JsonValue)
            .Take(Most)
            .Select(static member => $"{member.Key.Replace('_', ' ')} {Word(member.Value!)}"));

    private static string Word(JsonNode value) => value.GetValueKind() switch
    {
        JsonValueKind.Number when decimal.TryParse(
            value.ToJsonString(),
            NumberStyles.Float,
            CultureInfo.InvariantCulture,
            out var number) => number.ToString("#,0.###", CultureInfo.InvariantCulture),
        JsonValueKind.String => value.GetValue<string>(),
        _ => value.ToJsonString(),
    };
}
