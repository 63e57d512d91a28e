using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Turbulence.Json;
using Turbulence.Python;

namespace Turbulence.Settings;

/// <summary>
/// Writes a JSON value as a YAML 1.1 document in block style: the layout of PyYAML's <c>dump</c>, which the reference
/// uses, but for long lines, which are not folded, texts of several lines, which stand in double quotes, and a few quotes more.
/// </summary>
public static class YamlText
{
    /// <summary>The document. One that is a plain scalar ends with the line <c>...</c>.</summary>
    /// <param name="node">The value.</param>
    /// <param name="sorted">Whether keys are sorted, as PyYAML sorts them. Default: true; otherwise they stay in their order.</param>
    public static string Of(JsonNode? node, bool sorted = true)
    {
        var text = new StringBuilder();
        switch (node)
        {
            case JsonObject { Count: > 0 } map:
                Write(map, 0, sorted, text);
                break;
            case JsonArray { Count: > 0 } list:
                Write(list, 0, sorted, text);
                break;
            default:
                var scalar = Scalar(node);
                text.Append(scalar).Append('\n').Append(scalar[0] is '\'' or '"' or '{' or '[' ? "" : "...\n");
                break;
        }

        return text.ToString();
    }

    private static void Write(JsonObject map, int depth, bool sorted, StringBuilder text)
    {
        var first = true;
        foreach (var (key, value) in sorted ? map.OrderBy(static member => member.Key, StringComparer.Ordinal) : map.AsEnumerable())
        {
            // The first key stands where its parent left off: behind a dash, or at the start of a line.
            Indent(first ? 0 : depth, text).Append(YamlQuoting.Of(key)).Append(':');
            first = false;
            switch (value)
            {
                case JsonObject { Count: > 0 } inner:
                    Indent(depth + 1, text.Append('\n'));
                    Write(inner, depth + 1, sorted, text);
                    break;
                case JsonArray { Count: > 0 } list:
                    // The dashes of a list stand below their key, not beside it.
                    Indent(depth, text.Append('\n'));
                    Write(list, depth, sorted, text);
                    break;
                default:
                    text.Append(' ').Append(Scalar(value)).Append('\n');
                    break;
            }
        }
    }

    private static void Write(JsonArray list, int depth, bool sorted, StringBuilder text)
    {
        for (var i = 0; i < list.Count; i++)
        {
            Indent(i == 0 ? 0 : depth, text).Append("- ");
            switch (list[i])
            {
                case JsonObject { Count: > 0 } map:
                    Write(map, depth + 1, sorted, text);
                    break;
                case JsonArray { Count: > 0 } inner:
                    Write(inner, depth + 1, sorted, text);
                    break;
                case var scalar:
                    text.Append(Scalar(scalar)).Append('\n');
                    break;
            }
        }
    }

    private static StringBuilder Indent(int depth, StringBuilder text) => text.Append(' ', depth * 2);

    private static string Scalar(JsonNode? node) => node switch
    {
        null => "null",
        JsonObject => "{}",
        JsonArray => "[]",
        _ => node.GetValueKind() switch
        {
            JsonValueKind.True => "true",
            JsonValueKind.False => "false",
            JsonValueKind.Number => Number(node),
            _ => YamlQuoting.Of(JsonTexts.TryRead(node, out var text) ? text : ""),
        },
    };

    // In YAML 1.1 a float has a point: 1e+20 is a text there, and 1.0e+20 is the number.
    private static string Number(JsonNode node)
    {
        var text = PythonText.Of(node);
        var exponent = text.IndexOf('e', StringComparison.Ordinal);
        return exponent > 0 && !text.Contains('.', StringComparison.Ordinal)
            ? string.Create(CultureInfo.InvariantCulture, $"{text[..exponent]}.0{text[exponent..]}")
            : text;
    }
}
