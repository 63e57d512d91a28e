using System.Text.Json.Nodes;
using Turbulence.Keys;

namespace Turbulence.Runs.Schemas;

/// <summary>The schema of a map that is one of several places by a word under one of its keys, or whose names the writer chooses.</summary>
/// <param name="definitions">Has the places.</param>
internal sealed class ChoiceSchema(Definitions definitions)
{
    /// <summary>What a map of several places is.</summary>
    /// <param name="choice">The places.</param>
    /// <param name="otherwise">What a map of no such word is; null for one of the writer's own, or a mistake.</param>
    public JsonObject Of(PlaceChoice choice, JsonObject? otherwise)
    {
        var schema = new JsonObject();
        if (!choice.MayBeOther)
        {
            schema["required"] = new JsonArray(choice.Key);
            schema["properties"] = new JsonObject { [choice.Key] = Words(choice) };
        }
        else if (choice.Key == "name")
        {
            // Extensions belong to whoever reads them, and each has a name that is not blank.
            schema["required"] = new JsonArray(choice.Key);
            schema["properties"] = new JsonObject
            {
                [choice.Key] = new JsonObject
                {
                    ["description"] = "Whose it is.",
                    ["type"] = "string",
                    ["pattern"] = @"\S",
                    ["examples"] = new JsonArray([.. choice.Options.Select(static option => JsonValue.Create(option.Word))]),
                    ["patternErrorMessage"] = "an extension has a name that is not blank",
                    ["if"] = new JsonObject { ["not"] = Const(choice.Options[0].Word) },
                    ["then"] = definitions.ToNoSlip(choice.Options[0].Word),
                },
            };
        }

        JsonObject? last = otherwise;
        if (last is not null)
        {
            foreach (var option in choice.Options.Reverse())
            {
                last = new JsonObject { ["if"] = Is(choice.Key, option.Word), ["then"] = definitions.To(option.Place()), ["else"] = last };
            }

            return last;
        }

        schema["allOf"] = new JsonArray([.. choice.Options.Select(option => new JsonObject
        {
            ["if"] = Is(choice.Key, option.Word),
            ["then"] = definitions.To(option.Place()),
        })]);
        return schema;
    }

    /// <summary>What a map is whose names the writer chooses.</summary>
    public JsonObject OfNamed(KeyPlace place, NamedValues named)
    {
        var schema = new JsonObject();
        if (place.Summary.Length > 0)
        {
            schema["description"] = place.Summary;
        }

        var value = named.Place.Only is { } only ? definitions.To(only)
            : named.Otherwise is { } otherwise ? Of(named.Place, definitions.To(otherwise()))
            : Of(named.Place, null);
        if (named.AreMaps)
        {
            schema["additionalProperties"] = new JsonObject { ["type"] = "object", ["allOf"] = new JsonArray(value) };
        }
        else
        {
            schema["additionalProperties"] = new JsonObject { ["if"] = new JsonObject { ["type"] = "object" }, ["then"] = value };
        }

        return schema;
    }

    /// <summary>That a key has a word.</summary>
    public static JsonObject Is(string key, string word) => new()
    {
        ["required"] = new JsonArray(key),
        ["properties"] = new JsonObject { [key] = Const(word) },
    };

    private static JsonObject Const(string word) => new() { ["const"] = word };

    private static JsonObject Words(PlaceChoice choice) => new()
    {
        ["description"] = "What it is; says which other keys there are.",
        ["anyOf"] = new JsonArray([.. choice.Options.Select(static option => new JsonObject
        {
            ["const"] = option.Word,
            ["description"] = option.Summary,
        })]),
    };
}
