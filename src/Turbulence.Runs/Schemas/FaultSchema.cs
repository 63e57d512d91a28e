using System.Text.Json.Nodes;
using Turbulence.Faults.Arguments;
using Turbulence.Faults.Contracts;
using Turbulence.Keys;

namespace Turbulence.Runs.Schemas;

/// <summary>The schema of what each kind of fault takes, made from the kinds' own descriptions.</summary>
/// <param name="definitions">Takes a definition for each kind.</param>
internal sealed class FaultSchema(Definitions definitions)
{
    /// <summary>Adds the kinds to the schema of the provider.</summary>
    public void AddTo(JsonObject provider, IEnumerable<FaultKindDescription> kinds)
    {
        FaultKindDescription[] all = [.. kinds];
        var properties = (JsonObject)provider["properties"]!;
        properties["kind"] = new JsonObject
        {
            ["description"] = ProviderKeys.Kind.Summary,
            ["anyOf"] = new JsonArray(
            [
                .. all.Select(static kind => new JsonObject { ["const"] = kind.Name, ["description"] = Describe(kind) }),
                new JsonObject { ["type"] = "string", ["pattern"] = KeySchema.Placeholder },
            ]),
        };
        properties["arguments"] = new JsonObject
        {
            ["description"] = "What is hit, and how; the kind says which there are.",
            ["type"] = new JsonArray("object", "string", "null"),
            ["pattern"] = KeySchema.Placeholder,
        };
        provider["allOf"] = new JsonArray([.. all.Select(kind => new JsonObject
        {
            ["if"] = ChoiceSchema.Is("kind", kind.Name),
            ["then"] = Then(kind),
        })]);
    }

    /// <summary>That the activity of a fault is an action.</summary>
    public static void WantAction(JsonObject activity) => activity["allOf"] = new JsonArray(new JsonObject
    {
        ["if"] = new JsonObject
        {
            ["required"] = new JsonArray("provider"),
            ["properties"] = new JsonObject
            {
                ["provider"] = new JsonObject
                {
                    ["type"] = "object",
                    ["required"] = new JsonArray("type"),
                    ["properties"] = new JsonObject { ["type"] = new JsonObject { ["const"] = "fault" } },
                },
            },
        },
        ["then"] = new JsonObject
        {
            ["properties"] = new JsonObject
            {
                ["type"] = new JsonObject
                {
                    ["const"] = "action",
                    ["errorMessage"] = "a fault changes the system, so its activity must be an action, not a probe",
                },
            },
        },
    });

    /// <summary>The arguments of a kind.</summary>
    public JsonObject Arguments(FaultKindDescription kind)
    {
        var schema = new JsonObject
        {
            ["description"] = kind.Summary,
            ["type"] = new JsonArray("object", "string", "null"),
            ["pattern"] = KeySchema.Placeholder,
            ["properties"] = new JsonObject(kind.Arguments.Select(argument => KeyValuePair.Create<string, JsonNode?>(
                argument.Name, definitions.Share($"argument-{argument.Name}", ArgumentSchema.Of(argument))))),
            ["additionalProperties"] = false,
            ["errorMessage"] = $"not an argument of {kind.Name}; it takes {(kind.Arguments.Count == 0 ? "none" : string.Join(", ", kind.Arguments.Select(static argument => argument.Name)))}",
        };
        JsonNode?[] required =
            [.. kind.Arguments.Where(static argument => argument.IsRequired).Select(static argument => JsonValue.Create(argument.Name))];
        if (required.Length > 0)
        {
            schema["required"] = new JsonArray(required);
        }

        if (kind.Groups.Count > 0)
        {
            schema["allOf"] = new JsonArray(
                [.. kind.Groups.Select(group => definitions.Share($"one-of-{string.Join('-', group.Names)}", Group(group)))]);
        }

        return schema;
    }

    private static string Describe(FaultKindDescription kind)
    {
        var takes = kind.Groups.Count > 0 ? $" It takes {string.Join(", and ", kind.Groups.Select(static group => group.Text))}." : "";
        var needs = kind.Privilege is { } privilege ? $" It needs {privilege}." : "";
        return $"{char.ToUpperInvariant(kind.Summary[0])}{kind.Summary[1..]}.{takes}{needs}";
    }

    // What is null is not given, and what has a placeholder may turn out to be nothing.
    private JsonObject Group(ArgumentGroup group)
    {
        List<JsonNode?> rules = [];
        if (group.IsNeeded)
        {
            rules.Add(new JsonObject
            {
                ["anyOf"] = new JsonArray(
                [
                    .. group.Names.Select(static name => new JsonObject { ["required"] = new JsonArray(name) }),
                    new JsonObject { ["type"] = new JsonArray("string", "null") },
                ]),
            });
        }

        for (var first = 0; first < group.Names.Count; first++)
        {
            for (var second = first + 1; second < group.Names.Count; second++)
            {
                var (one, other) = (group.Names[first], group.Names[second]);
                rules.Add(new JsonObject
                {
                    ["if"] = new JsonObject
                    {
                        ["required"] = new JsonArray(one, other),
                        ["properties"] = new JsonObject
                        {
                            [one] = definitions.Share("given", Given()),
                            [other] = definitions.Share("given", Given()),
                        },
                    },
                    ["then"] = new JsonObject
                    {
                        ["properties"] = new JsonObject
                        {
                            [other] = new JsonObject { ["const"] = null, ["errorMessage"] = $"the kind takes {group.Text}" },
                        },
                    },
                });
            }
        }

        return new JsonObject { ["allOf"] = new JsonArray([.. rules]) };
    }

    private static JsonObject Given() => new()
    {
        ["not"] = new JsonObject
        {
            ["anyOf"] = new JsonArray(
                new JsonObject { ["type"] = "null" },
                new JsonObject { ["type"] = "string", ["pattern"] = KeySchema.Placeholder },
                new JsonObject
                {
                    ["type"] = "array",
                    ["contains"] = new JsonObject { ["type"] = "string", ["pattern"] = KeySchema.Placeholder },
                }),
        },
    };

    private JsonObject Then(FaultKindDescription kind)
    {
        var properties = new JsonObject { ["arguments"] = definitions.Share($"arguments-of-{kind.Name}", Arguments(kind)) };
        if (kind.LongestDuration is { } longest)
        {
            properties["duration"] = new JsonObject { ["maximum"] = longest.TotalSeconds };
        }

        var then = new JsonObject { ["properties"] = properties };
        if (kind.Arguments.Any(static argument => argument.IsRequired) || kind.Groups.Any(static group => group.IsNeeded))
        {
            then["required"] = new JsonArray("arguments");
        }

        return then;
    }
}
