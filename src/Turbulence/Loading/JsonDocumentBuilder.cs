using System.Text.Json;
using System.Text.Json.Nodes;
using Turbulence.Documents;

namespace Turbulence.Loading;

/// <summary>Puts the tokens of a JSON text together, from the outside in.</summary>
internal sealed class JsonDocumentBuilder
{
    private readonly DocumentMap map = new();
    private readonly TextCache names = new();
    private readonly TextCache values = new();
    private readonly Stack<(JsonNode Container, string? OuterName)> open = new();
    private string? name;
    private SourcePosition namePosition;

    /// <summary>Whether the innermost list or object that is still open is an object.</summary>
    public bool InObject => open.Count > 0 && open.Peek().Container is JsonObject;

    /// <summary>How many lists and objects are open.</summary>
    public int Depth => open.Count;

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

            return path;
        }
    }

    /// <summary>Takes the token that <paramref name="reader"/> stands on.</summary>
    public void Add(ref Utf8JsonReader reader, SourcePosition position)
    {
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
    public ParsedDocument Finish() => new(map, Warnings);

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
            map.Note(node, position);
        }

        if (!open.TryPeek(out var frame))
        {
            map.Root = node;
        }
        else if (frame.Container is JsonArray list)
        {
            list.Add(node);
        }
        else if (frame.Container is JsonObject members && !members.TryAdd(name!, node))
        {
            members[name!] = node;
            WarnOfDuplicate();
        }
    }

    private void WarnOfDuplicate()
    {
        if (Warnings.Count < ParsedDocument.MaximumWarnings)
        {
            Warnings.Add(DuplicateName.Warning(Path, namePosition, name!));
        }
    }
}
