using System.Text.Json.Nodes;
using Turbulence.Json;

namespace Turbulence.Python;

/// <summary>
/// Python's <c>&lt;=</c>: numbers and booleans by value, texts by code point, lists item by item; anything else has no order.
/// </summary>
internal static class PythonOrder
{
    /// <summary>Whether <paramref name="left"/> is at most <paramref name="right"/>.</summary>
    /// <param name="left">Any JSON value.</param>
    /// <param name="right">Any JSON value.</param>
    /// <param name="result">The answer; false when there is none.</param>
    /// <returns>Whether the two can be compared.</returns>
    public static bool TryIsAtMost(JsonNode? left, JsonNode? right, out bool result)
    {
        while (left is JsonArray leftList && right is JsonArray rightList)
        {
            var shared = Math.Min(leftList.Count, rightList.Count);
            var index = 0;
            while (index < shared && PythonEquality.Equal(leftList[index], rightList[index]))
            {
                index++;
            }

            if (index == shared)
            {
                result = leftList.Count <= rightList.Count;
                return true;
            }

            (left, right) = (leftList[index], rightList[index]);
        }

        if (JsonTexts.TryRead(left, out var leftText) && JsonTexts.TryRead(right, out var rightText))
        {
            result = Compare(leftText, rightText) <= 0;
            return true;
        }

        var comparable = PythonNumber.TryCompare(left, right, out var order);
        result = comparable && order <= 0;
        return comparable;
    }

    // By UTF-16 unit, characters outside the basic plane would come before the last ones in it.
    private static int Compare(string left, string right)
    {
        var shared = left.AsSpan().CommonPrefixLength(right);
        return shared == left.Length || shared == right.Length
            ? left.Length.CompareTo(right.Length)
            : Rank(left[shared]).CompareTo(Rank(right[shared]));
    }

    private static int Rank(char unit) => char.IsSurrogate(unit) ? unit + char.MaxValue : unit;
}
