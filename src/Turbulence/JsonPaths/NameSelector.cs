using System.Text.Json.Nodes;

namespace Turbulence.JsonPaths;

/// <summary>The value of a key: <c>.name</c>, <c>["name"]</c>.</summary>
internal sealed class NameSelector(string name) : SingularSelector
{
    public override bool TrySelect(Evaluation evaluation, JsonNode? node, out JsonNode? child)
    {
        child = null;
        return node is JsonObject map && evaluation.CanRead(map) && map.TryGetPropertyValue(name, out child);
    }
}
