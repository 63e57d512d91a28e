using System.Text.Json.Nodes;
using Turbulence.Json;

namespace Turbulence.JsonPaths.Reference;

/// <summary>Keys and indexes that are found elsewhere in the document: <c>[@.selected]</c>, <c>[$.index]</c>.</summary>
internal sealed class NestedPathSelector(NodePath path) : Selector
{
    public override void Select(Evaluation evaluation, JsonNode? node, List<JsonNode?> result)
    {
        foreach (var found in path.Select(evaluation, node))
        {
            if (JsonTexts.TryRead(found, out var name))
            {
                new NameSelector(name).Select(evaluation, node, result);
            }
            else if (PythonInteger.TryRead(found, out var index))
            {
                new IndexSelector(index).Select(evaluation, node, result);
            }
        }
    }
}
