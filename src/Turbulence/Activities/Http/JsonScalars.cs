using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Turbulence.Json;

namespace Turbulence.Activities.Http;

/// <summary>Reads single JSON values, whether they come from a document or from a control.</summary>
internal static class JsonScalars
{
    public static JsonValueKind Kind(JsonNode? value) => value?.GetValueKind() ?? JsonValueKind.Null;

    public static string? Text(JsonNode? value) => JsonTexts.TryRead(value, out var text) ? text : null;

    /// <summary>The number; null for anything else. With <paramref name="fromText"/>, a text of digits counts as its number.</summary>
    public static double? Number(JsonNode? value, bool fromText = false)
    {
        if (!JsonNumbers.TryReadDouble(value, out var number)
            && !(fromText && double.TryParse(Text(value), NumberStyles.Float, CultureInfo.InvariantCulture, out number)))
        {
            return null;
        }

        return double.IsFinite(number) ? number : null;
    }

    /// <summary>The whole number; null for anything else.</summary>
    public static int? Integer(JsonNode? value, bool fromText = false) =>
        Number(value, fromText) is { } number && number == Math.Truncate(number) && Math.Abs(number) <= int.MaxValue ? (int)number : null;
}
