using System.Text.Json.Nodes;

namespace Turbulence.JsonPaths.Rfc9535;

/// <summary>The children for which a condition holds (RFC 9535, section 2.3.5): <c>[?@.price &lt; 10]</c>.</summary>
internal sealed class FilterSelector(Condition condition) : Selector
{
    public override void Select(Evaluation evaluation, JsonNode? node, List<JsonNode?> result)
    {
        var count = evaluation.CountChildren(node);
        for (var i = 0; i < count && evaluation.Step(); i++)
        {
            var child = Evaluation.Child(node, i);
            if (condition.Holds(evaluation, child))
            {
                evaluation.Add(child, result);
            }
        }
    }
}
