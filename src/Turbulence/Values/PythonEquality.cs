using System.Text.Json;
using System.Text.Json.Nodes;

namespace Turbulence.Values;

/// <summary>
/// Python's <c>==</c> over JSON values, by which the reference runner judges: <c>1 == True == 1.0</c>, maps are equal whatever
/// the order of their keys, and there is no conversion between texts and numbers.
/// </summary>
public static class PythonEquality
{
    /// <summary>Whether Python's <c>left == right</c> holds. Never throws, however deep the values are.</summary>
    public static bool Equal(JsonNode? left, JsonNode? right)
    {
        var pending = new Stack<(JsonNode? Left, JsonNode? Right)>();
        pending.Push((left, right));
        while (pending.TryPop(out var pair))
        {
            var equal = pair switch
            {
                (JsonObject a, JsonObject b) => PushMembers(a, b, pending),
                (JsonArray a, JsonArray b) => PushItems(a, b, pending),
                (JsonValue a, JsonValue b) => ScalarsEqual(a, b),
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
        if (left.Count != right.Count)
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

    private static bool ScalarsEqual(JsonValue left, JsonValue right)
    {
        var leftKind = left.GetValueKind();
        if (leftKind == JsonValueKind.String)
        {
            return right.GetValueKind() == JsonValueKind.String && left.GetValue<string>() == right.GetValue<string>();
        }

        return leftKind == JsonValueKind.Null
            ? right.GetValueKind() == JsonValueKind.Null
            : PythonNumber.TryCompare(left, right, out var order) && order == 0;
    }
}
