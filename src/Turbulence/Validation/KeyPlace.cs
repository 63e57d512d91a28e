using System.Text.Json.Nodes;

namespace Turbulence.Validation;

/// <summary>One place of the format: what it is called, and the keys that mean something there.</summary>
/// <param name="Called">With its article: <c>an activity</c>.</param>
/// <param name="Keys">The keys, in the order in which people are told them.</param>
internal sealed record KeyPlace(string Called, params string[] Keys)
{
    /// <summary>
    /// What the map is that stands under a key, or each map of the list there; a null is a place that nobody here looks into. What stands
    /// under a key that is not listed is free.
    /// </summary>
    public Dictionary<string, Func<JsonObject, KeyPlace?>> Below { get; init; } = [];

    /// <summary>Where the writer chooses the names: what the map under each of them is. Null where the keys are the format's.</summary>
    public Func<JsonObject, KeyPlace?>? Named { get; init; }

    /// <summary>
    /// Where the writer chooses the names: what the map under each may be, by its <c>type</c>. One of no such type is a value of the
    /// writer's own.
    /// </summary>
    public IReadOnlyDictionary<string, KeyPlace> Forms { get; init; } = new Dictionary<string, KeyPlace>();

    /// <summary>
    /// Whether any key that is unknown here is an error: what limits a fault and is read past would let it hit more than was meant.
    /// </summary>
    public bool IsStrict { get; init; }

    /// <summary>Whether a key is the format's here.</summary>
    public bool Knows(string key) => Named is not null || Array.IndexOf(Keys, key) >= 0;
}
