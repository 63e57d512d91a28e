using System.Text.Json.Nodes;

namespace Turbulence.JsonPaths;

/// <summary>Conditions joined by and: <c>&amp;&amp;</c>, in the reference dialect <c>and</c>.</summary>
internal sealed class AllOf(IReadOnlyList<Condition> conditions) : Condition
{
    public override bool Holds(Evaluation evaluation, JsonNode? current)
    {
        foreach (var condition in conditions)
        {
            if (!condition.Holds(evaluation, current))
            {
                return false;
            }
        }

        return true;
    }
}
