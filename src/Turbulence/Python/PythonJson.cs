using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Turbulence.Json;

namespace Turbulence.Python;

/// <summary>
/// The JSON that Python's <c>json.dumps(value, allow_nan=False)</c> writes, byte for byte, which is what the reference sends: a blank after
/// each comma and colon, everything outside of printable ASCII as <c>\uXXXX</c>, floats with their shortest digits (<c>1.0</c>,
/// <c>1e+16</c>). A server may compare or sign it.
/// </summary>
internal static class PythonJson
{
    /// <summary>Writes <paramref name="value"/>.</summary>
    /// <param name="value">Any JSON value.</param>
    /// <param name="json">The text; pure ASCII.</param>
    /// <returns>False when a number in it is too large for a float: Python reads an infinity then, which JSON has no form for.</returns>
    public static bool TryWrite(JsonNode? value, out string json)
    {
        var text = new StringBuilder();
        var whole = Write(value, text);
        json = text.ToString();
        return whole;
    }

    private static bool Write(JsonNode? value, StringBuilder text)
    {
        switch (value)
        {
            case null:
                text.Append("null");
                return true;
            case JsonObject map when !JsonMaps.IsReadable(map):
                text.Append(map.ToJsonString());
                return true;
            case JsonObject map:
                return WriteMap(map, text);
            case JsonArray list:
                return WriteList(list, text);
            case JsonValue when JsonTexts.TryRead(value, out var content):
                WriteText(content, text);
                return true;
            case JsonValue when value.GetValueKind() == JsonValueKind.Number:
                var number = PythonText.Of(value);
                text.Append(number);
                return number is not ("inf" or "-inf" or "nan");
            default:
                text.Append(value.GetValueKind() switch { JsonValueKind.True => "true", JsonValueKind.False => "false", _ => "null" });
                return true;
        }
    }

    private static bool WriteMap(JsonObject map, StringBuilder text)
    {
        var (whole, separator) = (true, "{");
        foreach (var (key, item) in map)
        {
            text.Append(separator);
            WriteText(key, text);
            text.Append(": ");
            whole &= Write(item, text);
            separator = ", ";
        }

        text.Append(map.Count == 0 ? "{}" : "}");
        return whole;
    }

    private static bool WriteList(JsonArray list, StringBuilder text)
    {
        var (whole, separator) = (true, "[");
        foreach (var item in list)
        {
            text.Append(separator);
            whole &= Write(item, text);
            separator = ", ";
        }

        text.Append(list.Count == 0 ? "[]" : "]");
        return whole;
    }

    private static void WriteText(string content, StringBuilder text)
    {
        text.Append('"');
        foreach (var character in content)
        {
            _ = character switch
            {
                '"' => text.Append("\\\""),
                '\\' => text.Append(@"\\"),
                '\n' => text.Append(@"\n"),
                '\r' => text.Append(@"\r"),
                '\t' => text.Append(@"\t"),
                '\f' => text.Append(@"\f"),
                '\b' => text.Append(@"\b"),
                >= ' ' and <= '~' => text.Append(character),
                _ => text.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}"),
            };
        }

        text.Append('"');
    }
}
