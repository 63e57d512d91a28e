using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Turbulence.Activities.Http;

/// <summary>Reads single JSON values, whether they come from a document or from a control.</summary>
internal static class JsonScalars
{
    public static JsonValueKind Kind(JsonNode? value) => value?.GetValueKind() ?? JsonValueKind.Null;

    public static string? Text(JsonNode? value) => Kind(value) == JsonValueKind.String ? value!.GetValue<string>() : null;

    /// <summary>The number; null for anything else. With <paramref name="fromText"/>, a text of digits counts as its number.</summary>
    public static double? Number(JsonNode? value, bool fromText = false)
    {
        var text = Kind(value) switch
        {
            JsonValueKind.Number => value!.ToJsonString(),
            JsonValueKind.String when fromText => value!.GetValue<string>(),
            _ => null,
        };
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;
    }

    /// <summary>The whole number; null for anything else.</summary>
    public static int? Integer(JsonNode? value, bool fromText = false) =>
        Number(value, fromText) is { } number && number == Math.Truncate(number) && Math.Abs(number) <= int.MaxValue ? (int)number : null;

    /// <summary>Whether the reference runner takes the value for there at all: not null, false, zero or empty.</summary>
    public static bool IsTruthy(JsonNode? value) => value switch
    {
        JsonObject map => map.Count > 0,
        JsonArray list => list.Count > 0,
        _ => Kind(value) switch
        {
            JsonValueKind.Null or JsonValueKind.False or JsonValueKind.Undefined => false,
            JsonValueKind.String => value!.GetValue<string>().Length > 0,
            JsonValueKind.Number => Number(value) != 0,
            _ => true,
        },
    };
}
