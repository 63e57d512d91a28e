using System.Text.Json.Nodes;

namespace Turbulence.JsonPaths;

/// <summary>One step of a path: its selectors applied to a node, or to the node and all its descendants (<c>..</c>).</summary>
internal sealed class Segment(bool descends, IReadOnlyList<Selector> selectors)
{
    /// <summary>The selector, when the step goes to one child at most; null otherwise.</summary>
    public SingularSelector? Singular => !descends && selectors is [SingularSelector singular] ? singular : null;

    /// <summary>Adds what the step selects from <paramref name="node"/>.</summary>
    public void Select(Evaluation evaluation, JsonNode? node, List<JsonNode?> result)
    {
        if (!descends)
        {
            Apply(evaluation, node, result);
            return;
        }

        // Parents before children, and no recursion: a document may be deeper than the stack.
        var pending = new Stack<JsonNode?>();
        pending.Push(node);
        while (pending.TryPop(out var visited) && evaluation.Step())
        {
            Apply(evaluation, visited, result);
            for (var i = evaluation.CountChildren(visited) - 1; i >= 0; i--)
            {
                pending.Push(Evaluation.Child(visited, i));
            }
        }
    }

    private void Apply(Evaluation evaluation, JsonNode? node, List<JsonNode?> result)
    {
        foreach (var selector in selectors)
        {
            selector.Select(evaluation, node, result);
        }
    }
}
