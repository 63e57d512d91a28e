using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Turbulence.Conformance.Tests;

/// <summary>
/// Holds a journal against what is expected of it, path by path (<c>run.0.output.stdout</c>; <c>run.length</c>; <c>$</c> is the whole).
/// What differs from run to run and from machine to machine is taken out of it first.
/// </summary>
internal static partial class JournalCheck
{
    private static readonly string[] Passing = ["chaoslib-version", "platform", "node", "start", "end", "duration", "turbulence"];

    /// <summary>Checks every path.</summary>
    /// <param name="journal">The journal.</param>
    /// <param name="expected">Path to value; <c>~</c> before a text makes it an expression, <c>&lt;absent&gt;</c> and
    /// <c>&lt;present&gt;</c> are about the key.</param>
    public static void Holds(JsonNode journal, JsonObject expected)
    {
        foreach (var (path, wanted) in expected)
        {
            var exists = TryFind(journal, path, out var value);
            var word = wanted is JsonValue text && text.TryGetValue<string>(out var written) ? written : null;
            var holds = word switch
            {
                "<absent>" => !exists,
                "<present>" => exists,
                not null when word.StartsWith('~') => exists && ConsoleLines.IsLike(Said(value), word),
                _ => exists && JsonNode.DeepEquals(Normal(value), wanted),
            };
            Assert.True(
                holds,
                $"journal: {path} is {(exists ? Normal(value)?.ToJsonString() ?? "null" : "absent")}, expected {wanted?.ToJsonString() ?? "null"}\n{journal}");
        }
    }

    private static string Said(JsonNode? value) =>
        value is JsonValue text && text.TryGetValue<string>(out var said) ? said : $"{value?.ToJsonString()}";

    private static bool TryFind(JsonNode journal, string path, out JsonNode? value)
    {
        value = journal;
        foreach (Match step in path == "$" ? Enumerable.Empty<Match>() : Step().Matches(path))
        {
            var key = step.Groups["quoted"].Success ? step.Groups["quoted"].Value : step.Value;
            switch (value)
            {
                case JsonArray list when key == "length":
                    value = list.Count;
                    break;
                case JsonArray list when int.TryParse(key, CultureInfo.InvariantCulture, out var index) && index < list.Count:
                    value = list[index];
                    break;
                case JsonObject map when map.TryGetPropertyValue(key, out var member):
                    value = member;
                    break;
                default:
                    return false;
            }
        }

        return true;
    }

    private static JsonNode? Normal(JsonNode? value)
    {
        var copy = value?.DeepClone();
        Strip(copy, isRoot: true);
        return copy;
    }

    private static void Strip(JsonNode? value, bool isRoot)
    {
        if (value is JsonObject map)
        {
            foreach (var key in map.ContainsKey("activity") || (isRoot && map.ContainsKey("steady_states")) ? Passing : [])
            {
                map.Remove(key);
            }

            foreach (var (_, child) in map)
            {
                Strip(child, isRoot: false);
            }
        }
        else if (value is JsonArray list)
        {
            foreach (var child in list)
            {
                Strip(child, isRoot: false);
            }
        }
    }

    [GeneratedRegex(@"'(?<quoted>[^']*)'|[^.']+")]
    private static partial Regex Step();
}
