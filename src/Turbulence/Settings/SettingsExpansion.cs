using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Turbulence.Json;
using Turbulence.Values;

namespace Turbulence.Settings;

/// <summary>
/// Replaces <c>${NAME}</c> in the texts of a value by the environment variable, so that no token needs to stand in the file. Ours: the
/// reference has nothing of the kind. <c>$${</c> writes <c>${</c>; a <c>$</c> alone means itself; what a variable holds is not looked at
/// again.
/// </summary>
/// <param name="environment">Where the variables are looked up.</param>
internal sealed partial class SettingsExpansion(EnvironmentVariables environment)
{
    /// <summary>A copy with every variable replaced.</summary>
    /// <param name="node">The value.</param>
    /// <param name="missing">Takes the names of variables that are not set; their places stay as they are.</param>
    public JsonNode? Apply(JsonNode? node, ISet<string> missing) => Copy(node, text => Reference().Replace(text, match =>
    {
        if (match.Groups["escaped"].Success)
        {
            return match.Value[1..];
        }

        var name = match.Groups["name"].Value;
        if (environment.TryGet(name, out var value))
        {
            return value;
        }

        missing.Add(name);
        return match.Value;
    }));

    /// <summary>
    /// A copy with the variables replaced that are set. The rest stays, escapes included: in controls <c>${name}</c> is also how the
    /// experiment's own values are named.
    /// </summary>
    public JsonNode? ApplyKnown(JsonNode? node) => Copy(node, text => Reference().Replace(
        text,
        match => !match.Groups["escaped"].Success && environment.TryGet(match.Groups["name"].Value, out var value) ? value : match.Value));

    private static JsonNode? Copy(JsonNode? node, Func<string, string> replace)
    {
        switch (node)
        {
            case JsonObject map:
                var copy = new JsonObject();
                foreach (var (key, value) in map)
                {
                    copy[key] = Copy(value, replace);
                }

                return copy;
            case JsonArray list:
                return new JsonArray([.. list.Select(item => Copy(item, replace))]);
            default:
                return JsonTexts.TryRead(node, out var text) ? replace(text) : node?.DeepClone();
        }
    }

    [GeneratedRegex(@"(?<escaped>\$)?\$\{(?<name>[A-Za-z_][A-Za-z0-9_]*)\}", RegexOptions.CultureInvariant)]
    private static partial Regex Reference();
}
