using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Turbulence.Loading;

/// <summary>Numbers as nodes that write exactly what was read.</summary>
internal static class JsonNumber
{
    /// <summary>
    /// A node for a number in JSON's notation: a 64-bit integer where it fits, otherwise a node that keeps the digits, so
    /// that neither a large integer nor the zero of <c>1.10</c> is lost.
    /// </summary>
    public static JsonValue FromText(string json) =>
        long.TryParse(json, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var integer)
            ? JsonValue.Create(integer)
            : JsonValue.Create(JsonElement.Parse(json))!;

    /// <summary>The same for the number that <paramref name="reader"/> stands on.</summary>
    public static JsonValue Read(ref Utf8JsonReader reader) =>
        reader.TryGetInt64(out var integer) ? JsonValue.Create(integer) : JsonValue.Create(JsonElement.ParseValue(ref reader))!;
}
