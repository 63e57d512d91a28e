using System.Text.Json.Nodes;
using Turbulence.Json;

namespace Turbulence.Python;

/// <summary>Compares JSON values at any depth without recursion; what makes two scalars equal is handed in.</summary>
internal static class DeepEquality
{
    /// <summary>
    /// Whether the values are equal: lists item by item, maps key by key in any order. A map that cannot be read equals nothing.
    /// </summary>
    public static bool Equal(JsonNode? left, JsonNode? right, Func<JsonValue, JsonValue, bool> scalarsEqual)
    {
        if (left is JsonValue one && right is JsonValue other)
        {
            return scalarsEqual(one, other);
        }

        var pending = new Stack<(JsonNode? Left, JsonNode? Right)>();
        pending.Push((left, right));
        while (pending.TryPop(out var pair))
        {
            var equal = pair switch
            {
                (JsonObject a, JsonObject b) => PushMembers(a, b, pending),
                (JsonArray a, JsonArray b) => PushItems(a, b, pending),
                (JsonValue a, JsonValue b) => scalarsEqual(a, b),
                _ => pair.Left is null && pair.Right is null,
            };
            if (!equal)
            {
                return false;
            }
        }

        return true;
    }

    private static bool PushMembers(JsonObject left, JsonObject right, Stack<(JsonNode?, JsonNode?)> pending)
    {
        if (!JsonMaps.IsReadable(left) || !JsonMaps.IsReadable(right) || left.Count != right.Count)
        {
            return false;
        }

        foreach (var (key, value) in left)
        {
            if (!right.TryGetPropertyValue(key, out var other))
            {
                return false;
            }

            pending.Push((value, other));
        }

        return true;
    }

    private static bool PushItems(JsonArray left, JsonArray right, Stack<(JsonNode?, JsonNode?)> pending)
    {
        if (left.Count != right.Count)
        {
            return false;
        }

        for (var i = 0; i < left.Count; i++)
        {
            pending.Push((left[i], right[i]));
        }

        return true;
    }
}
