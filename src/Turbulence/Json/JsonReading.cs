using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Nodes;
using Turbulence.Documents;

namespace Turbulence.Json;

/// <summary>Reads texts out of JSON values, and JSON values out of texts, without exceptions.</summary>
internal static class JsonReading
{
    /// <summary>The text of a JSON string; false for every other value.</summary>
    public static bool TryText(this JsonNode? node, [NotNullWhen(true)] out string? text)
    {
        text = null;
        try
        {
            return node is JsonValue value && value.TryGetValue(out text) && text is not null;
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair ("\ud800") is valid JSON but no text.
            return false;
        }
    }

    /// <summary>The text at <paramref name="key"/>; null where there is none.</summary>
    public static string? Text(this JsonObject map, string key) => map[key].TryText(out var text) ? text : null;

    /// <summary>Reads JSON; of a key that stands twice the last value wins, as in the reference runner.</summary>
    public static ParsedText Parse(ReadOnlyMemory<byte> utf8)
    {
        var content = utf8.Span.StartsWith("\uFEFF"u8) ? utf8[3..] : utf8;
        try
        {
            using var document = JsonDocument.Parse(content, new JsonDocumentOptions { MaxDepth = 256 });
            return new ParsedText(Node(document.RootElement));
        }
        catch (JsonException problem)
        {
            return new ParsedText(null, $"not JSON: line {problem.LineNumber + 1}, byte {problem.BytePositionInLine + 1}");
        }
        catch (InvalidOperationException)
        {
            return new ParsedText(null, "not JSON: a key holds half of a surrogate pair");
        }
    }

    private static JsonNode? Node(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                var map = new JsonObject();
                foreach (var member in element.EnumerateObject())
                {
                    map[member.Name] = Node(member.Value);
                }

                return map;
            case JsonValueKind.Array:
                var list = new JsonArray();
                foreach (var item in element.EnumerateArray())
                {
                    list.Add(Node(item));
                }

                return list;
            default:
                return JsonValue.Create(element.Clone());
        }
    }
}
