using System.Text.Json.Nodes;
using Turbulence.Json;

namespace Turbulence.JsonPaths.Reference;

/// <summary><c>length()</c>: how many items a list, code points a text has.</summary>
internal sealed class LengthCall() : ReferenceFunction("length")
{
    public override bool TryCall(Evaluation evaluation, JsonNode? node, IReadOnlyList<JsonNode?> arguments, out JsonNode? value)
    {
        value = node is JsonArray list ? list.Count : JsonTexts.TryRead(node, out var text) ? CodePoints.Count(text) : null;
        return value is not null && arguments.Count == 0;
    }
}
