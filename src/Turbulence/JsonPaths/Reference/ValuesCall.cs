using System.Text.Json.Nodes;

namespace Turbulence.JsonPaths.Reference;

/// <summary><c>values()</c>: a list of the values of a map; a list as it is.</summary>
internal sealed class ValuesCall() : ReferenceFunction("values")
{
    public override bool TryCall(Evaluation evaluation, JsonNode? node, IReadOnlyList<JsonNode?> arguments, out JsonNode? value)
    {
        value = node;
        if (arguments.Count > 0 || node is not (JsonArray or JsonObject))
        {
            return false;
        }

        if (node is JsonObject)
        {
            var values = new JsonArray();
            var count = evaluation.CountChildren(node);
            for (var i = 0; i < count && NodeCopy.TryMake(evaluation, Evaluation.Child(node, i), out var copy); i++)
            {
                values.Add(copy);
            }

            value = values;
        }

        return true;
    }
}
