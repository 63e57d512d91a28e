using System.Text.Json.Nodes;

namespace Turbulence.JsonPaths;

/// <summary>The opposite of a condition: <c>!</c>, in the reference dialect <c>not</c>.</summary>
internal sealed class Negation(Condition condition) : Condition
{
    public override bool Holds(Evaluation evaluation, JsonNode? current) => !condition.Holds(evaluation, current) && !evaluation.Failed;
}
