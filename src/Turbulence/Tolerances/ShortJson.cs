using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Turbulence.Json;
using Turbulence.Values;

namespace Turbulence.Tolerances;

/// <summary>
/// JSON text for people: on one line, with characters as they are, without secrets, and cut where it gets long. Nothing behind the cut is
/// written, so a value of many parts costs the same.
/// </summary>
/// <param name="mask">Knows the secrets; it goes over each part before that is cut.</param>
internal sealed class ShortJson(SecretMask mask)
{
    /// <summary>How many characters are shown at most, the ellipsis not counted.</summary>
    public const int Longest = 200;

    private readonly StringBuilder text = new();

    /// <summary>The value as JSON text, cut where it is long.</summary>
    public static string Of(JsonNode? value, SecretMask mask)
    {
        var json = new ShortJson(mask);
        json.Write(value);
        return Cut(json.text.ToString(), mask);
    }

    /// <summary>The values as the JSON text of a list, cut where it is long.</summary>
    public static string OfMany(IEnumerable<JsonNode?> values, SecretMask mask)
    {
        var json = new ShortJson(mask);
        json.WriteItems('[', values, ']', json.Write);
        return Cut(json.text.ToString(), mask);
    }

    /// <summary>A text without secrets, cut where it is long.</summary>
    public static string Cut(string text, SecretMask mask) => mask.Mask(text).Shorten(Longest);

    private void Write(JsonNode? value)
    {
        if (text.Length > Longest)
        {
            return;
        }

        switch (value)
        {
            case JsonObject map:
                WriteItems('{', map, '}', member =>
                {
                    Quote(mask.Mask(member.Key));
                    text.Append(": ");
                    Write(member.Value);
                });
                break;
            case JsonArray list:
                WriteItems('[', list, ']', Write);
                break;
            default:
                WriteScalar(mask.Apply(value));
                break;
        }
    }

    private void WriteItems<T>(char opening, IEnumerable<T> items, char closing, Action<T> write)
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
            write(item);
            separator = ", ";
        }

        text.Append(closing);
    }

    private void WriteScalar(JsonNode? value)
    {
        switch (value?.GetValueKind())
        {
            case JsonValueKind.String when JsonTexts.TryRead(value, out var content):
                Quote(mask.Mask(content));
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

    private void Quote(MaskedText value)
    {
        text.Append('"');
        foreach (var c in value.Shorten(Longest + 1).ToString())
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
