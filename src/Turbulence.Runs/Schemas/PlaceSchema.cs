using System.Text.Json.Nodes;
using Turbulence.Keys;
using Turbulence.Validation;

namespace Turbulence.Runs.Schemas;

/// <summary>The schema of a place: its keys, those that must be there, and what is wrong with others.</summary>
/// <param name="definitions">Has the other places.</param>
internal sealed class PlaceSchema(Definitions definitions)
{
    /// <summary>Keys that are an error wherever they do nothing.</summary>
    public static IReadOnlyList<string> KeysOfHomes { get; } =
        [.. KnownPlaces.Homes.SelectMany(static home => home.Names).Except(UnknownKeys.Describing).Order(StringComparer.Ordinal)];

    /// <summary>What a map is there.</summary>
    public JsonObject Of(KeyPlace place)
    {
        var schema = new JsonObject();
        if (place.Summary.Length > 0)
        {
            schema["description"] = place.Summary;
        }

        var own = new JsonObject
        {
            ["properties"] = new JsonObject(place.Keys.Select(key =>
                KeyValuePair.Create<string, JsonNode?>(key.Name, new KeySchema(definitions).Of(key)))),
        };
        if (place.IsUnchecked)
        {
            own["properties"] = new JsonObject(place.Keys.Select(static key =>
                KeyValuePair.Create<string, JsonNode?>(key.Name, new JsonObject { ["description"] = key.Summary })));
        }
        else if (place.Keys.Any(static key => key.IsRequired))
        {
            own["required"] = new JsonArray(
                [.. place.Keys.Where(static key => key.IsRequired).Select(static key => JsonValue.Create(key.Name))]);
        }

        if (place.AnyOf.Count > 0)
        {
            own["anyOf"] = new JsonArray([.. place.AnyOf.Select(static key => new JsonObject { ["required"] = new JsonArray(key) })]);
        }

        if (place.Instead is { } instead)
        {
            schema["if"] = new JsonObject
            {
                ["required"] = new JsonArray(instead),
                ["properties"] = new JsonObject
                {
                    [instead] = new JsonObject { ["not"] = new JsonObject { ["type"] = "null" } },
                },
            };
            schema["then"] = new JsonObject
            {
                ["properties"] = new JsonObject { [instead] = new KeySchema(definitions).Of(place.Find(instead)!) },
            };
            schema["else"] = own;
        }
        else
        {
            foreach (var (key, value) in own.ToArray())
            {
                schema[key] = value?.DeepClone();
            }
        }

        AddUnknown(schema, place);
        return schema;
    }

    private void AddUnknown(JsonObject schema, KeyPlace place)
    {
        if (place.IsStrict)
        {
            schema["patternProperties"] = new JsonObject { ["^[xX]-"] = true };
            schema["additionalProperties"] = false;
            schema["errorMessage"] = $"not a key of {place.Called}; known are {string.Join(", ", place.Names)}";
            return;
        }

        schema["propertyNames"] = new JsonObject
        {
            ["if"] = new JsonObject
            {
                ["anyOf"] = new JsonArray(
                    new JsonObject { ["enum"] = new JsonArray([.. place.Names.Select(static name => JsonValue.Create(name))]) },
                    new JsonObject { ["pattern"] = "^[xX]-" }),
            },
            ["else"] = new JsonObject
            {
                ["allOf"] = new JsonArray(
                    [.. place.Names.Where(SlipPattern.HasOne).Select(definitions.ToNoSlip), definitions.ToNoKeyOfOthers()]),
            },
        };
    }
}
