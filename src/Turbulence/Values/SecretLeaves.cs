using System.Text.Json;
using System.Text.Json.Nodes;
using Turbulence.Json;
using Turbulence.Python;

namespace Turbulence.Values;

/// <summary>The texts and numbers of a map of secrets.</summary>
internal static class SecretLeaves
{
    /// <summary>The configuration keys that hold Vault's credentials, and so are secrets in all but name.</summary>
    public static IReadOnlyList<string> ConfigurationKeys { get; } = ["vault_token", "vault_role_secret"];

    /// <summary>Adds every leaf at or below <paramref name="node"/>; a number in every way to write it.</summary>
    public static void Collect(JsonNode? node, List<string> texts)
    {
        switch (node)
        {
            case JsonObject map:
                foreach (var (_, value) in map)
                {
                    Collect(value, texts);
                }

                break;
            case JsonArray list:
                foreach (var item in list)
                {
                    Collect(item, texts);
                }

                break;
            case JsonValue when JsonTexts.TryRead(node, out var text):
                texts.Add(text);
                break;
            case JsonValue when node.GetValueKind() == JsonValueKind.Number:
                texts.AddRange(Numerals(node));
                break;
        }
    }

    /// <summary>The ways to write a number: JSON's and Python's.</summary>
    public static IEnumerable<string> Numerals(JsonNode number)
    {
        var written = PythonText.Of(number);
        // What JSON cannot write (a double that is not a number, made in memory) only Python can.
        return written is "nan" or "inf" or "-inf" ? [written] : [written, number.ToJsonString()];
    }
}
