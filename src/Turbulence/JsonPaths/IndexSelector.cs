using System.Text.Json.Nodes;

namespace Turbulence.JsonPaths;

/// <summary>The item at an index, which counts from the end when negative: <c>[0]</c>, <c>[-1]</c>.</summary>
internal sealed class IndexSelector(long index) : SingularSelector
{
    public override bool TrySelect(Evaluation evaluation, JsonNode? node, out JsonNode? child)
    {
        child = null;
        if (node is not JsonArray list)
        {
            return false;
        }

        var position = index < 0 ? index + list.Count : index;
        if (position < 0 || position >= list.Count)
        {
            return false;
        }

        child = list[(int)position];
        return true;
    }
}
