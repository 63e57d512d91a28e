using System.Text.Json.Nodes;

namespace Turbulence.JsonPaths.Rfc9535;

/// <summary>The value at the end of a path that leads to one node at most: <c>@.a[0]</c>.</summary>
internal sealed class SingularQuery(bool fromRoot, IReadOnlyList<SingularSelector> steps) : Comparable
{
    public override bool TryRead(Evaluation evaluation, JsonNode? current, out JsonNode? value)
    {
        value = fromRoot ? evaluation.Root : current;
        foreach (var step in steps)
        {
            if (!step.TrySelect(evaluation, value, out value))
            {
                return false;
            }
        }

        return true;
    }
}
