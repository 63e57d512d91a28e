using System.Text.Json.Nodes;

namespace Turbulence.JsonPaths.Reference;

/// <summary>The node itself, if a condition holds for it: <c>[?(@.price &lt; 10)]</c>.</summary>
internal sealed class NodeFilterSelector(Condition condition) : Selector
{
    public override void Select(Evaluation evaluation, JsonNode? node, List<JsonNode?> result)
    {
        if (condition.Holds(evaluation, node))
        {
            evaluation.Add(node, result);
        }
    }
}
