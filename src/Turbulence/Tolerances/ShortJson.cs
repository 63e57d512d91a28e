using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Turbulence.Values;

namespace Turbulence.Tolerances;

/// <summary>
/// JSON text for people: on one line, with characters as they are, and cut where it gets long. Nothing behind the cut is
/// looked at, so a value of any size costs the same.
/// </summary>
internal static class ShortJson
{
    /// <summary>How many characters are shown at most, the ellipsis not counted.</summary>
    public const int Longest = 200;

    private const string Ellipsis = "…";

    /// <summary>The value as JSON text, cut where it is long.</summary>
    public static string Of(JsonNode? value)
    {
        var text = new StringBuilder();
        Write(value, text);
        return Cut(text.ToString());
    }

    /// <summary>The values as the JSON text of a list, cut where it is long.</summary>
    public static string OfMany(IEnumerable<JsonNode?> values)
    {
        var text = new StringBuilder();
        WriteItems('[', values, ']', text, Write);
        return Cut(text.ToString());
    }

    /// <summary>A text, cut where it is long; a character of two UTF-16 units is not torn apart.</summary>
    public static string Cut(string text)
    {
        if (text.Length <= Longest)
        {
            return text;
        }

        return string.Concat(text.AsSpan(0, char.IsHighSurrogate(text[Longest - 1]) ? Longest - 1 : Longest), Ellipsis);
    }

    private static void Write(JsonNode? value, StringBuilder text)
    {
        if (text.Length > Longest)
        {
            return;
        }

        switch (value)
        {
            case JsonObject map:
                WriteItems('{', map, '}', text, static (member, text) =>
                {
                    Quote(member.Key, text);
                    text.Append(": ");
                    Write(member.Value, text);
                });
                break;
            case JsonArray list:
                WriteItems('[', list, ']', text, Write);
                break;
            default:
                WriteScalar(value, text);
                break;
        }
    }

    private static void WriteItems<T>(char opening, IEnumerable<T> items, char closing, StringBuilder text, Action<T, StringBuilder> write)
    {
        text.Append(opening);
        var separator = "";
        foreach (var item in items)
        {
            if (text.Length > Longest)
            {
                return;
            }

            text.Append(separator);
            write(item, text);
            separator = ", ";
        }

        text.Append(closing);
    }

    private static void WriteScalar(JsonNode? value, StringBuilder text)
    {
        switch (value?.GetValueKind())
        {
            case JsonValueKind.String when JsonTexts.TryRead(value, out var content):
                Quote(content, text);
                break;
            case JsonValueKind.Number when JsonNumbers.TryReadText(value, out var number):
                text.Append(number);
                break;
            case JsonValueKind.True:
                text.Append("true");
                break;
            case JsonValueKind.False:
                text.Append("false");
                break;
            default:
                text.Append("null");
                break;
        }
    }

    private static void Quote(string value, StringBuilder text)
    {
        text.Append('"');
        foreach (var c in value.AsSpan(0, Math.Min(value.Length, Longest + 1)))
        {
            _ = c switch
            {
                '"' => text.Append("\\\""),
                '\\' => text.Append(@"\\"),
                '\n' => text.Append(@"\n"),
                '\r' => text.Append(@"\r"),
                '\t' => text.Append(@"\t"),
                _ when char.IsControl(c) => text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => text.Append(c),
            };
        }

        text.Append('"');
    }
}
