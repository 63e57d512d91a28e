using System.Text.Json;
using System.Text.Json.Nodes;
using Turbulence.Json;

namespace Turbulence.Keys;

/// <summary>One form that the value of a key may have. A key may have several, each of another kind.</summary>
/// <param name="Kind">What it is.</param>
internal sealed record ValueForm(FormKind Kind)
{
    /// <summary>What a timer can measure, in seconds: about 49 days.</summary>
    public const decimal LongestSeconds = 4_294_967;

    /// <summary>The least number. Default: any.</summary>
    public decimal? Least { get; init; }

    /// <summary>Whether it has to be above <see cref="Least"/>. Default: it may be that as well.</summary>
    public bool IsLeastExcluded { get; init; }

    /// <summary>The largest number. Default: any.</summary>
    public decimal? Most { get; init; }

    /// <summary>Whether it has to be below <see cref="Most"/>. Default: it may be that as well.</summary>
    public bool IsMostExcluded { get; init; }

    /// <summary>The words that a text may be. Default: any.</summary>
    public IReadOnlyList<KeyWord> Words { get; init; } = [];

    /// <summary>Whether those of <see cref="Words"/> that say a number may be written as one. Default: no.</summary>
    public bool MayBeNumber { get; init; }

    /// <summary>A regular expression (ECMA-262) that each text matches; others may match it, too. Default: none.</summary>
    public string? Pattern { get; init; }

    /// <summary>Whether a text may be empty. Default: no.</summary>
    public bool MayBeEmpty { get; init; }

    /// <summary>The forms of a list's elements, and of a map's values whose names the writer chooses. Default: any.</summary>
    public IReadOnlyList<ValueForm> Items { get; init; } = [];

    /// <summary>How many elements a list has at least. Default: 0.</summary>
    public int LeastItems { get; init; }

    /// <summary>How many elements a list has at most. Default: any number.</summary>
    public int? MostItems { get; init; }

    /// <summary>What stands in a map. Default: whatever the writer likes.</summary>
    public PlaceChoice? Place { get; init; }

    /// <summary>Keys that the map must have here, beside those that it must have everywhere. Default: none.</summary>
    public IReadOnlyList<string> Requires { get; init; } = [];

    /// <summary>Any value.</summary>
    public static ValueForm Anything { get; } = new(FormKind.Anything);

    /// <summary>True or false.</summary>
    public static ValueForm Boolean { get; } = new(FormKind.Boolean);

    /// <summary>A text that is not empty.</summary>
    public static ValueForm Text { get; } = new(FormKind.Text);

    /// <summary>Any text.</summary>
    public static ValueForm AnyText { get; } = new(FormKind.Text) { MayBeEmpty = true };

    /// <summary>The text of a number, as the environment gives it.</summary>
    public static ValueForm NumberText { get; } = new(FormKind.Text) { Pattern = @"^\s*[-+]?[0-9.]+([eE][-+]?[0-9]+)?\s*$" };

    /// <summary>A map of whatever the writer likes.</summary>
    public static ValueForm FreeMap { get; } = new(FormKind.Map);

    /// <summary>A list of whatever the writer likes.</summary>
    public static ValueForm FreeList { get; } = new(FormKind.List);

    /// <summary>Seconds above 0.</summary>
    public static ValueForm Seconds { get; } =
        new(FormKind.Number) { Least = 0, IsLeastExcluded = true, Most = LongestSeconds, IsMostExcluded = true };

    /// <summary>Seconds from 0.</summary>
    public static ValueForm SecondsFromZero { get; } = new(FormKind.Number) { Least = 0, Most = LongestSeconds };

    /// <summary>A whole number from <paramref name="least"/>.</summary>
    public static ValueForm Integer(decimal? least = null, decimal? most = null) => new(FormKind.Integer) { Least = least, Most = most };

    /// <summary>A number from <paramref name="least"/> to <paramref name="most"/>.</summary>
    public static ValueForm Number(decimal? least = null, decimal? most = null) => new(FormKind.Number) { Least = least, Most = most };

    /// <summary>One of some words.</summary>
    public static ValueForm OneOf(params IReadOnlyList<KeyWord> words) => new(FormKind.Text) { Words = words };

    /// <summary>A list.</summary>
    public static ValueForm List(params IReadOnlyList<ValueForm> items) => new(FormKind.List) { Items = items };

    /// <summary>A map whose names the writer chooses.</summary>
    public static ValueForm MapOf(params IReadOnlyList<ValueForm> values) => new(FormKind.Map) { Items = values };

    /// <summary>A map of the format.</summary>
    public static ValueForm Map(PlaceChoice place) => new(FormKind.Map) { Place = place };

    /// <summary>A list of such maps.</summary>
    public static ValueForm ListOf(PlaceChoice place) => List(Map(place));

    /// <summary>Whether a value has this form. What stands in maps is not looked at.</summary>
    public bool Accepts(JsonNode? node) => Kind switch
    {
        FormKind.Anything => true,
        FormKind.Boolean => node?.GetValueKind() is JsonValueKind.True or JsonValueKind.False,
        FormKind.Integer => JsonNumbers.IsInteger(node) && IsWithin(node),
        FormKind.Number => IsWithin(node),
        FormKind.Text => JsonTexts.TryRead(node, out var text) && Allows(text),
        FormKind.List => node is JsonArray list && list.Count >= LeastItems && !(list.Count > MostItems)
            && (Items.Count == 0 || list.All(item => Items.Any(form => form.Accepts(item)))),
        FormKind.Map => node is JsonObject,
        _ => throw new InvalidOperationException($"There is no such kind of form: {Kind}."),
    };

    /// <summary>Whether a number is within the bounds.</summary>
    public bool Allows(double number) =>
        !(number < (double?)Least) && !(number > (double?)Most)
        && !(IsLeastExcluded && number == (double?)Least) && !(IsMostExcluded && number == (double?)Most);

    private bool Allows(string text) =>
        Words.Count > 0 ? Words.Any(word => word.Word == text) : MayBeEmpty || text.Length > 0;

    private bool IsWithin(JsonNode? node) => JsonNumbers.TryReadDouble(node, out var number) && Allows(number);
}
