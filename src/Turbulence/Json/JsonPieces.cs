using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Turbulence.Json;

/// <summary>Writes JSON as people read it, and a large value piece by piece, so that its text is never in memory as a whole.</summary>
internal static class JsonPieces
{
    private const int PieceChars = 16 * 1024;
    private const int PieceBytes = 16 * 1024;

    /// <summary>Two blanks a level, and what is not ASCII as it is.</summary>
    public static JsonWriterOptions Options { get; } = new()
    {
        Indented = true,
        IndentSize = 2,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        MaxDepth = 1000,
    };

    /// <summary>Writes any JSON value.</summary>
    /// <param name="writer">Writes to a stream, which receives each piece when it is complete.</param>
    /// <param name="node">The value.</param>
    public static void Write(Utf8JsonWriter writer, JsonNode? node)
    {
        switch (node)
        {
            case null:
                writer.WriteNullValue();
                break;
            case JsonObject map when JsonMaps.IsReadable(map):
                writer.WriteStartObject();
                foreach (var (key, value) in map)
                {
                    writer.WritePropertyName(key);
                    Write(writer, value);
                }

                writer.WriteEndObject();
                break;
            case JsonArray list:
                writer.WriteStartArray();
                foreach (var element in list)
                {
                    Write(writer, element);
                }

                writer.WriteEndArray();
                break;
            case JsonValue value when value.GetValueKind() == JsonValueKind.String
                && JsonTexts.TryRead(value, out var text)
                && text.Length > PieceChars:
                // As a whole, the writer would take many times its length to escape it.
                WriteLong(writer, text);
                break;
            default:
                node.WriteTo(writer);
                break;
        }

        if (writer.BytesPending > PieceBytes)
        {
            writer.Flush();
        }
    }

    private static void WriteLong(Utf8JsonWriter writer, string text)
    {
        for (var at = 0; at < text.Length; at += PieceChars)
        {
            var end = Math.Min(at + PieceChars, text.Length);
            writer.WriteStringValueSegment(text.AsSpan(at, end - at), isFinalSegment: end == text.Length);
            writer.Flush();
        }
    }
}
