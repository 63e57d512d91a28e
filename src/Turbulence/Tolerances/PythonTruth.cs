using System.Text.Json;
using System.Text.Json.Nodes;
using Turbulence.Values;

namespace Turbulence.Tolerances;

/// <summary>What Python counts as true.</summary>
internal static class PythonTruth
{
    /// <summary>Everything but null, false, zero and what is empty.</summary>
    public static bool IsTrue(JsonNode? value) => value switch
    {
        null => false,
        JsonObject map => map.Count > 0,
        JsonArray list => list.Count > 0,
        _ => value.GetValueKind() switch
        {
            JsonValueKind.True => true,
            JsonValueKind.String => value.GetValue<string>().Length > 0,
            JsonValueKind.Number => !JsonNumbers.TryReadDouble(value, out var number) || number != 0,
            _ => false,
        },
    };
}
