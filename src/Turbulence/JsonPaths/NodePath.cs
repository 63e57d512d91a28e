using System.Text.Json.Nodes;

namespace Turbulence.JsonPaths;

/// <summary>A path from the root of the document (<c>$</c>) or from the current node of a filter (<c>@</c>).</summary>
internal sealed class NodePath(bool fromRoot, IReadOnlyList<Segment> segments)
{
    /// <summary>Whether the path starts at the root.</summary>
    public bool FromRoot => fromRoot;

    /// <summary>The steps when each goes to one child at most (RFC 9535, section 2.3.5.1: a singular query); null otherwise.</summary>
    public IReadOnlyList<SingularSelector>? SingularSteps { get; } = segments.All(segment => segment.Singular is not null)
        ? [.. segments.Select(segment => segment.Singular!)]
        : null;

    /// <summary>The nodes at the end of the path, in order; empty when the evaluation failed.</summary>
    public List<JsonNode?> Select(Evaluation evaluation, JsonNode? current)
    {
        List<JsonNode?> nodes = [fromRoot ? evaluation.Root : current];
        foreach (var segment in segments)
        {
            var next = new List<JsonNode?>();
            foreach (var node in nodes)
            {
                segment.Select(evaluation, node, next);
                if (evaluation.Failed)
                {
                    return [];
                }
            }

            nodes = next;
        }

        return nodes;
    }
}
