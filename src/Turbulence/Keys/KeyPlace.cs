using System.Text.Json.Nodes;

namespace Turbulence.Keys;

/// <summary>
/// One place of the format: what it is called, and the keys that mean something there. This is said once: the check for unknown keys, the
/// JSON Schema and docs/format.md are made from it, and validation takes types, ranges and words from it.
/// </summary>
/// <param name="called">With its article: <c>an activity</c>.</param>
/// <param name="keys">The keys, in the order in which people are told them.</param>
internal sealed class KeyPlace(string called, params IReadOnlyList<FormatKey> keys)
{
    private readonly string[] names = [.. keys.Select(static key => key.Name)];
    private readonly (PlaceChoice? OfMap, PlaceChoice? OfItems)[] below = [.. keys.Select(static key => (key.OfMap, key.OfItems))];

    /// <summary>What it is called, with its article.</summary>
    public string Called => called;

    /// <summary>The keys that mean something here; empty where the writer chooses the names.</summary>
    public IReadOnlyList<FormatKey> Keys => keys;

    /// <summary>Their names.</summary>
    public IReadOnlyList<string> Names => names;

    /// <summary>What it is, in one line. Default: nothing.</summary>
    public string Summary { get; init; } = "";

    /// <summary>Where the writer chooses the names: what is under each. Null where the keys are the format's.</summary>
    public NamedValues? Named { get; init; }

    /// <summary>
    /// Whether any key that is unknown here is an error: what limits a fault and is read past would let it hit more than was meant.
    /// </summary>
    public bool IsStrict { get; init; }

    /// <summary>Keys of which one at least has to be there. Default: none.</summary>
    public IReadOnlyList<string> AnyOf { get; init; } = [];

    /// <summary>The key that makes the map stand for another one: where it is given, nothing else has to be. Default: none.</summary>
    public string? Instead { get; init; }

    /// <summary>Whether validation looks at nothing here but the names of the keys. Default: no.</summary>
    public bool IsUnchecked { get; init; }

    /// <summary>Whether a key is the format's here.</summary>
    public bool Knows(string key) => Named is not null || Array.IndexOf(names, key) >= 0;

    /// <summary>
    /// What a value under a key is, where that is a map, or each map of it, where that is a list; null for nothing of the format. One in
    /// the place of the other is meant so.
    /// </summary>
    public PlaceChoice? Below(string name, JsonNode? value) => Array.IndexOf(names, name) is not (>= 0 and var index) ? null
        : value is JsonArray ? below[index].OfItems ?? below[index].OfMap
        : below[index].OfMap ?? below[index].OfItems;

    /// <summary>The key of this name; null for none.</summary>
    public FormatKey? Find(string name) => Array.IndexOf(names, name) is >= 0 and var index ? keys[index] : null;
}
