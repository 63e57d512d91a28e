using System.Text.Json.Nodes;

namespace Turbulence.JsonPaths;

/// <summary>Chooses one child at most.</summary>
internal abstract class SingularSelector : Selector
{
    /// <summary>The child; false when there is none.</summary>
    public abstract bool TrySelect(Evaluation evaluation, JsonNode? node, out JsonNode? child);

    public sealed override void Select(Evaluation evaluation, JsonNode? node, List<JsonNode?> result)
    {
        if (TrySelect(evaluation, node, out var child))
        {
            evaluation.Add(child, result);
        }
    }
}
