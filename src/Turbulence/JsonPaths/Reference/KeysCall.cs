using System.Text.Json.Nodes;

namespace Turbulence.JsonPaths.Reference;

/// <summary><c>keys()</c>: a list of the keys of a map, of the indexes of a list.</summary>
internal sealed class KeysCall() : ReferenceFunction("keys")
{
    public override bool TryCall(Evaluation evaluation, JsonNode? node, IReadOnlyList<JsonNode?> arguments, out JsonNode? value)
    {
        value = null;
        if (arguments.Count > 0 || node is not (JsonArray or JsonObject))
        {
            return false;
        }

        var keys = new JsonArray();
        var count = evaluation.CountChildren(node);
        for (var i = 0; i < count && evaluation.Step(); i++)
        {
            keys.Add((JsonNode)(node is JsonObject map ? map.GetAt(i).Key : i));
        }

        value = keys;
        return true;
    }
}
