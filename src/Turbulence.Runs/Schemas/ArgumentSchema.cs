using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Turbulence.Faults.Arguments;

namespace Turbulence.Runs.Schemas;

/// <summary>The schema of one argument of a fault.</summary>
internal static class ArgumentSchema
{
    // What SizeText reads is of this form, and a little more.
    private const string Size = @"^\s*[-+]?[0-9.]+([eE][-+]?[0-9]+)?\s*([KkMmGgTt]?[iI]?[Bb])?$";

    /// <summary>What the argument may be.</summary>
    public static JsonObject Of(FaultArgument argument)
    {
        var schema = new JsonObject { ["description"] = Description(argument) };
        foreach (var (key, value) in Value(argument).ToArray())
        {
            schema[key] = value?.DeepClone();
        }

        if (argument.Default is { } fallback)
        {
            schema["default"] = Default(argument, fallback);
        }

        return schema;
    }

    private static string Description(FaultArgument argument)
    {
        string[] parts =
        [
            $"{char.ToUpperInvariant(argument.Summary[0])}{argument.Summary[1..]}.",
            argument.Type == ArgumentType.Choice || argument.Values.Length == 0 ? "" : $"Range: {argument.Values}.",
            argument.Values.Length == 0 && argument.Unit is { } unit ? $"Unit: {unit}." : "",
            argument.DefaultText is { } fallback ? $"Default: {fallback}." : "",
        ];
        return string.Join(' ', parts.Where(static part => part.Length > 0));
    }

    private static JsonObject Value(FaultArgument argument)
    {
        if (argument.Type == ArgumentType.Choice)
        {
            var options = argument.Choices.Select(static choice => new JsonObject { ["const"] = choice }).ToList();
            options.Add(new JsonObject { ["type"] = "string", ["pattern"] = $"{Choice(argument)}|{KeySchema.Placeholder}" });
            if (argument.MayBeList)
            {
                options.Add(new JsonObject
                {
                    ["type"] = "array",
                    ["minItems"] = 1,
                    ["items"] = new JsonObject { ["type"] = "string", ["pattern"] = $"{Choice(argument)}|{KeySchema.Placeholder}" },
                });
            }

            if (!argument.IsRequired)
            {
                options.Add(new JsonObject { ["type"] = "null" });
            }

            return new JsonObject { ["anyOf"] = new JsonArray([.. options]) };
        }

        var schema = One(argument, isItem: false);
        if (argument.MayBeList)
        {
            schema["minItems"] = 1;
            schema["items"] = One(argument, isItem: true);
        }

        return schema;
    }

    private static JsonObject One(FaultArgument argument, bool isItem)
    {
        List<string> types = argument.Type switch
        {
            ArgumentType.Integer => ["integer", "string"],
            ArgumentType.Number or ArgumentType.Share or ArgumentType.Seconds or ArgumentType.Size => ["number", "string"],
            ArgumentType.Boolean => ["boolean", "string"],
            _ => ["string"],
        };
        types.AddRange(!isItem && argument.MayBeList ? ["array"] : []);
        types.AddRange(!isItem && !argument.IsRequired ? ["null"] : []);
        var schema = new JsonObject
        {
            ["type"] = types.Count == 1 ? types[0] : new JsonArray([.. types.Select(static type => JsonValue.Create(type))]),
        };
        if (argument.Least is { } least)
        {
            schema[argument.IsLeastExcluded ? "exclusiveMinimum" : "minimum"] = least;
        }

        if (argument.Most is { } most)
        {
            schema["maximum"] = most;
        }

        if (types[0] == "string")
        {
            schema["minLength"] = 1;
        }
        else
        {
            schema["pattern"] = argument.Type == ArgumentType.Size ? $"{Size}|{KeySchema.Placeholder}" : KeySchema.Placeholder;
            schema["patternErrorMessage"] = $"the argument '{argument.Name}' must be {argument.Expected}; or a text with a placeholder such as ${{name}}";
        }

        return schema;
    }

    // Capital and small letters are the same, and so is TERM to SIGTERM.
    private static string Choice(FaultArgument argument)
    {
        var prefix = argument.Prefix.Length > 0 ? $"({AnyCase(argument.Prefix)})?" : "";
        return $"^{prefix}({string.Join('|', argument.Choices.Select(AnyCase))})$";
    }

    private static string AnyCase(string word) => string.Concat(word.Select(static letter =>
        char.IsAsciiLetter(letter) ? $"[{char.ToUpperInvariant(letter)}{char.ToLowerInvariant(letter)}]" : Regex.Escape($"{letter}")));

    private static JsonNode? Default(FaultArgument argument, string fallback) => argument.Type switch
    {
        ArgumentType.Integer or ArgumentType.Number or ArgumentType.Share or ArgumentType.Seconds => JsonNode.Parse(fallback),
        ArgumentType.Boolean => JsonValue.Create(fallback == "true"),
        ArgumentType.Size => char.IsAsciiLetter(fallback[^1]) ? JsonValue.Create(fallback) : JsonNode.Parse(fallback),
        _ => JsonValue.Create(fallback),
    };
}
