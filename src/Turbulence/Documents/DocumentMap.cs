using System.Globalization;
using System.Text.Json.Nodes;

namespace Turbulence.Documents;

/// <summary>
/// Where each value of a document stands in its text. A reader notes every node it makes; a null has no node of its own,
/// so it is found at its parent's place.
/// </summary>
/// <param name="capacity">About how many values the document has; a right guess saves the time of growing.</param>
public sealed class DocumentMap(int capacity = 0)
{
    private readonly Dictionary<JsonNode, SourcePosition> positions = new(capacity, ReferenceEqualityComparer.Instance);

    /// <summary>The document's root value; null where the document is a lone null or empty.</summary>
    public JsonNode? Root { get; set; }

    /// <summary>Notes that <paramref name="node"/> begins at <paramref name="position"/>.</summary>
    public void Note(JsonNode node, SourcePosition position) => positions[node] = position;

    /// <summary>The place of <paramref name="node"/> itself; null where it was made by nobody who read it.</summary>
    public SourcePosition? Find(JsonNode node) => positions.TryGetValue(node, out var at) ? at : null;

    /// <summary>The place of the value at <paramref name="path"/>, or of the nearest value above it that has one.</summary>
    public SourcePosition? Find(DocumentPath path)
    {
        var node = Root;
        SourcePosition? found = null;
        if (node is not null && positions.TryGetValue(node, out var at))
        {
            found = at;
        }

        foreach (var step in path.Steps)
        {
            node = node switch
            {
                JsonObject map => map[step],
                JsonArray list when int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
                    && index < list.Count => list[index],
                _ => null,
            };
            if (node is null)
            {
                break;
            }

            if (positions.TryGetValue(node, out at))
            {
                found = at;
            }
        }

        return found;
    }
}
