using System.Text.Json;
using System.Text.Json.Nodes;

namespace Turbulence.Values;

/// <summary>What came of reading a text as JSON or YAML.</summary>
/// <param name="Value">The value; null for a document that is empty or a lone null, and where reading failed.</param>
/// <param name="Failure">Why the text could not be read, in one line that does not repeat its content; null when it could.</param>
public readonly record struct ParsedText(JsonNode? Value, string? Failure = null)
{
    /// <summary>Reads JSON; of a key that stands twice the last value wins, as in the reference runner.</summary>
    public static ParsedText OfJson(ReadOnlyMemory<byte> utf8)
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
