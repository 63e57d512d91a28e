using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Turbulence.Json;

namespace Turbulence.Python;

/// <summary>
/// The text form that the reference runner gives a value when it is put into a text: Python's <c>str</c>
/// (<c>True</c>, <c>None</c>, <c>{'k': [1]}</c>). Experiments in the field depend on it.
/// </summary>
public static class PythonText
{
    /// <summary>Python's <c>str(value)</c>: a text as it is, everything else as Python writes it.</summary>
    public static string Of(JsonNode? value) => JsonTexts.TryRead(value, out var text) ? text : Representation(value);

    /// <summary>Python's <c>repr(value)</c>: texts are quoted.</summary>
    public static string Representation(JsonNode? value)
    {
        var text = new StringBuilder();
        Write(value, text);
        return text.ToString();
    }

    private static void Write(JsonNode? value, StringBuilder text)
    {
        switch (value)
        {
            case null:
                text.Append("None");
                break;
            case JsonObject map when !JsonMaps.IsReadable(map):
                text.Append(map.ToJsonString());
                break;
            case JsonObject map:
                text.Append('{');
                var separator = "";
                foreach (var (key, item) in map)
                {
                    text.Append(separator);
                    PythonQuoting.Write(key, text);
                    text.Append(": ");
                    Write(item, text);
                    separator = ", ";
                }

                text.Append('}');
                break;
            case JsonArray list:
                text.Append('[');
                for (var i = 0; i < list.Count; i++)
                {
                    text.Append(i == 0 ? "" : ", ");
                    Write(list[i], text);
                }

                text.Append(']');
                break;
            default:
                WriteScalar(value.AsValue(), text);
                break;
        }
    }

    private static void WriteScalar(JsonValue value, StringBuilder text)
    {
        switch (value.GetValueKind())
        {
            case JsonValueKind.True:
                text.Append("True");
                break;
            case JsonValueKind.False:
                text.Append("False");
                break;
            case JsonValueKind.String:
                PythonQuoting.Write(JsonTexts.TryRead(value, out var content) ? content : "", text);
                break;
            case JsonValueKind.Number:
                text.Append(Number(value));
                break;
            default:
                text.Append("None");
                break;
        }
    }

    private static string Number(JsonValue value)
    {
        // A double that was made in memory writes 1.0 as 1, so only its type tells that Python had a float.
        if (!value.TryGetValue<JsonElement>(out _) && value.TryGetValue<double>(out var number))
        {
            return PythonNumerals.Text(number);
        }

        var json = value.ToJsonString();
        if (json.AsSpan().IndexOfAny('.', 'e', 'E') >= 0)
        {
            return PythonNumerals.Text(double.Parse(json, CultureInfo.InvariantCulture));
        }

        return json == "-0" ? "0" : json;
    }
}
