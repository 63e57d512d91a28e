using System.Globalization;
using System.Text.Json.Nodes;
using Turbulence.Json;

namespace Turbulence.Keys;

/// <summary>One key of the format.</summary>
/// <param name="Name">The key.</param>
/// <param name="Summary">What it says, in one line, without its range and its default.</param>
/// <param name="Forms">What its value may be, each of another kind.</param>
internal sealed record FormatKey(string Name, string Summary, params IReadOnlyList<ValueForm> Forms)
{
    /// <summary>Whether it has to be there. Default: no.</summary>
    public bool IsRequired { get; init; }

    /// <summary>Whether null is the same as not given. Default: yes, where it is not required.</summary>
    public bool MayBeNull { get => field && !IsRequired; init; } = true;

    /// <summary>Which texts may stand in its place because their value is known only to the run. Default: none.</summary>
    public Placeholders Placeholders { get; init; }

    /// <summary>What holds where it is not given, as it would be written in JSON. Default: nothing.</summary>
    public string? Default { get; init; }

    /// <summary>What holds where it is not given, for people. Default: <see cref="Default"/>.</summary>
    public string? DefaultText { get => field ?? Default; init; }

    /// <summary>What its number counts: <c>s</c>, <c>bytes</c>. Default: nothing.</summary>
    public string? Unit { get; init; }

    /// <summary>A value of it, in JSON. Default: none.</summary>
    public string? Example { get; init; }

    /// <summary>What is otherwise with <c>--compat chaostoolkit</c>. Default: nothing.</summary>
    public string? Compat { get; init; }

    /// <summary>Whether the reference runner knows nothing of it. Default: no.</summary>
    public bool IsOurs { get; init; }

    /// <summary>What a map under it is; null for nothing of the format.</summary>
    public PlaceChoice? OfMap => Forms.FirstOrDefault(static form => form is { Kind: FormKind.Map, Place: not null })?.Place;

    /// <summary>What each map of a list under it is; null for nothing of the format.</summary>
    public PlaceChoice? OfItems => Forms.Where(static form => form.Kind == FormKind.List).SelectMany(static form => form.Items)
        .FirstOrDefault(static item => item.Place is not null)?.Place;

    /// <summary>The form that is a number; the key has one.</summary>
    public ValueForm NumberForm => Forms.First(static form => form.Kind is FormKind.Number or FormKind.Integer);

    /// <summary>The words that it takes; it takes some.</summary>
    public IReadOnlyList<KeyWord> Words => Forms.First(static form => form.Words.Count > 0).Words;

    /// <summary>The number that holds where it is not given; there is one.</summary>
    public double DefaultNumber => double.Parse(Default!, CultureInfo.InvariantCulture);

    /// <summary>What it has to be, in words that follow "must be".</summary>
    public string Expected => string.Join(" or ", Forms.Select(form => Text(form)));

    /// <summary>The same of its number alone.</summary>
    public string ExpectedNumber => Text(NumberForm);

    /// <summary>Whether it takes a value, as it stands in the experiment. What stands in maps is not looked at.</summary>
    public bool Accepts(JsonNode? node) =>
        node is null ? MayBeNull : IsOpen(node) || Forms.Any(form => form.Accepts(node));

    /// <summary>Whether a value is known only to the run.</summary>
    public bool IsOpen(JsonNode? node) => JsonTexts.TryRead(node, out var text) && Placeholders switch
    {
        Placeholders.Whole => text.StartsWith("${", StringComparison.Ordinal) && text.EndsWith('}'),
        Placeholders.Inside => text.Contains("${", StringComparison.Ordinal),
        Placeholders.Dollar => text.Contains('$', StringComparison.Ordinal),
        _ => false,
    };

    private string Text(ValueForm form) => form.Kind switch
    {
        FormKind.Boolean => "a boolean",
        FormKind.Integer => $"a whole number{Range(form)}",
        FormKind.Number => $"a number{(Unit == "s" ? " of seconds" : "")}{Range(form)}",
        FormKind.Text when form.Words.Count > 0 => string.Join(", ", form.Words.Select(static word => word.Word)),
        FormKind.Text => "a text",
        FormKind.List => "a list",
        FormKind.Map => "a map",
        _ => "anything",
    };

    // What is excluded at the upper end is what nobody comes near: what a timer can measure, or a number can hold.
    private static string Range(ValueForm form) => (form.Least, form.IsMostExcluded ? null : form.Most) switch
    {
        ({ } least, { } most) => $" {(form.IsLeastExcluded ? "above" : "from")} {Written(least)} to {Written(most)}",
        ({ } least, null) => $" {(form.IsLeastExcluded ? "above" : "from")} {Written(least)}",
        (null, { } most) => $" up to {Written(most)}",
        _ => "",
    };

    private static string Written(decimal number) => number.ToString("0.######", CultureInfo.InvariantCulture);
}
