using System.Text.Json;
using System.Text.Json.Nodes;

namespace Turbulence.Documents;

/// <summary>
/// A list of a document that is kept as its text, which takes a fraction of the memory that its values take: an element is read whenever
/// somebody asks for it, and is its own from then on. Once somebody asks for the whole document, all of them become values that stay in it.
/// </summary>
/// <param name="list">The list in the document; empty until all of it is read.</param>
internal abstract class UnreadList(JsonArray list)
{
    private readonly Lock gate = new();
    private volatile bool isRead;

    /// <summary>The list in the document; empty until all of it is read.</summary>
    public JsonArray List { get; } = list;

    /// <summary>Whether the elements are in the document, where they may have changed since: the text is not the truth any more.</summary>
    public bool IsRead => isRead;

    /// <summary>How many elements the text has.</summary>
    public abstract int Count { get; }

    /// <summary>The element at <paramref name="index"/> as it is in the text: a value of its own, that nobody else holds.</summary>
    public JsonNode? Read(int index) => Read(index, places: null);

    /// <summary>Whether an element has a member <paramref name="name"/>.</summary>
    public abstract bool Mentions(string name);

    /// <summary>A text of the element at <paramref name="index"/>, without making values of all of it; null where there is none.</summary>
    /// <param name="index">The element.</param>
    /// <param name="way">The names of the members that lead to the text, one inside of the other.</param>
    public abstract string? Text(int index, params ReadOnlySpan<string> way);

    /// <summary>Writes the element at <paramref name="index"/> as <see cref="Json.JsonPieces"/> writes its values.</summary>
    public abstract void Write(int index, Utf8JsonWriter writer);

    /// <summary>Where each value of the element at <paramref name="index"/> stands.</summary>
    public DocumentMap Places(int index)
    {
        var places = new DocumentMap();
        places.Root = Read(index, places);
        return places;
    }

    /// <summary>Makes all elements values in the document, once.</summary>
    /// <param name="places">Notes where each of them stands; null where nobody asks for that any more.</param>
    public void ReadAll(DocumentMap? places)
    {
        lock (gate)
        {
            for (var i = 0; !isRead && i < Count; i++)
            {
                List.Add(Read(i, places));
            }

            isRead = true;
        }
    }

    /// <summary>Reads an element.</summary>
    /// <param name="index">Which.</param>
    /// <param name="places">Notes where each of its values stands; null for nobody.</param>
    protected abstract JsonNode? Read(int index, DocumentMap? places);
}
