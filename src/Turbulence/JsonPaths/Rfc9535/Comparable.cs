using System.Text.Json.Nodes;

namespace Turbulence.JsonPaths.Rfc9535;

/// <summary>What can stand on a side of a comparison and in a function's value argument (RFC 9535, section 2.4.1: ValueType).</summary>
internal abstract class Comparable
{
    /// <summary>The value; false for Nothing, which is not null.</summary>
    public abstract bool TryRead(Evaluation evaluation, JsonNode? current, out JsonNode? value);
}
