using System.Text.Json;
using System.Text.Json.Nodes;
using Turbulence.Platform.Files;

namespace Turbulence.Json;

/// <summary>A JSON object as it was at one moment: its text as people read it, which takes a fraction of the memory that its values take.</summary>
internal sealed class JsonSnapshot
{
    private readonly HashSet<string> names = [];
    private readonly List<byte[]> pieces = [];

    /// <summary>Takes a snapshot of an object with these members.</summary>
    /// <param name="members">Names, all of them different, and values.</param>
    public JsonSnapshot(IEnumerable<KeyValuePair<string, JsonNode?>> members)
    {
        using var target = new Pieces(pieces);
        using var writer = new Utf8JsonWriter(target, JsonPieces.Options);
        writer.WriteStartObject();
        foreach (var (name, value) in members)
        {
            names.Add(name);
            writer.WritePropertyName(name);
            JsonPieces.Write(writer, value);
        }

        writer.WriteEndObject();
    }

    // A line feed and the brace.
    private static ReadOnlySpan<byte> End => "\n}"u8;

    /// <summary>The object, anew each time.</summary>
    public JsonObject Read()
    {
        using var text = new MemoryStream(pieces.Sum(static piece => piece.Length));
        pieces.ForEach(piece => text.Write(piece));
        return (JsonObject)JsonNode.Parse(text.GetBuffer().AsSpan(0, (int)text.Length), documentOptions: new JsonDocumentOptions { MaxDepth = JsonPieces.Options.MaxDepth })!;
    }

    /// <summary>Writes the object with one more member at its end.</summary>
    /// <param name="target">Receives it.</param>
    /// <param name="name">The member's name.</param>
    /// <param name="value">The member's value.</param>
    /// <returns>False, and nothing is written, where it has that member, or none at all.</returns>
    public bool TryWrite(Stream target, string name, JsonNode? value)
    {
        if (names.Count == 0 || names.Contains(name))
        {
            return false;
        }

        for (var i = 0; i < pieces.Count; i++)
        {
            target.Write(pieces[i].AsSpan(0, i == pieces.Count - 1 ? pieces[i].Length - End.Length : pieces[i].Length));
        }

        using var text = new MemoryStream();
        using (var writer = new Utf8JsonWriter(text, JsonPieces.Options))
        {
            writer.WriteStartObject();
            writer.WritePropertyName(name);
            JsonPieces.Write(writer, value);
            writer.WriteEndObject();
        }

        target.WriteByte((byte)',');
        target.Write(text.GetBuffer().AsSpan(1, (int)text.Length - 1));
        return true;
    }

    private sealed class Pieces(List<byte[]> pieces) : SequentialStream
    {
        public override void Write(ReadOnlySpan<byte> buffer) => pieces.Add(buffer.ToArray());
    }
}
