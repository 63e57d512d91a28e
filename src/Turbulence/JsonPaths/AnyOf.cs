using System.Text.Json.Nodes;

namespace Turbulence.JsonPaths;

/// <summary>Conditions joined by or: <c>||</c>, in the reference dialect <c>or</c>.</summary>
internal sealed class AnyOf(IReadOnlyList<Condition> conditions) : Condition
{
    public override bool Holds(Evaluation evaluation, JsonNode? current)
    {
        foreach (var condition in conditions)
        {
            if (evaluation.Failed)
            {
                return false;
            }

            if (condition.Holds(evaluation, current))
            {
                return true;
            }
        }

        return false;
    }
}
