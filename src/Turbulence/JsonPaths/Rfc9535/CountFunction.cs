using System.Text.Json.Nodes;

namespace Turbulence.JsonPaths.Rfc9535;

/// <summary><c>count(path)</c> (RFC 9535, section 2.4.5): how many nodes a path selects, duplicates included.</summary>
internal sealed class CountFunction(NodePath path) : Comparable
{
    public override bool TryRead(Evaluation evaluation, JsonNode? current, out JsonNode? value)
    {
        value = path.Select(evaluation, current).Count;
        return true;
    }
}
