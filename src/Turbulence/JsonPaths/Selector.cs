using System.Text.Json.Nodes;

namespace Turbulence.JsonPaths;

/// <summary>Chooses nodes at one node.</summary>
internal abstract class Selector
{
    /// <summary>Adds what is chosen at <paramref name="node"/>, in order; nothing where the selector does not fit the node.</summary>
    public abstract void Select(Evaluation evaluation, JsonNode? node, List<JsonNode?> result);
}
