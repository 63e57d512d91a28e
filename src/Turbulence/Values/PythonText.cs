using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Turbulence.Values;

/// <summary>
/// The text form that the reference runner gives a value when it is put into a text: Python's <c>str</c>
/// (<c>True</c>, <c>None</c>, <c>{'k': [1]}</c>). Experiments in the field depend on it.
/// </summary>
public static class PythonText
{
    /// <summary>Python's <c>str(value)</c>: a text as it is, everything else as Python writes it.</summary>
    public static string Of(JsonNode? value) =>
        value is JsonValue scalar && scalar.GetValueKind() == JsonValueKind.String ? scalar.GetValue<string>() : Representation(value);

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
            case JsonObject map:
                text.Append('{');
                var separator = "";
                foreach (var (key, item) in map)
                {
                    text.Append(separator);
                    WriteQuoted(key, text);
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
                WriteQuoted(value.GetValue<string>(), text);
                break;
            case JsonValueKind.Number:
                text.Append(Number(value.ToJsonString()));
                break;
            default:
                text.Append("None");
                break;
        }
    }

    /// <summary>Python's <c>repr</c> of a number that JSON wrote as <paramref name="json"/>: an integer as it is, a float in its shortest form.</summary>
    private static string Number(string json)
    {
        if (json.AsSpan().IndexOfAny('.', 'e', 'E') < 0)
        {
            return json;
        }

        var number = double.Parse(json, CultureInfo.InvariantCulture);
        if (double.IsInfinity(number))
        {
            return number > 0 ? "inf" : "-inf";
        }

        var magnitude = Math.Abs(number);
        if (magnitude != 0 && magnitude is < 1e-4 or >= 1e16)
        {
            var scientific = number.ToString("E16", CultureInfo.InvariantCulture);
            var shortest = number.ToString("R", CultureInfo.InvariantCulture);
            var mark = shortest.IndexOf('E', StringComparison.Ordinal);
            if (mark < 0)
            {
                return scientific;
            }

            var exponent = int.Parse(shortest.AsSpan(mark + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
            return $"{shortest[..mark]}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):00}";
        }

        var plain = ((decimal)number).ToString(CultureInfo.InvariantCulture);
        var exact = number.ToString("R", CultureInfo.InvariantCulture);
        plain = exact.Contains('E', StringComparison.Ordinal) ? plain : exact;
        return plain.Contains('.', StringComparison.Ordinal) ? plain : plain + ".0";
    }

    private static void WriteQuoted(string value, StringBuilder text)
    {
        var quote = value.Contains('\'', StringComparison.Ordinal) && !value.Contains('"', StringComparison.Ordinal) ? '"' : '\'';
        text.Append(quote);
        foreach (var c in value)
        {
            _ = c switch
            {
                '\\' => text.Append(@"\\"),
                '\n' => text.Append(@"\n"),
                '\r' => text.Append(@"\r"),
                '\t' => text.Append(@"\t"),
                _ when c == quote => text.Append('\\').Append(c),
                < ' ' or '\x7f' => text.Append(CultureInfo.InvariantCulture, $"\\x{(int)c:x2}"),
                _ => text.Append(c),
            };
        }

        text.Append(quote);
    }
}
