using System.Globalization;
using System.Numerics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Turbulence.Json;

namespace Turbulence.Python;

/// <summary>
/// Python's order of numbers: a JSON number with a point or an exponent is a binary float, any other an integer of any size;
/// <c>True</c> is 1, <c>False</c> is 0; an integer and a float are compared exactly.
/// </summary>
internal static class PythonNumber
{
    /// <summary>Compares two values as Python compares numbers.</summary>
    /// <param name="left">Any JSON value.</param>
    /// <param name="right">Any JSON value.</param>
    /// <param name="order">Less than 0, 0 or more than 0, as <paramref name="left"/> is less than, equal to or greater than
    /// <paramref name="right"/>.</param>
    /// <returns>Whether both are numbers or booleans; NaN can not be compared.</returns>
    public static bool TryCompare(JsonNode? left, JsonNode? right, out int order)
    {
        order = 0;
        if (Text(left) is not { } leftText || Text(right) is not { } rightText)
        {
            return false;
        }

        var leftIsInteger = JsonNumbers.IsIntegerText(leftText);
        var rightIsInteger = JsonNumbers.IsIntegerText(rightText);
        if (leftIsInteger && rightIsInteger)
        {
            return TryCompareDigits(leftText, rightText, out order);
        }

        var leftNumber = double.Parse(leftText, CultureInfo.InvariantCulture);
        var rightNumber = double.Parse(rightText, CultureInfo.InvariantCulture);
        if (double.IsNaN(leftNumber) || double.IsNaN(rightNumber))
        {
            return false;
        }

        // An integer beyond the doubles is finite, so it stays below an infinite float.
        if (leftIsInteger != rightIsInteger && !double.IsInfinity(leftIsInteger ? rightNumber : leftNumber))
        {
            return TryCompareDigits(
                leftIsInteger ? leftText : ExactDigits(leftNumber),
                rightIsInteger ? rightText : ExactDigits(rightNumber),
                out order);
        }

        order = leftIsInteger ? (rightNumber > 0 ? -1 : 1)
            : rightIsInteger ? (leftNumber > 0 ? 1 : -1)
            : leftNumber.CompareTo(rightNumber);
        return true;
    }

    private static string? Text(JsonNode? node) => node is not JsonValue value ? null : value.GetValueKind() switch
    {
        JsonValueKind.True => "1",
        JsonValueKind.False => "0",
        _ => JsonNumbers.TryReadText(value, out var text) ? text : null,
    };

    private static bool TryCompareDigits(string left, string right, out int order)
    {
        order = 0;
        if (!DecimalDigits.TryParse(left, out var leftDigits) || !DecimalDigits.TryParse(right, out var rightDigits))
        {
            return false;
        }

        order = leftDigits.CompareTo(rightDigits);
        return true;
    }

    // A double with a fraction is below 2^53, where one decimal place tells it from every integer.
    private static string ExactDigits(double number) => Math.Floor(number) == number
        ? new BigInteger(number).ToString(CultureInfo.InvariantCulture)
        : (Math.Floor(number) + 0.5).ToString("F1", CultureInfo.InvariantCulture);
}
