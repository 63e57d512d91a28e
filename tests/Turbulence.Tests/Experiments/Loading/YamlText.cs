using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Turbulence.Tests.Experiments.Loading;

/// <summary>Writes a document as YAML in block style: the shape that people write, with texts in quotes.</summary>
internal static class YamlText
{
    public static string Of(JsonNode? node)
    {
        var text = new StringBuilder();
        Write(node, 0, text);
        return text.ToString();
    }

    private static void Write(JsonNode? node, int indent, StringBuilder text)
    {
        switch (node)
        {
            case JsonObject { Count: > 0 } members:
                text.Append('\n');
                foreach (var (name, value) in members)
                {
                    text.Append(' ', indent).Append(Quoted(name)).Append(": ");
                    Write(value, indent + 2, text);
                }

                break;
            case JsonArray { Count: > 0 } list:
                text.Append('\n');
                foreach (var item in list)
                {
                    text.Append(' ', indent).Append("- ");
                    Write(item, indent + 2, text);
                }

                break;
            case JsonValue value when value.GetValueKind() == JsonValueKind.String:
                text.Append(Quoted(value.GetValue<string>())).Append('\n');
                break;
            default:
                text.Append(node?.ToJsonString() ?? "~").Append('\n');
                break;
        }
    }

    /// <summary>Single quotes where one line of plain characters allows them, otherwise JSON's, which YAML reads as well.</summary>
    private static string Quoted(string value) => value.All(c => c is >= ' ' and <= '~')
        ? $"'{value.Replace("'", "''", StringComparison.Ordinal)}'"
        : JsonValue.Create(value).ToJsonString();
}
