using System.Text.Json;
using System.Text.Json.Nodes;
using Turbulence.Json;
using Turbulence.Python;

namespace Turbulence.JsonPaths.Rfc9535;

/// <summary>
/// Two values compared (RFC 9535, section 2.3.5.2.2): numbers by size, texts by code points; values of different types are
/// neither equal nor in any order, and Nothing equals Nothing only.
/// </summary>
internal sealed class Comparison(Comparable left, ComparisonOperator comparison, Comparable right) : Condition
{
    public override bool Holds(Evaluation evaluation, JsonNode? current)
    {
        var leftExists = left.TryRead(evaluation, current, out var leftValue);
        var rightExists = right.TryRead(evaluation, current, out var rightValue);
        if (evaluation.Failed)
        {
            return false;
        }

        var bothExist = leftExists && rightExists;
        return comparison switch
        {
            ComparisonOperator.Equal => AreEqual(),
            ComparisonOperator.NotEqual => !AreEqual(),
            ComparisonOperator.Less => bothExist && IsLess(leftValue, rightValue),
            ComparisonOperator.LessOrEqual => (bothExist && IsLess(leftValue, rightValue)) || AreEqual(),
            ComparisonOperator.Greater => bothExist && IsLess(rightValue, leftValue),
            _ => (bothExist && IsLess(rightValue, leftValue)) || AreEqual(),
        };

        bool AreEqual() => bothExist ? DeepEquality.Equal(leftValue, rightValue, ScalarsEqual) : leftExists == rightExists;
    }

    private static bool ScalarsEqual(JsonValue left, JsonValue right)
    {
        var kind = left.GetValueKind();
        if (kind != right.GetValueKind())
        {
            return false;
        }

        return kind switch
        {
            JsonValueKind.Number => JsonNumbers.TryCompare(left, right, out var order) && order == 0,
            JsonValueKind.String => JsonTexts.TryRead(left, out var a) && JsonTexts.TryRead(right, out var b) && a == b,
            _ => kind is JsonValueKind.True or JsonValueKind.False or JsonValueKind.Null,
        };
    }

    private static bool IsLess(JsonNode? left, JsonNode? right) => JsonNumbers.TryCompare(left, right, out var order)
        ? order < 0
        : JsonTexts.TryRead(left, out var a) && JsonTexts.TryRead(right, out var b) && CompareCodePoints(a, b) < 0;

    // UTF-16 order differs from code point order where a surrogate meets U+E000 to U+FFFF.
    private static int CompareCodePoints(string left, string right)
    {
        var common = left.AsSpan().CommonPrefixLength(right);
        if (common == left.Length || common == right.Length)
        {
            return left.Length.CompareTo(right.Length);
        }

        var (a, b) = (left[common], right[common]);
        return char.IsSurrogate(a) == char.IsSurrogate(b) ? a.CompareTo(b) : char.IsSurrogate(a) ? 1 : -1;
    }
}
