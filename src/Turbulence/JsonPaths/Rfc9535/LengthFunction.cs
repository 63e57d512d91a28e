using System.Text.Json.Nodes;
using Turbulence.Json;

namespace Turbulence.JsonPaths.Rfc9535;

/// <summary>
/// <c>length(value)</c> (RFC 9535, section 2.4.4): how many code points a text, items a list, members a map has; Nothing for
/// anything else.
/// </summary>
internal sealed class LengthFunction(Comparable argument) : Comparable
{
    public override bool TryRead(Evaluation evaluation, JsonNode? current, out JsonNode? value)
    {
        value = null;
        if (!argument.TryRead(evaluation, current, out var measured))
        {
            return false;
        }

        value = measured switch
        {
            JsonArray or JsonObject => evaluation.CountChildren(measured),
            _ => JsonTexts.TryRead(measured, out var text) ? CodePoints.Count(text) : null,
        };
        return value is not null;
    }
}
