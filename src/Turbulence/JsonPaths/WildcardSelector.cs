using System.Text.Json.Nodes;

namespace Turbulence.JsonPaths;

/// <summary>All items of a list, all values of a map: <c>.*</c>, <c>[*]</c>.</summary>
internal sealed class WildcardSelector : Selector
{
    public override void Select(Evaluation evaluation, JsonNode? node, List<JsonNode?> result)
    {
        var count = evaluation.CountChildren(node);
        for (var i = 0; i < count && evaluation.Add(Evaluation.Child(node, i), result); i++)
        {
        }
    }
}
