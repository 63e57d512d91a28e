using System.Text;
using Turbulence.Keys;

namespace Turbulence.Cli.Tests.Schemas;

/// <summary>Writes the tables of docs/format.md: one for each place of the format, made from what validation reads.</summary>
internal static class FormatPage
{
    private const string Since = "0.1.0";

    /// <summary>Every place with keys of its own, in the order in which an experiment leads to them.</summary>
    public static IEnumerable<KeyPlace> Places()
    {
        var seen = new HashSet<KeyPlace>();
        var waiting = new Queue<KeyPlace>([ExperimentKeys.Experiment]);
        while (waiting.TryDequeue(out var place))
        {
            if (!seen.Add(place))
            {
                continue;
            }

            foreach (var below in Below(place))
            {
                waiting.Enqueue(below);
            }

            if (place is { Named: null, IsUnchecked: false })
            {
                yield return place;
            }
        }
    }

    /// <summary>The tables, each below a heading.</summary>
    public static string Tables()
    {
        var page = new StringBuilder();
        foreach (var place in Places())
        {
            page.Append("### ").Append(Heading(place)).Append('\n');
            if (place.Summary.Length > 0)
            {
                page.Append(place.Summary).Append('\n');
            }

            page.Append('\n');
            if (place.IsStrict)
            {
                page.Append("A key that is not listed is an error, however it is spelt.\n\n");
            }

            page.Append("| key | value | what it says | default | `--compat chaostoolkit` | since |\n|---|---|---|---|---|---|\n");
            foreach (var key in place.Keys)
            {
                page.Append("| ").AppendJoin(" | ", $"`{key.Name}`", Value(key), What(key), Default(key), Compat(key), key.IsOurs ? Since : "the format")
                    .Append(" |\n");
            }

            page.Append('\n');
        }

        return page.ToString();
    }

    private static IEnumerable<KeyPlace> Below(KeyPlace place) =>
        place.Keys.SelectMany(static key => key.Forms).SelectMany(static form => form.Items.Prepend(form)).Select(static form => form.Place)
            .Append(place.Named?.Place)
            .OfType<PlaceChoice>()
            .SelectMany(static choice => choice.Only is { } only ? [only] : choice.Options.Select(static option => option.Place()))
            .Concat(place.Named?.Otherwise is { } otherwise ? [otherwise()] : []);

    private static string Heading(KeyPlace place) => place.Called.Length > 0 ? char.ToUpperInvariant(place.Called[0]) + place.Called[1..] : "";

    private static string Link(KeyPlace place) => $"[{place.Called}](#{Anchor(Heading(place))})";

    // As GitHub makes them.
    private static string Anchor(string heading) => string.Concat(heading.ToLowerInvariant().Where(static letter =>
        char.IsLetterOrDigit(letter) || letter is ' ' or '-' or '_')).Replace(' ', '-');

    private static string Value(FormatKey key)
    {
        var forms = key.Forms.Select(form => Form(form, key)).Where(static form => form.Length > 0).ToList();
        forms.AddRange(key.Placeholders == Placeholders.None ? [] : ["`${name}`"]);
        return Cell(string.Join(", or ", forms));
    }

    private static string Form(ValueForm form, FormatKey key) => form.Kind switch
    {
        FormKind.Anything => key.Forms.Count == 1 ? "anything" : "",
        FormKind.Boolean => "boolean",
        FormKind.Integer => $"whole number{Range(form)}{Unit(key)}",
        FormKind.Number => $"number{Range(form)}{Unit(key)}",
        FormKind.Text when form.Words.Count > 0 => string.Join(", ", form.Words.Select(static word => $"`{word.Word}`")),
        FormKind.Text when ReferenceEquals(form, ValueForm.NumberText) => "",
        FormKind.Text => "text",
        FormKind.List => form.Items.Count == 0 ? "list"
            : form.MostItems == 0 ? ""
            : $"list, each {string.Join(" or ", form.Items.Select(item => Form(item, key)))}",
        FormKind.Map when form.Place is { } place => place.Only is { Named: null } only ? Link(only)
            : place.Only is not null ? "map of names"
            : $"map, by its `{place.Key}`: {string.Join(", ", place.Options.Select(static option => Option(option)))}",
        FormKind.Map => form.Items.Count == 0 ? "map" : $"map of names to {string.Join(" or ", form.Items.Select(item => Form(item, key)))}",
        _ => throw new InvalidOperationException(),
    };

    private static string Option(PlaceOption option) =>
        $"[`{option.Word}`](#{Anchor(Heading(option.Place() is { IsUnchecked: false } place ? place : ActivityKeys.Activity))})";

    private static string Unit(FormatKey key) => key.Unit is { } unit ? $" ({unit})" : "";

    private static string Range(ValueForm form) => (form.Least, form.IsMostExcluded ? null : form.Most) switch
    {
        ({ } least, { } most) => $" {(form.IsLeastExcluded ? "above" : "from")} {least} to {most}",
        ({ } least, null) => $" {(form.IsLeastExcluded ? "above" : "from")} {least}",
        (null, { } most) => $" up to {most}",
        _ => "",
    };

    private static string What(FormatKey key)
    {
        var words = key.Forms.SelectMany(static form => form.Words.Concat(form.Items.SelectMany(static item => item.Words)))
            .Where(static word => word.Summary.Length > 0)
            .Select(static word => $"`{word.Word}`: {word.Summary}");
        return Cell(string.Join("; ", words) is { Length: > 0 } meanings ? $"{key.Summary} {meanings}" : key.Summary);
    }

    private static string Default(FormatKey key) => Cell(
        key.IsRequired ? "must be there" : key.Default is { } json ? $"`{json}`" : key.DefaultText ?? "");

    private static string Compat(FormatKey key) => Cell(key.Compat ?? (key.IsOurs ? "read as well; the reference runner does not" : "the same"));

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}
