using System.Text.Json;
using System.Text.Json.Nodes;
using Turbulence.Json;

namespace Turbulence.Cli.Wizard.Answers;

/// <summary>
/// Reads what somebody typed as the tolerance of a probe. It has a type: <c>200</c> is a number and <c>[200, 204]</c> a list, where the
/// reference writes texts that no output ever equals. <c>/pattern/</c> is a regular expression; what is neither that nor JSON is a text.
/// </summary>
internal static class ToleranceAnswer
{
    /// <summary>Asks for the tolerance of a probe, in words that say what it may be.</summary>
    /// <param name="providerType"><c>provider.type</c> of the probe.</param>
    public static string Question(string providerType) => providerType switch
    {
        "http" => "Expected status, or /pattern/ of the body",
        "process" => "Expected exit code, or /pattern/ of the output",
        _ => "Expected value: true, 5, [1, 2], or /pattern/",
    };

    /// <summary>Reads an answer.</summary>
    /// <param name="text">The answer.</param>
    /// <param name="providerType"><c>provider.type</c> of the probe.</param>
    /// <param name="returnType">The portable type of its output; null for none.</param>
    /// <param name="tolerance">The tolerance.</param>
    /// <returns>What is wrong with it, in one line; null where it was read.</returns>
    public static string? Read(string text, string providerType, string? returnType, out JsonNode? tolerance)
    {
        if (text is ['/', .. var pattern, '/'] && pattern.Length > 0)
        {
            var regex = new JsonObject { ["type"] = "regex", ["pattern"] = pattern };
            if (Target(providerType) is { } target)
            {
                regex["target"] = target;
            }

            tolerance = regex;
            return null;
        }

        if (!PortableType.TryReadJson(text, out tolerance))
        {
            tolerance = text;
            if (text is ['[' or '{' or '"', ..])
            {
                return "that begins like JSON and is none";
            }
        }

        if (returnType == "string" && tolerance is not (JsonArray or JsonObject) && !JsonTexts.TryRead(tolerance, out _))
        {
            // The output is a text, and no text equals the number 5.
            tolerance = text;
        }

        return tolerance?.GetValueKind() switch
        {
            JsonValueKind.String or JsonValueKind.True or JsonValueKind.False when returnType is "integer" or "number"
                && !IsPlaceholder(text) =>
                "its output is a number",
            JsonValueKind.String or JsonValueKind.Number when returnType == "boolean" && !IsPlaceholder(text) =>
                "its output is true or false",
            null => "null is no tolerance",
            JsonValueKind.Number when !JsonNumbers.IsInteger(tolerance) =>
                "a fraction is no tolerance; a range is {\"type\": \"range\", \"range\": [1, 2]}",
            JsonValueKind.True or JsonValueKind.False when Target(providerType) is { } output =>
                $"nothing here is true or false; a number is held against the status, and /pattern/ against the {output}",
            JsonValueKind.String when Target(providerType) is { } output && !IsPlaceholder(text) =>
                $"a text is never equal to the whole result; a number is held against the status, and /{text}/ against the {output}",
            _ => null,
        };
    }

    /// <summary>The tolerance that a probe usually has; null where nothing is usual.</summary>
    /// <param name="providerType"><c>provider.type</c> of the probe.</param>
    /// <param name="returnType">The portable type of its output; null for none.</param>
    public static JsonNode? Usual(string providerType, string? returnType) => (providerType, returnType) switch
    {
        ("http", _) => 200,
        ("process", _) => 0,
        (_, "boolean") => true,
        _ => null,
    };

    private static bool IsPlaceholder(string text) => text.StartsWith("${", StringComparison.Ordinal);

    private static string? Target(string providerType) => providerType switch
    {
        "http" => "body",
        "process" => "stdout",
        _ => null,
    };
}
