using System.Text.Json;
using System.Text.Json.Nodes;
using Turbulence.Documents;
using Turbulence.Json;

namespace Turbulence.Loading;

/// <summary>A list of a JSON text that was read once from end to end, so that nothing is wrong with it.</summary>
/// <param name="list">The list in the document.</param>
/// <param name="text">The document, UTF-8 without a byte order mark.</param>
internal sealed class JsonTextList(JsonArray list, ReadOnlyMemory<byte> text) : UnreadList(list)
{
    // A longer text is written in pieces.
    private const int LongestCopied = 16 * 1024;

    private readonly List<Element> elements = [];
    private readonly HashSet<string> names = [];
    private readonly JsonDocumentBuilder builder = new();
    private readonly Lock gate = new();

    /// <inheritdoc/>
    public override int Count => elements.Count;

    /// <summary>Whether an object in it has two members of one name, of which the last one counts.</summary>
    internal bool HasDuplicates { get; set; }

    /// <inheritdoc/>
    public override bool Mentions(string name) => names.Contains(name);

    /// <inheritdoc/>
    public override string? Text(int index, params ReadOnlySpan<string> way)
    {
        var reader = new Utf8JsonReader(Of(index), JsonDocumentReader.Options);
        reader.Read();
        return reader.TokenType == JsonTokenType.StartObject ? Text(ref reader, way) : null;
    }

    /// <inheritdoc/>
    public override void Write(int index, Utf8JsonWriter writer)
    {
        if (HasDuplicates || elements[index].Length > LongestCopied)
        {
            JsonPieces.Write(writer, Read(index));
            return;
        }

        var reader = new Utf8JsonReader(Of(index), JsonDocumentReader.Options);
        while (reader.Read())
        {
            Copy(ref reader, writer);
        }
    }

    /// <summary>Takes an element in, behind the others.</summary>
    /// <param name="start">The offset of its first byte.</param>
    /// <param name="end">That of the first byte behind it.</param>
    /// <param name="at">Where it begins.</param>
    internal void Add(int start, int end, SourcePosition at) => elements.Add(new Element(start, end - start, at));

    /// <summary>An element has a member of this name.</summary>
    internal void Mention(string name) => names.Add(name);

    /// <inheritdoc/>
    protected override JsonNode? Read(int index, DocumentMap? places)
    {
        lock (gate)
        {
            return builder.Read(Of(index), elements[index].At, places);
        }
    }

    // Of two members of one name the last one counts.
    private static string? Text(scoped ref Utf8JsonReader reader, scoped ReadOnlySpan<string> way)
    {
        string? found = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isOnTheWay = reader.ValueTextEquals(way[0]);
            reader.Read();
            if (isOnTheWay && way.Length > 1 && reader.TokenType == JsonTokenType.StartObject)
            {
                found = Text(ref reader, way[1..]);
                continue;
            }

            if (isOnTheWay)
            {
                found = way.Length == 1 && reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
            }

            reader.Skip();
        }

        return found;
    }

    private static void Copy(ref Utf8JsonReader reader, Utf8JsonWriter writer)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.PropertyName when reader.ValueIsEscaped:
                writer.WritePropertyName(reader.GetString()!);
                break;
            case JsonTokenType.PropertyName:
                writer.WritePropertyName(reader.ValueSpan);
                break;
            case JsonTokenType.String when reader.ValueIsEscaped:
                writer.WriteStringValue(reader.GetString());
                break;
            case JsonTokenType.String:
                writer.WriteStringValue(reader.ValueSpan);
                break;
            case JsonTokenType.StartObject:
                writer.WriteStartObject();
                break;
            case JsonTokenType.EndObject:
                writer.WriteEndObject();
                break;
            case JsonTokenType.StartArray:
                writer.WriteStartArray();
                break;
            case JsonTokenType.EndArray:
                writer.WriteEndArray();
                break;
            case JsonTokenType.Number:
                JsonNumber.Read(ref reader).WriteTo(writer);
                break;
            case JsonTokenType.True or JsonTokenType.False:
                writer.WriteBooleanValue(reader.TokenType == JsonTokenType.True);
                break;
            default:
                writer.WriteNullValue();
                break;
        }
    }

    private ReadOnlySpan<byte> Of(int index) => text.Span.Slice(elements[index].Start, elements[index].Length);

    private readonly record struct Element(int Start, int Length, SourcePosition At);
}
