using System.Text.Json.Nodes;
using Turbulence.Json;

namespace Turbulence.Keys;

/// <summary>What a map may be: one place, or one of several by the word under a key of it.</summary>
internal sealed class PlaceChoice
{
    private readonly Func<KeyPlace>? always;

    private PlaceChoice(Func<KeyPlace>? always, string key, IReadOnlyList<PlaceOption> options) =>
        (this.always, Key, Options) = (always, key, options);

    /// <summary>The key whose word says which place it is; empty where there is only one.</summary>
    public string Key { get; }

    /// <summary>The places, by the word; empty where there is only one.</summary>
    public IReadOnlyList<PlaceOption> Options { get; }

    /// <summary>The only place; null where there are several.</summary>
    public KeyPlace? Only => always?.Invoke();

    /// <summary>Whether a map of no such word is one of the writer's own. Default: no, and it is a mistake.</summary>
    public bool MayBeOther { get; private init; }

    /// <summary>Always this place.</summary>
    /// <param name="place">Gives it: places hold each other in a circle.</param>
    public static PlaceChoice Always(Func<KeyPlace> place) => new(place, "", []);

    /// <summary>The place that a word names.</summary>
    /// <param name="key">Where the word stands.</param>
    /// <param name="options">The places.</param>
    public static PlaceChoice By(string key, params IReadOnlyList<PlaceOption> options) => new(null, key, options);

    /// <summary>The same, where a map of no such word is one of the writer's own.</summary>
    public static PlaceChoice ByOrOther(string key, params IReadOnlyList<PlaceOption> options) =>
        new(null, key, options) { MayBeOther = true };

    /// <summary>The place that a map is; null for none that is known.</summary>
    public KeyPlace? Of(JsonObject map) => always is not null ? always() : JsonTexts.TryRead(map[Key], out var word) ? Named(word) : null;

    /// <summary>The place of a word; null for none.</summary>
    public KeyPlace? Named(string word) => Options.FirstOrDefault(option => option.Word == word)?.Place();
}
