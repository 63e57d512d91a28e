using System.Text.Json.Nodes;
using Turbulence.Journals;

namespace Turbulence.Cli.Mcp;

/// <summary>Tools, what they are given and what they answer, as the protocol has them.</summary>
internal static class ToolMessages
{
    /// <summary>A tool, for the list of them.</summary>
    public static JsonObject Declared(ITool tool) => new()
    {
        ["name"] = tool.Name,
        ["description"] = tool.Description,
        ["inputSchema"] = Schema(tool),
        ["annotations"] = new JsonObject
        {
            ["readOnlyHint"] = tool.IsReadOnly,
            ["destructiveHint"] = !tool.IsReadOnly,
            ["openWorldHint"] = false,
        },
    };

    /// <summary>An answer: for programs, and as text for clients that know nothing else.</summary>
    public static JsonObject Answered(JsonObject answer, bool isError) => new()
    {
        ["content"] = new JsonArray(new JsonObject { ["type"] = "text", ["text"] = JsonText.Indented(answer) }),
        ["structuredContent"] = answer,
        ["isError"] = isError,
    };

    /// <summary>Reads what a tool is given.</summary>
    /// <exception cref="ToolException">It does not fit.</exception>
    public static IReadOnlyDictionary<string, string> Arguments(ITool tool, JsonNode? given)
    {
        Dictionary<string, string> arguments = [];
        if (given is not (null or JsonObject))
        {
            throw new ToolException("arguments must be a map");
        }

        foreach (var (name, value) in given as JsonObject ?? [])
        {
            var known = tool.Arguments.FirstOrDefault(argument => argument.Name == name)
                ?? throw new ToolException($"{tool.Name} has no argument '{name}'{Takes(tool)}");
            if (value is not JsonValue node || !node.TryGetValue<string>(out var text))
            {
                throw new ToolException($"{name} must be a text");
            }

            if (text.Length > ToolArgument.Longest)
            {
                throw new ToolException($"{name} is longer than {ToolArgument.Longest} characters");
            }

            if (known.Choices.Count > 0 && !known.Choices.Contains(text))
            {
                throw new ToolException($"{name} must be one of {string.Join(", ", known.Choices)}");
            }

            arguments[name] = text;
        }

        return tool.Arguments.FirstOrDefault(argument => argument.IsRequired && !arguments.ContainsKey(argument.Name)) is { } missing
            ? throw new ToolException($"{missing.Name} is missing: {missing.Description}")
            : arguments;
    }

    private static string Takes(ITool tool) => tool.Arguments.Count == 0
        ? "; it takes none"
        : $"; it takes {string.Join(", ", tool.Arguments.Select(static argument => argument.Name))}";

    private static JsonObject Schema(ITool tool)
    {
        var properties = new JsonObject();
        foreach (var argument in tool.Arguments)
        {
            var property = new JsonObject
            {
                ["type"] = "string",
                ["description"] = argument.Description,
                ["maxLength"] = ToolArgument.Longest,
            };
            if (argument.Choices.Count > 0)
            {
                property["enum"] = Texts(argument.Choices);
            }

            properties[argument.Name] = property;
        }

        return new JsonObject
        {
            ["type"] = "object",
            ["properties"] = properties,
            ["required"] = Texts(tool.Arguments.Where(static argument => argument.IsRequired).Select(static argument => argument.Name)),
            ["additionalProperties"] = false,
        };
    }

    private static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(static text => JsonValue.Create(text))]);
}
