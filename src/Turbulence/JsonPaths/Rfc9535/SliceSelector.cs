using System.Text.Json.Nodes;

namespace Turbulence.JsonPaths.Rfc9535;

/// <summary>Every so manieth item between two indexes (RFC 9535, section 2.3.4): <c>[start:end:step]</c>.</summary>
internal sealed class SliceSelector(long? start, long? end, long step) : Selector
{
    public override void Select(Evaluation evaluation, JsonNode? node, List<JsonNode?> result)
    {
        if (node is not JsonArray list || step == 0)
        {
            return;
        }

        var count = list.Count;
        var first = start is { } from ? FromStart(from, count) : step > 0 ? 0 : count - 1;
        var last = end is { } to ? FromStart(to, count) : step > 0 ? count : -1;
        if (step > 0)
        {
            last = Math.Clamp(last, 0, count);
            for (var i = Math.Clamp(first, 0, count); i < last && evaluation.Add(list[(int)i], result); i += step)
            {
            }
        }
        else
        {
            last = Math.Clamp(last, -1, count - 1);
            for (var i = Math.Clamp(first, -1, count - 1); i > last && evaluation.Add(list[(int)i], result); i += step)
            {
            }
        }
    }

    private static long FromStart(long index, int count) => index < 0 ? index + count : index;
}
