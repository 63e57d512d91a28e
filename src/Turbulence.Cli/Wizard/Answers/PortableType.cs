using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Turbulence.Cli.Files;
using Turbulence.Documents;
using Turbulence.Json;
using Turbulence.Loading;

namespace Turbulence.Cli.Wizard.Answers;

/// <summary>
/// Reads what somebody typed as a value of a portable type (section 13 of the reference's behaviour), so that 5 is not "5".
/// </summary>
internal static class PortableType
{
    /// <summary>Reads an answer. A placeholder, <c>${name}</c>, stands for a value of any type.</summary>
    /// <param name="type">The portable type; null where none was declared.</param>
    /// <param name="text">The answer.</param>
    /// <param name="value">The value; null is one, too.</param>
    /// <returns>What is expected instead, in one line; null where the answer was read.</returns>
    public static string? Read(string? type, string text, out JsonNode? value)
    {
        value = text;
        if (type is "string" or "byte" || (text.StartsWith("${", StringComparison.Ordinal) && text.EndsWith('}')))
        {
            return null;
        }

        if (type == "boolean" && Boolean(text) is { } boolean)
        {
            value = boolean;
            return null;
        }

        var isJson = TryReadJson(text, out var json);
        if (type is null or "object" or not ("boolean" or "integer" or "number" or "list" or "tuple" or "set" or "mapping" or "null"))
        {
            value = isJson ? json : text;
            return null;
        }

        value = json;
        return isJson && Fits(type, json) ? null : Expected(type);
    }

    /// <summary>How a value is typed: what <see cref="Read"/> makes the same value of.</summary>
    public static string Typed(string? type, JsonNode? value) =>
        JsonTexts.TryRead(value, out var text) && (type is "string" or "byte" || !TryReadJson(text, out _)) ? text : Json(value);

    /// <summary>Reads one JSON value.</summary>
    public static bool TryReadJson(string text, out JsonNode? value)
    {
        var read = JsonDocumentReader.Read(Encoding.UTF8.GetBytes(text));
        value = read.Root;
        return text.Length > 0 && !read.Problems.Any(static problem => problem.Severity == ProblemSeverity.Error);
    }

    private static bool? Boolean(string text) => text.ToUpperInvariant() switch
    {
        "TRUE" or "YES" or "Y" => true,
        "FALSE" or "NO" or "N" => false,
        _ => null,
    };

    private static bool Fits(string type, JsonNode? json) => type switch
    {
        "null" => json is null,
        "integer" => JsonNumbers.IsInteger(json),
        "number" => json?.GetValueKind() == JsonValueKind.Number,
        "list" or "tuple" or "set" => json is JsonArray,
        "mapping" => json is JsonObject,
        _ => false,
    };

    private static string Expected(string type) => type switch
    {
        "boolean" => "true or false is expected",
        "integer" => "a whole number is expected",
        "number" => "a number is expected",
        "mapping" => "a map is expected, in JSON: {\"key\": \"value\"}",
        "null" => "nothing but null is expected",
        _ => "a list is expected, in JSON: [1, \"two\"]",
    };

    private static string Json(JsonNode? value) => value is null ? "null" : DocumentText.Compact(value);
}
