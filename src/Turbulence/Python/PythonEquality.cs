using System.Text.Json;
using System.Text.Json.Nodes;
using Turbulence.Json;

namespace Turbulence.Python;

/// <summary>
/// Python's <c>==</c> over JSON values, by which the reference runner judges: <c>1 == True == 1.0</c>, maps are equal whatever
/// the order of their keys, and there is no conversion between texts and numbers.
/// </summary>
internal static class PythonEquality
{
    /// <summary>Whether Python's <c>left == right</c> holds. Never throws, however deep the values are.</summary>
    public static bool Equal(JsonNode? left, JsonNode? right) => DeepEquality.Equal(left, right, ScalarsEqual);

    private static bool ScalarsEqual(JsonValue left, JsonValue right)
    {
        if (JsonTexts.TryRead(left, out var leftText))
        {
            return JsonTexts.TryRead(right, out var rightText) && leftText == rightText;
        }

        return left.GetValueKind() == JsonValueKind.Null
            ? right.GetValueKind() == JsonValueKind.Null
            : PythonNumber.TryCompare(left, right, out var order) && order == 0;
    }
}
