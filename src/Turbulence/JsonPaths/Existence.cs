using System.Text.Json.Nodes;

namespace Turbulence.JsonPaths;

/// <summary>A path by itself: whether it leads anywhere. What is there does not matter, null and false included.</summary>
internal sealed class Existence(NodePath path) : Condition
{
    public override bool Holds(Evaluation evaluation, JsonNode? current) => path.Select(evaluation, current).Count > 0;
}
