using System.Text.Json.Nodes;

namespace Turbulence.JsonPaths.Reference;

/// <summary>
/// Items between two indexes, as the reference runner takes them: missing ends are 0 and the length whatever the step, and an
/// index that is still negative after the length was added counts from the end once more.
/// </summary>
internal sealed class ReferenceSliceSelector(long? start, long? end, long step) : Selector
{
    public override void Select(Evaluation evaluation, JsonNode? node, List<JsonNode?> result)
    {
        if (node is not JsonArray list)
        {
            return;
        }

        if (step == 0)
        {
            evaluation.Fail("the step of a slice is 0");
            return;
        }

        var count = list.Count;
        var first = FromStart(start ?? 0, count);
        var last = end is { } to ? FromStart(to, count) : count;
        if (step > 0)
        {
            // What is left of -count matches nothing, so whole steps up to there are passed at once.
            first += first < -count ? (-count - first + step - 1) / step * step : 0;
            for (var i = first; i < Math.Min(last, count) && Take(i); i += step)
            {
            }
        }
        else
        {
            first -= first >= count ? (first - count + -step) / -step * -step : 0;
            for (var i = first; i > Math.Max(last, -count - 1) && Take(i); i += step)
            {
            }
        }

        bool Take(long index) => evaluation.Add(list[(int)FromStart(index, count)], result);
    }

    private static long FromStart(long index, int count) => index < 0 ? index + count : index;
}
