using System.Text.Json.Nodes;

namespace Turbulence.Controls;

/// <summary>
/// Writes what was changed in a copy of a live JSON value into that value. What stayed equal is not touched: its nodes stay
/// the ones that others hold, and what they changed meanwhile stays.
/// </summary>
internal static class JsonDifference
{
    /// <summary>Writes the difference between two copies into <paramref name="live"/>.</summary>
    /// <param name="live">The live map or list.</param>
    /// <param name="before">The copy as it was handed out.</param>
    /// <param name="after">The copy as it came back.</param>
    /// <returns>Whether there was a difference.</returns>
    public static bool Write(JsonNode? live, JsonNode? before, JsonNode? after)
    {
        switch (live, before, after)
        {
            case (JsonObject target, JsonObject old, JsonObject changed):
                return Members(target, old, changed);
            case (JsonArray target, JsonArray old, JsonArray changed):
                return Items(target, old, changed);
            default:
                return false;
        }
    }

    private static bool Members(JsonObject live, JsonObject before, JsonObject after)
    {
        var written = false;
        foreach (var (key, value) in after)
        {
            var known = before.TryGetPropertyValue(key, out var old);
            if (known && JsonNode.DeepEquals(old, value))
            {
                continue;
            }

            written = true;
            if (!known || !IsSameKind(live[key], old, value))
            {
                live[key] = value?.DeepClone();
            }
            else
            {
                Write(live[key], old, value);
            }
        }

        foreach (var (key, _) in before)
        {
            written |= !after.ContainsKey(key) && live.Remove(key);
        }

        return written;
    }

    private static bool Items(JsonArray live, JsonArray before, JsonArray after)
    {
        var start = EqualFromStart(before, after);
        var end = EqualFromEnd(before, after, start);
        var (old, changed) = (before.Count - start - end, after.Count - start - end);
        if (old == 0 && changed == 0)
        {
            return false;
        }

        // Where others made the list longer or shorter meanwhile, what stands behind that is counted from the list's end.
        var at = start <= EqualFromStart(live, before) ? start : live.Count - (before.Count - start);
        at = Math.Clamp(at, 0, live.Count);
        for (var i = 0; i < changed; i++, at++)
        {
            var value = after[start + i];
            if (i >= old || at >= live.Count)
            {
                live.Insert(at, value?.DeepClone());
            }
            else if (IsSameKind(live[at], before[start + i], value))
            {
                Write(live[at], before[start + i], value);
            }
            else
            {
                live[at] = value?.DeepClone();
            }
        }

        for (var i = changed; i < old && at < live.Count; i++)
        {
            live.RemoveAt(at);
        }

        return true;
    }

    private static int EqualFromStart(JsonArray one, JsonArray other)
    {
        var count = 0;
        while (count < one.Count && count < other.Count && JsonNode.DeepEquals(one[count], other[count]))
        {
            count++;
        }

        return count;
    }

    private static int EqualFromEnd(JsonArray one, JsonArray other, int start)
    {
        var count = 0;
        while (count < one.Count - start && count < other.Count - start && JsonNode.DeepEquals(one[^(count + 1)], other[^(count + 1)]))
        {
            count++;
        }

        return count;
    }

    private static bool IsSameKind(JsonNode? live, JsonNode? before, JsonNode? after) =>
        (live is JsonObject && before is JsonObject && after is JsonObject)
            || (live is JsonArray && before is JsonArray && after is JsonArray);
}
