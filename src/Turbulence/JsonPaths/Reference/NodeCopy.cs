using System.Text.Json.Nodes;

namespace Turbulence.JsonPaths.Reference;

/// <summary>Copies a value so that it can stand in a new list; counted as work and without recursion, unlike DeepClone.</summary>
internal static class NodeCopy
{
    /// <summary>Makes a copy; false when the evaluation failed.</summary>
    public static bool TryMake(Evaluation evaluation, JsonNode? node, out JsonNode? copy)
    {
        copy = Shell(node);
        var pending = new Stack<(JsonNode? Source, JsonNode? Target)>();
        pending.Push((node, copy));
        while (pending.TryPop(out var pair))
        {
            var count = evaluation.CountChildren(pair.Source);
            for (var i = 0; i < count && evaluation.Step(); i++)
            {
                var child = Evaluation.Child(pair.Source, i);
                var childCopy = Shell(child);
                if (pair.Target is JsonArray list)
                {
                    list.Add(childCopy);
                }
                else
                {
                    ((JsonObject)pair.Target!).Add(((JsonObject)pair.Source!).GetAt(i).Key, childCopy);
                }

                pending.Push((child, childCopy));
            }
        }

        return !evaluation.Failed;
    }

    private static JsonNode? Shell(JsonNode? node) => node switch
    {
        JsonArray => new JsonArray(),
        JsonObject => new JsonObject(),
        _ => node?.DeepClone(),
    };
}
