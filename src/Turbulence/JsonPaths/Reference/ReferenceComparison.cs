using System.Text.Json.Nodes;

namespace Turbulence.JsonPaths.Reference;

/// <summary>An operator between two operands: true when any pair of their values satisfies it.</summary>
internal sealed class ReferenceComparison(ReferenceOperand left, ReferenceOperator comparison, ReferenceOperand right) : Condition
{
    public override bool Holds(Evaluation evaluation, JsonNode? current)
    {
        var rightValues = right.Values(evaluation, current);
        foreach (var leftValue in left.Values(evaluation, current))
        {
            foreach (var rightValue in rightValues)
            {
                if (!evaluation.Step())
                {
                    return false;
                }

                if (comparison.Holds(evaluation, leftValue, rightValue))
                {
                    return true;
                }
            }
        }

        return false;
    }
}
