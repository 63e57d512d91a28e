using System.Text.Json.Nodes;
using Turbulence.Python;
using Turbulence.Values;

namespace Turbulence.Tolerances;

/// <summary>What a JSON path has to find.</summary>
/// <param name="mask">Takes the secrets out of the words.</param>
/// <param name="count">How many values; null for at least one.</param>
/// <param name="hasExpect">Whether values are expected; null may be one, so its value does not say it.</param>
/// <param name="expect">The values, or the one value where it is no list; they replace the count.</param>
internal sealed class JsonPathExpectation(SecretMask mask, JsonNode? count, bool hasExpect, JsonNode? expect)
{
    /// <summary>The expectation in words; shortened where it is long.</summary>
    public string Text { get; } = (hasExpect, expect, count) switch
    {
        (true, JsonArray { Count: 0 }, _) => "nothing",
        (true, JsonArray { Count: 1 } list, _) => ShortJson.Of(list[0], mask),
        (true, JsonArray list, _) => $"{ShortJson.Of(list, mask)}, in this order",
        (true, _, _) => ShortJson.Of(expect, mask),
        (_, _, null) => "at least one value",
        _ => ShortJson.Of(count, mask) is "1" ? "1 value" : $"{ShortJson.Of(count, mask)} values",
    };

    /// <summary>Whether the found values are the expected ones, or as many.</summary>
    public bool IsMetBy(IReadOnlyList<JsonNode?> values)
    {
        if (!hasExpect)
        {
            return count is null ? values.Count > 0 : PythonEquality.Equal(count, JsonValue.Create(values.Count));
        }

        if (expect is not JsonArray list)
        {
            return values.Count == 1 && PythonEquality.Equal(values[0], expect);
        }

        return values.Count == list.Count && values.Zip(list).All(pair => PythonEquality.Equal(pair.First, pair.Second));
    }
}
