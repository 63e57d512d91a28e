using System.Text.Json.Nodes;

namespace Turbulence.JsonPaths;

/// <summary>What a filter asks of a node.</summary>
internal abstract class Condition
{
    /// <summary>Whether it holds where <c>@</c> is <paramref name="current"/>; false when the evaluation failed.</summary>
    public abstract bool Holds(Evaluation evaluation, JsonNode? current);
}
