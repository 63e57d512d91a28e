using System.Text.Json.Nodes;

namespace Turbulence.Documents;

/// <summary>
/// The elements of a list of a document, be they values or still text; one that is text is read each time that it is asked for.
/// </summary>
/// <param name="list">The list; null for none.</param>
/// <param name="unread">Its text; null where it has none.</param>
internal readonly struct ListItems(JsonArray? list, UnreadList? unread)
{
    private readonly JsonArray? list = list;
    private readonly UnreadList? unread = unread;

    /// <summary>How many there are.</summary>
    public int Count => Unread?.Count ?? list?.Count ?? 0;

    /// <summary>The element at <paramref name="index"/>; null where it is null, or there is none.</summary>
    public JsonNode? this[int index] => Unread is { } text ? text.Read(index) : list?[index];

    /// <summary>What the elements are read from; null where they are values.</summary>
    public UnreadList? Unread => unread is { IsRead: false } ? unread : null;

    /// <summary>Whether an element may have a member <paramref name="name"/>.</summary>
    public bool MayMention(string name) => Unread?.Mentions(name) ?? list is not null;

    /// <summary>All of them, one after the other.</summary>
    public IEnumerable<JsonNode?> All()
    {
        for (var i = 0; i < Count; i++)
        {
            yield return this[i];
        }
    }
}
