using System.Text.Json.Nodes;

namespace Turbulence.JsonPaths.Rfc9535;

/// <summary>A number, text, boolean or null that is written in the query.</summary>
internal sealed class Literal(JsonNode? literal) : Comparable
{
    public override bool TryRead(Evaluation evaluation, JsonNode? current, out JsonNode? value)
    {
        value = literal;
        return true;
    }
}
