using System.Text.Json.Nodes;

namespace Turbulence.JsonPaths.Rfc9535;

/// <summary>
/// <c>value(path)</c> (RFC 9535, section 2.4.8): the value of the one node that a path selects; Nothing for none or several.
/// </summary>
internal sealed class ValueFunction(NodePath path) : Comparable
{
    public override bool TryRead(Evaluation evaluation, JsonNode? current, out JsonNode? value)
    {
        var nodes = path.Select(evaluation, current);
        value = nodes is [var only] ? only : null;
        return nodes.Count == 1;
    }
}
