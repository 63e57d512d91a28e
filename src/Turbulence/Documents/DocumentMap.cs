using System.Globalization;
using System.Text.Json.Nodes;

namespace Turbulence.Documents;

/// <summary>
/// Where each value of a document stands in its text. A reader notes every node it makes; a null has no node of its own,
/// so it is found at its parent's place.
/// </summary>
public sealed class DocumentMap
{
    // Most documents have nothing wrong with them, and nobody asks for a place: the notes are put in order when somebody does. Small lists, since all of
    // them are garbage soon, and large arrays are collected late.
    private const int NotesInAList = 1024;

    private readonly List<List<(JsonNode Node, SourcePosition At)>> notes = [];
    private readonly Lock gate = new();
    private Dictionary<JsonNode, SourcePosition>? positions;

    /// <summary>The document's root value; null where the document is a lone null or empty.</summary>
    public JsonNode? Root { get; set; }

    /// <summary>Notes that <paramref name="node"/> begins at <paramref name="position"/>.</summary>
    public void Note(JsonNode node, SourcePosition position)
    {
        if (positions is not null)
        {
            positions[node] = position;
            return;
        }

        if (notes.Count == 0 || notes[^1].Count == NotesInAList)
        {
            notes.Add(notes.Count == 0 ? [] : new List<(JsonNode, SourcePosition)>(NotesInAList));
        }

        notes[^1].Add((node, position));
    }

    /// <summary>A map of the same document that knows the places of some of its root's members and of what is in them, and forgets the others.</summary>
    /// <param name="members">Their names.</param>
    public DocumentMap Only(params IEnumerable<string> members)
    {
        var kept = new HashSet<JsonNode?>(ReferenceEqualityComparer.Instance) { Root };
        foreach (var member in members)
        {
            Collect((Root as JsonObject)?[member], kept);
        }

        var map = new DocumentMap { Root = Root };
        foreach (var (node, position) in Noted().Where(note => kept.Contains(note.Node)))
        {
            map.Note(node, position);
        }

        return map;
    }

    /// <summary>The place of <paramref name="node"/> itself; null where it was made by nobody who read it.</summary>
    public SourcePosition? Find(JsonNode node) => Positions().TryGetValue(node, out var at) ? at : null;

    /// <summary>The place of the value at <paramref name="path"/>, or of the nearest value above it that has one.</summary>
    public SourcePosition? Find(DocumentPath path)
    {
        var node = Root;
        SourcePosition? found = null;
        if (node is not null && Positions().TryGetValue(node, out var at))
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

            if (Positions().TryGetValue(node, out at))
            {
                found = at;
            }
        }

        return found;
    }

    private static void Collect(JsonNode? node, HashSet<JsonNode?> nodes)
    {
        nodes.Add(node);
        IEnumerable<JsonNode?> within = node switch
        {
            JsonObject map => map.Select(static member => member.Value),
            JsonArray list => list,
            _ => [],
        };
        foreach (var value in within)
        {
            Collect(value, nodes);
        }
    }

    private IEnumerable<(JsonNode Node, SourcePosition At)> Noted() =>
        notes.SelectMany(static list => list).Concat((positions ?? []).Select(static place => (place.Key, place.Value)));

    private Dictionary<JsonNode, SourcePosition> Positions()
    {
        lock (gate)
        {
            if (positions is null)
            {
                var all = new Dictionary<JsonNode, SourcePosition>(notes.Sum(static list => list.Count), ReferenceEqualityComparer.Instance);
                foreach (var (node, position) in Noted())
                {
                    all[node] = position;
                }

                notes.Clear();
                positions = all;
            }

            return positions;
        }
    }
}
