using System.Text.Json.Nodes;

namespace Turbulence.JsonPaths.Reference;

/// <summary>Copies a value so that it can stand in a new list; counted as work and without recursion, unlike DeepClone.</summary>
internal static class NodeCopy
{
    // A node that is made takes far more memory than one that is only looked at.
    private const int Cost = 10;

    /// <summary>Makes a copy; false when the evaluation failed.</summary>
    public static bool TryMake(Evaluation evaluation, JsonNode? node, out JsonNode? copy)
    {
        copy = Shell(node);
        var nodes = new List<(JsonNode? Source, JsonNode? Copy)> { (node, copy) };
        var firstChildren = new List<int>();
        for (var i = 0; i < nodes.Count; i++)
        {
            firstChildren.Add(nodes.Count);
            var source = nodes[i].Source;
            var count = evaluation.CountChildren(source);
            for (var child = 0; child < count; child++)
            {
                if (!evaluation.Step(Cost))
                {
                    return false;
                }

                nodes.Add((Evaluation.Child(source, child), Shell(Evaluation.Child(source, child))));
            }
        }

        // From the leaves up: JsonNode walks to the root whenever a child is put into a parent.
        for (var i = nodes.Count - 1; i >= 0 && !evaluation.Failed; i--)
        {
            Fill(nodes, i, firstChildren[i]);
        }

        return !evaluation.Failed;
    }

    private static void Fill(List<(JsonNode? Source, JsonNode? Copy)> nodes, int parent, int firstChild)
    {
        if (nodes[parent].Copy is JsonArray list)
        {
            var count = ((JsonArray)nodes[parent].Source!).Count;
            for (var i = 0; i < count; i++)
            {
                list.Add(nodes[firstChild + i].Copy);
            }
        }
        else if (nodes[parent].Copy is JsonObject map)
        {
            var source = (JsonObject)nodes[parent].Source!;
            for (var i = 0; i < source.Count; i++)
            {
                map.Add(source.GetAt(i).Key, nodes[firstChild + i].Copy);
            }
        }
    }

    private static JsonNode? Shell(JsonNode? node) => node switch
    {
        JsonArray => new JsonArray(),
        JsonObject => new JsonObject(),
        _ => node?.DeepClone(),
    };
}
