using System.Text.Json;
using System.Text.Json.Nodes;
using Turbulence.Json;

namespace Turbulence.Python;

/// <summary>What Python takes for true: everything but null, false, zero and what is empty.</summary>
internal static class PythonTruth
{
    /// <summary>Python's <c>bool(value)</c>. Never throws; a map that cannot be read is not empty.</summary>
    public static bool Of(JsonNode? value) => value switch
    {
        null => false,
        JsonArray list => list.Count > 0,
        JsonObject map => !JsonMaps.IsReadable(map) || map.Count > 0,
        _ => value.GetValueKind() switch
        {
            JsonValueKind.True => true,
            JsonValueKind.String => JsonTexts.TryRead(value, out var text) && text.Length > 0,
            JsonValueKind.Number => JsonNumbers.TryReadDouble(value, out var number) && number != 0,
            _ => false,
        },
    };
}
