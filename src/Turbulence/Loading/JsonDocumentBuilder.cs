using System.Text.Json;
using System.Text.Json.Nodes;
using Turbulence.Documents;

namespace Turbulence.Loading;

/// <summary>Puts the tokens of a JSON text together, from the outside in.</summary>
internal sealed class JsonDocumentBuilder
{
    private readonly TextCache names = new();
    private readonly TextCache values = new();
    private readonly Stack<(JsonNode Container, string? OuterName)> open = new();
    private readonly ReadOnlyMemory<byte> text;
    private readonly string? late;
    private DocumentMap? map = new();
    private JsonNode? root;
    private JsonTextList? unread;
    private JsonTextScan? scan;
    private string? name;
    private SourcePosition namePosition;

    /// <summary>Makes values of all that it takes.</summary>
    public JsonDocumentBuilder()
    {
    }

    /// <summary>Leaves a list as its text.</summary>
    /// <param name="text">The document, UTF-8 without a byte order mark.</param>
    /// <param name="late">The member of the root that is not to be read yet, where it is a list.</param>
    public JsonDocumentBuilder(ReadOnlyMemory<byte> text, string late) => (this.text, this.late) = (text, late);

    /// <summary>Whether the innermost list or object that is still open is an object.</summary>
    public bool InObject => scan is { Depth: > 0 } ? scan.InObject : open.Count > 0 && open.Peek().Container is JsonObject;

    /// <summary>How many lists and objects are open.</summary>
    public int Depth => open.Count + (scan?.Depth ?? 0);

    /// <summary>What somebody should look at.</summary>
    public List<Problem> Warnings { get; } = [];

    /// <summary>The way to the value that was read last.</summary>
    public DocumentPath Path
    {
        get
        {
            var path = DocumentPath.Root;
            var frames = open.ToArray();
            for (var i = frames.Length - 1; i >= 0; i--)
            {
                // The name of a member is kept by the frame that it was pushed with: the next one further in.
                path = frames[i].Container switch
                {
                    JsonArray list => list.Count == 0 ? path : path[list.Count - 1],
                    _ => (i == 0 ? name : frames[i - 1].OuterName) is { } member ? path[member] : path,
                };
            }

            return scan?.Path(path) ?? path;
        }
    }

    /// <summary>Takes the token that <paramref name="reader"/> stands on.</summary>
    public void Add(ref Utf8JsonReader reader, SourcePosition position)
    {
        if (scan is not null)
        {
            if (scan.Take(ref reader, position))
            {
                return;
            }

            (unread, scan) = (scan.List, null);
        }

        switch (reader.TokenType)
        {
            case JsonTokenType.PropertyName:
                name = names.Get(ref reader);
                namePosition = position;
                break;
            case JsonTokenType.StartObject:
                Open(new JsonObject(), position);
                break;
            case JsonTokenType.StartArray:
                Open(new JsonArray(), position);
                break;
            case JsonTokenType.EndObject or JsonTokenType.EndArray:
                name = open.Pop().OuterName;
                break;
            default:
                Attach(Scalar(ref reader), position);
                break;
        }
    }

    /// <summary>The whole document.</summary>
    public ParsedDocument Finish()
    {
        map!.Root = root;
        map.Unread = unread is { Count: > 0 } ? unread : null;
        return new ParsedDocument(map, Warnings);
    }

    /// <summary>Reads one value, once more: nothing is wrong with it, and nothing is said of it again.</summary>
    /// <param name="value">Its text.</param>
    /// <param name="first">The place of the text's first byte.</param>
    /// <param name="places">Notes where each value stands; null for nobody.</param>
    public JsonNode? Read(ReadOnlySpan<byte> value, SourcePosition first, DocumentMap? places)
    {
        map = places;
        var cursor = new Utf8Cursor(value, first);
        var reader = new Utf8JsonReader(value, JsonDocumentReader.Options);
        while (reader.Read())
        {
            Add(ref reader, places is null ? first : cursor.MoveTo((int)reader.TokenStartIndex));
        }

        (var whole, root) = (root, null);
        Warnings.Clear();
        return whole;
    }

    private JsonValue? Scalar(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.String => JsonValue.Create(values.Get(ref reader)),
        JsonTokenType.Number => JsonNumber.Read(ref reader),
        JsonTokenType.True => JsonValue.Create(true),
        JsonTokenType.False => JsonValue.Create(false),
        _ => null,
    };

    private void Open(JsonNode container, SourcePosition position)
    {
        Attach(container, position);
        open.Push((container, name));
        name = null;
    }

    private void Attach(JsonNode? node, SourcePosition position)
    {
        if (node is not null)
        {
            map?.Note(node, position);
        }

        if (!open.TryPeek(out var frame))
        {
            root = node;
        }
        else if (frame.Container is JsonArray list)
        {
            list.Add(node);
        }
        else if (frame.Container is JsonObject members)
        {
            if (!members.TryAdd(name!, node))
            {
                members[name!] = node;
                WarnOfDuplicate(name!, namePosition);
            }

            if (late is not null && open.Count == 1 && name == late)
            {
                unread = null;
                scan = node is JsonArray left ? new JsonTextScan(new JsonTextList(left, text), names, WarnOfDuplicate) : null;
            }
        }
    }

    private void WarnOfDuplicate(string member, SourcePosition at)
    {
        if (Warnings.Count < ParsedDocument.MaximumWarnings)
        {
            Warnings.Add(DuplicateName.Warning(Path, at, member));
        }
    }
}
