using System.Text.Json;
using System.Text.Json.Nodes;
using Turbulence.Platform.Files;

namespace Turbulence.Json;

/// <summary>
/// A JSON object as it was at one moment: its text as people read it, which takes a fraction of the memory that its values take.
/// </summary>
internal sealed class JsonSnapshot
{
    // Of the list: in the object.
    private const int Depth = 1;

    private readonly HashSet<string> names = [];
    private readonly List<byte[]> pieces = [];
    private readonly SnapshotList? list;
    private readonly int listAt = -1;

    /// <summary>Takes a snapshot of an object with these members.</summary>
    /// <param name="members">Names, all of them different, and values.</param>
    /// <param name="list">A list in the place of one of the values. Default: none.</param>
    public JsonSnapshot(IEnumerable<KeyValuePair<string, JsonNode?>> members, SnapshotList? list = null)
    {
        this.list = list;
        using var target = new Pieces(pieces);
        using var writer = new Utf8JsonWriter(target, JsonPieces.Options);
        writer.WriteStartObject();
        foreach (var (name, value) in members)
        {
            writer.WritePropertyName(name);
            if (names.Count == list?.Place)
            {
                // One element, so that the bracket behind it stands where it has to.
                writer.WriteStartArray();
                writer.Flush();
                listAt = pieces.Count;
                writer.WriteNullValue();
                writer.Flush();
                pieces.RemoveRange(listAt, pieces.Count - listAt);
                writer.WriteEndArray();
            }
            else
            {
                JsonPieces.Write(writer, value);
            }

            names.Add(name);
        }

        writer.WriteEndObject();
    }

    // A line feed and the brace.
    private static ReadOnlySpan<byte> End => "\n}"u8;

    /// <summary>The object, anew each time.</summary>
    public JsonObject Read()
    {
        using var text = new MemoryStream(pieces.Sum(static piece => piece.Length));
        CopyTo(text, leftOut: 0);
        return (JsonObject)JsonNode.Parse(text
            .GetBuffer()
            .AsSpan(0, (int)text.Length), documentOptions: new JsonDocumentOptions { MaxDepth = JsonPieces.Options.MaxDepth })!;
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

        CopyTo(target, End.Length);
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

    private void CopyTo(Stream target, int leftOut)
    {
        for (var i = 0; i < pieces.Count; i++)
        {
            if (i == listAt)
            {
                WriteList(target, list!);
            }

            target.Write(pieces[i].AsSpan(0, i == pieces.Count - 1 ? pieces[i].Length - leftOut : pieces[i].Length));
        }
    }

    private static void WriteList(Stream target, SnapshotList list)
    {
        using var elements = new IndentedStream(target, Depth + 1);
        using var writer = new Utf8JsonWriter(elements, JsonPieces.Options);
        for (var i = 0; i < list.List.Count; i++)
        {
            target.Write(i == 0 ? ""u8 : ","u8);
            target.Write(IndentedStream.LineStart(Depth + 1));
            if (list.Mask is { } mask)
            {
                JsonPieces.Write(writer, mask(list.List.Read(i)));
            }
            else
            {
                list.List.Write(i, writer);
            }

            writer.Flush();
            writer.Reset();
        }
    }

    private sealed class Pieces(List<byte[]> pieces) : SequentialStream
    {
        public override void Write(ReadOnlySpan<byte> buffer) => pieces.Add(buffer.ToArray());
    }
}
