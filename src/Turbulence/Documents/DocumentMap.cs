using System.Globalization;
using System.Text.Json.Nodes;

namespace Turbulence.Documents;

/// <summary>
/// Where each value of a document stands in its text. A reader notes every node it makes; a null has no node of its own,
/// so it is found at its parent's place.
/// </summary>
public sealed class DocumentMap
{
    // Most documents have nothing wrong with them, and nobody asks for a place: the notes are put in order when somebody does. Small lists,
    // since all of them are garbage soon, and large arrays are collected late.
    private const int NotesInAList = 1024;

    private readonly List<List<(JsonNode Node, SourcePosition At)>> notes = [];
    private readonly Lock gate = new();
    private Dictionary<JsonNode, SourcePosition>? positions;
    private bool forgetsUnread;

    // Of a large element with many problems, not read once more for each of them.
    private Tuple<int, DocumentMap>? lastUnread;

    /// <summary>The document's root value; null where the document is a lone null or empty.</summary>
    public JsonNode? Root
    {
        get
        {
            ReadAll();
            return Frame;
        }

        set => Frame = value;
    }

    /// <summary>
    /// The root, of which <see cref="Unread"/> may be empty: for who reads that list by its <see cref="Items"/>, or not at all.
    /// </summary>
    internal JsonNode? Frame { get; private set; }

    /// <summary>The list of the document that is kept as its text; null where all of it was read.</summary>
    internal UnreadList? Unread { get; set; }

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

    /// <summary>
    /// A map of the same document that knows the places of some of its root's members and of what is in them, and forgets the others.
    /// </summary>
    /// <param name="members">Their names.</param>
    public DocumentMap Only(params IEnumerable<string> members)
    {
        var kept = new HashSet<JsonNode?>(ReferenceEqualityComparer.Instance) { Frame };
        foreach (var member in members)
        {
            Collect((Frame as JsonObject)?[member], kept);
        }

        var map = new DocumentMap { Frame = Frame, Unread = Unread, forgetsUnread = true };
        foreach (var (node, position) in Noted().Where(note => kept.Contains(note.Node)))
        {
            map.Note(node, position);
        }

        return map;
    }

    /// <summary>The place of <paramref name="node"/> itself; null where it was made by nobody who read it.</summary>
    public SourcePosition? Find(JsonNode node) => Positions().TryGetValue(node, out var at) ? at : null;

    /// <summary>The place of the value at <paramref name="path"/>, or of the nearest value above it that has one.</summary>
    public SourcePosition? Find(DocumentPath path) => Find(path.Steps);

    /// <summary>The same for the way from the root.</summary>
    internal SourcePosition? Find(IReadOnlyList<string> steps)
    {
        var node = Frame;
        SourcePosition? found = null;
        if (node is not null && Positions().TryGetValue(node, out var at))
        {
            found = at;
        }

        for (var i = 0; i < steps.Count; i++)
        {
            var step = steps[i];
            if (Unread is { IsRead: false } unread && ReferenceEquals(unread.List, node))
            {
                return !forgetsUnread && IsIndex(step, unread.Count, out var element)
                    ? Places(unread, element).Find([.. steps.Skip(i + 1)]) ?? found
                    : found;
            }

            node = node switch
            {
                JsonObject map => map[step],
                JsonArray list when IsIndex(step, list.Count, out var index) => list[index],
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

    /// <summary>Makes all of the document values that stay in it: whoever takes it into his hands may change it.</summary>
    internal void ReadAll() => Unread?.ReadAll(forgetsUnread ? null : this);

    /// <summary>The elements of a list of the document; none where the value is no list.</summary>
    internal ListItems Items(JsonNode? list) =>
        new(list as JsonArray, Unread is { } unread && ReferenceEquals(unread.List, list) ? unread : null);

    private static bool IsIndex(string step, int count, out int index) =>
        int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out index) && index < count;

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

    private DocumentMap Places(UnreadList unread, int element)
    {
        var last = lastUnread;
        if (last?.Item1 != element)
        {
            lastUnread = last = Tuple.Create(element, unread.Places(element));
        }

        return last.Item2;
    }

    private IEnumerable<(JsonNode Node, SourcePosition At)> Noted() =>
        notes.SelectMany(static list => list).Concat((positions ?? []).Select(static place => (place.Key, place.Value)));

    private Dictionary<JsonNode, SourcePosition> Positions()
    {
        lock (gate)
        {
            if (positions is null)
            {
                var all = new Dictionary<JsonNode, SourcePosition>(
                    notes.Sum(static list => list.Count), ReferenceEqualityComparer.Instance);
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
