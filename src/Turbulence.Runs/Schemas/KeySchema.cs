using System.Text.Json.Nodes;
using Turbulence.Keys;

namespace Turbulence.Runs.Schemas;

/// <summary>The schema of a key's value.</summary>
/// <param name="definitions">Has the places of the format.</param>
internal sealed class KeySchema(Definitions definitions)
{
    /// <summary>A text with a placeholder.</summary>
    public const string Placeholder = @"\$\{";

    /// <summary>What the value may be.</summary>
    public JsonObject Of(FormatKey key)
    {
        var schema = Forms(key.Forms, key.Placeholders, key.MayBeNull);
        var described = new JsonObject { ["description"] = Description(key) };
        foreach (var (name, value) in schema.ToArray())
        {
            described[name] = value?.DeepClone();
        }

        if (described.ContainsKey("pattern") && key.Placeholders != Placeholders.None)
        {
            described["patternErrorMessage"] = $"{key.Name} must be {key.Expected}, or a text with a placeholder such as ${{name}}";
        }

        if (key.Default is { } fallback)
        {
            described["default"] = JsonNode.Parse(fallback);
        }

        if (key.Example is { } example)
        {
            described["examples"] = new JsonArray(JsonNode.Parse(example));
        }

        return described;
    }

    private static string Description(FormatKey key)
    {
        List<string> parts = [key.Summary];
        if (key.Unit is { } unit && unit != "s")
        {
            parts.Add($"Unit: {unit}.");
        }

        if (key.DefaultText is { } fallback)
        {
            parts.Add($"Default: {fallback}.");
        }

        return string.Join(' ', parts);
    }

    private JsonObject Forms(IReadOnlyList<ValueForm> forms, Placeholders placeholders, bool mayBeNull)
    {
        var words = forms.SelectMany(static form => form.Words.Select(word => (form, word))).ToArray();
        var flat = Flat([.. forms.Where(static form => form.Words.Count == 0)], placeholders, mayBeNull);
        if (words.Length == 0)
        {
            return flat;
        }

        List<JsonNode?> options = [];
        foreach (var (form, word) in words)
        {
            options.Add(Const(JsonValue.Create(word.Word), word));
            if (form.MayBeNumber)
            {
                options.Add(Const(JsonNode.Parse(word.Word), word));
            }
        }

        return new JsonObject { ["anyOf"] = new JsonArray([.. options, .. flat.Count > 0 && IsAny(flat) ? (JsonNode[])[flat] : []]) };
    }

    private static bool IsAny(JsonObject flat) => flat["type"] is not JsonArray { Count: 0 };

    private static JsonObject Const(JsonNode? value, KeyWord word)
    {
        var option = new JsonObject { ["const"] = value };
        if (word.Summary.Length > 0)
        {
            option["description"] = word.Summary;
        }

        return option;
    }

    // Of forms of different kinds nothing is in the way of each other: bounds are for numbers, patterns for texts.
    private JsonObject Flat(IReadOnlyList<ValueForm> forms, Placeholders placeholders, bool mayBeNull)
    {
        var schema = new JsonObject();
        var isFree = forms.Any(static form => form.Kind == FormKind.Anything);
        if (!isFree)
        {
            var types = forms.Select(static form => TypeOf(form.Kind)).Distinct().ToList();
            types.AddRange(placeholders != Placeholders.None && !types.Contains("string") ? ["string"] : []);
            types.AddRange(mayBeNull ? ["null"] : []);
            schema["type"] = types.Count == 1 ? types[0] : new JsonArray([.. types.Select(static type => JsonValue.Create(type))]);
        }

        AddText(schema, [.. forms.Where(static form => form.Kind == FormKind.Text)], placeholders, isFree);
        foreach (var form in forms)
        {
            AddOther(schema, form);
        }

        return schema;
    }

    private void AddOther(JsonObject schema, ValueForm form)
    {
        if (form.Least is { } least)
        {
            schema[form.IsLeastExcluded ? "exclusiveMinimum" : "minimum"] = least;
        }

        if (form.Most is { } most)
        {
            schema[form.IsMostExcluded ? "exclusiveMaximum" : "maximum"] = most;
        }

        if (form.Kind == FormKind.List)
        {
            if (form.Items.Count > 0)
            {
                schema["items"] = Forms(form.Items, Placeholders.None, mayBeNull: false);
            }

            if (form.LeastItems > 0)
            {
                schema["minItems"] = form.LeastItems;
            }

            if (form.MostItems is { } mostItems)
            {
                schema["maxItems"] = mostItems;
            }
        }
        else if (form.Kind == FormKind.Map)
        {
            AddMap(schema, form);
        }
    }

    private void AddMap(JsonObject schema, ValueForm form)
    {
        if (form.Place is { } place)
        {
            schema["allOf"] = new JsonArray(definitions.To(place));
        }
        else if (form.Items.Count > 0)
        {
            schema["additionalProperties"] = Forms(form.Items, Placeholders.None, mayBeNull: false);
        }

        if (form.Requires.Count > 0)
        {
            schema["required"] = new JsonArray([.. form.Requires.Select(static key => JsonValue.Create(key))]);
        }
    }

    private static void AddText(JsonObject schema, IReadOnlyList<ValueForm> texts, Placeholders placeholders, bool isFree)
    {
        var open = placeholders switch
        {
            Placeholders.None => null,
            Placeholders.Whole => @"^\$\{[\s\S]*\}$",
            Placeholders.Dollar => @"\$",
            _ => Placeholder,
        };
        if (texts.Any(static text => text.Pattern is null))
        {
            if (!texts.Any(static text => text.MayBeEmpty))
            {
                schema["minLength"] = 1;
            }
        }
        else if (!isFree && (texts.Count > 0 || open is not null))
        {
            IEnumerable<string?> patterns = texts.Select(static text => text.Pattern).Append(open);
            schema["pattern"] = string.Join('|', patterns.OfType<string>());
        }
    }

    private static string TypeOf(FormKind kind) => kind switch
    {
        FormKind.Boolean => "boolean",
        FormKind.Integer => "integer",
        FormKind.Number => "number",
        FormKind.Text => "string",
        FormKind.List => "array",
        FormKind.Map => "object",
        _ => throw new InvalidOperationException($"There is no type for {kind}."),
    };
}
