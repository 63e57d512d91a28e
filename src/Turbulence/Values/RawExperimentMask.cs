using System.Text.Json;
using System.Text.Json.Nodes;
using Turbulence.Json;

namespace Turbulence.Values;

/// <summary>
/// The experiment as it may be shown: what stands in clear text under <c>secrets</c> is masked, there and wherever the
/// same text stands again. It needs no resolved values, so it serves what is sent before they are known.
/// </summary>
public static class RawExperimentMask
{
    /// <summary>
    /// A copy of <paramref name="experiment"/> without its inline secrets. Definitions (<c>env</c>, <c>vault</c>, <c>file</c>)
    /// stay, but for the <c>default</c> of an environment variable. Vault's credentials in the configuration are masked too.
    /// Booleans and nulls stay.
    /// </summary>
    public static JsonObject Apply(JsonObject experiment)
    {
        var copy = new JsonObject();
        foreach (var (key, value) in Members(experiment).Members)
        {
            copy[key] = value?.Parent is null ? value : value.DeepClone();
        }

        return copy;
    }

    /// <summary>Finds the secrets that stand in clear text in <paramref name="experiment"/>, wherever they stand again.</summary>
    public static SecretMask MaskOf(JsonObject experiment) => Declared(experiment).Mask;

    /// <summary>
    /// The members of <see cref="Apply"/>'s copy, and what masked them. One that holds nothing to be masked is the experiment's own and no
    /// copy.
    /// </summary>
    /// <param name="experiment">The experiment.</param>
    /// <param name="leftOut">A value of it in whose place is a null; null for none.</param>
    internal static (IEnumerable<KeyValuePair<string, JsonNode?>> Members, SecretMask Mask) Members(
        JsonObject experiment, JsonNode? leftOut = null)
    {
        var (secrets, configuration, mask) = Declared(experiment);
        var members = experiment.Select(member => KeyValuePair.Create(member.Key, member.Key switch
        {
            // The definitions are masked already; a path or a variable's name in them is not the secret.
            "secrets" => secrets,
            "configuration" => mask.Apply(configuration),
            _ when ReferenceEquals(member.Value, leftOut) => null,
            _ => mask.Apply(member.Value),
        }));
        return (members, mask);
    }

    private static (JsonNode? Secrets, JsonNode? Configuration, SecretMask Mask) Declared(JsonObject experiment)
    {
        var inline = new JsonArray();
        var secrets = Scalars(experiment["secrets"], inline);
        var configuration = experiment["configuration"]?.DeepClone();
        if (configuration is JsonObject map)
        {
            foreach (var key in SecretLeaves.ConfigurationKeys)
            {
                if (map[key] is { } credential)
                {
                    map[key] = Scalars(credential, inline);
                }
            }
        }

        return (secrets, configuration, SecretMask.For(new ResolvedValues([], new JsonObject { ["inline"] = inline })));
    }

    private static JsonNode? Scalars(JsonNode? node, JsonArray inline)
    {
        switch (node)
        {
            case JsonObject map:
                return Map(map, inline);
            case JsonArray list:
                return new JsonArray([.. list.Select(item => Scalars(item, inline))]);
            case JsonValue when node.GetValueKind() is JsonValueKind.String or JsonValueKind.Number:
                inline.Add(node.DeepClone());
                return SecretMask.Replacement;
            default:
                return node?.DeepClone();
        }
    }

    private static JsonObject Map(JsonObject map, JsonArray inline)
    {
        var isDefinition = map.Text("type") is "env" or "vault" or "file";
        var copy = new JsonObject();
        foreach (var (key, value) in map)
        {
            copy[key] = isDefinition && key != "default" ? value?.DeepClone() : Scalars(value, inline);
        }

        return copy;
    }
}
