using System.Text.Json.Nodes;

namespace Turbulence.JsonPaths.Reference;

/// <summary><c>entries()</c>: a list of pairs, each a list of key and value of a map, or of index and item of a list.</summary>
internal sealed class EntriesCall() : ReferenceFunction("entries")
{
    public override bool TryCall(Evaluation evaluation, JsonNode? node, IReadOnlyList<JsonNode?> arguments, out JsonNode? value)
    {
        value = null;
        if (arguments.Count > 0 || node is not (JsonArray or JsonObject))
        {
            return false;
        }

        var entries = new JsonArray();
        var count = evaluation.CountChildren(node);
        for (var i = 0; i < count && NodeCopy.TryMake(evaluation, Evaluation.Child(node, i), out var copy); i++)
        {
            JsonNode key = node is JsonObject map ? map.GetAt(i).Key : i;
            entries.Add((JsonNode)new JsonArray(key, copy));
        }

        value = entries;
        return true;
    }
}
