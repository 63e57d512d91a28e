using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Turbulence.Json;

/// <summary>Reads and compares the numbers of JSON values without losing digits, whatever type stands behind the value.</summary>
public static class JsonNumbers
{
    /// <summary>
    /// The number as JSON writes it; a double that is no JSON number gives <c>NaN</c>, <c>Infinity</c> or <c>-Infinity</c>.
    /// </summary>
    /// <param name="node">Any JSON value.</param>
    /// <param name="text">The text; null when the value is no number.</param>
    /// <returns>Whether the value is a number. A text that looks like a number is none, and neither is a boolean.</returns>
    public static bool TryReadText(JsonNode? node, [NotNullWhen(true)] out string? text)
    {
        text = null;
        if (node is not JsonValue value || value.GetValueKind() != JsonValueKind.Number)
        {
            return false;
        }

        // A double or float that is not finite has no JSON text, asking for it throws.
        if (value.TryGetValue<JsonElement>(out var element))
        {
            text = element.GetRawText();
        }
        else if (value.TryGetValue<double>(out var number) && !double.IsFinite(number))
        {
            text = number.ToString(CultureInfo.InvariantCulture);
        }
        else if (value.TryGetValue<float>(out var single) && !float.IsFinite(single))
        {
            text = single.ToString(CultureInfo.InvariantCulture);
        }

        text ??= value.ToJsonString();
        return true;
    }

    /// <summary>Whether the value is a number that is written without a point and an exponent, what Python reads as <c>int</c>.</summary>
    public static bool IsInteger(JsonNode? node) => TryReadText(node, out var text) && IsIntegerText(text);

    /// <summary>Reads a number as the nearest double; what is too large for a double is an infinity.</summary>
    /// <param name="node">Any JSON value.</param>
    /// <param name="number">The number; 0 when the value is none.</param>
    /// <returns>Whether the value is a number.</returns>
    public static bool TryReadDouble(JsonNode? node, out double number)
    {
        number = 0;
        return TryReadText(node, out var text) && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number);
    }

    /// <summary>Reads a number that a decimal holds with all its digits.</summary>
    /// <param name="node">Any JSON value.</param>
    /// <param name="number">The number; 0 when the value is none, is too large or has too many digits.</param>
    /// <returns>Whether the value is a number and a decimal holds it exactly.</returns>
    public static bool TryReadDecimal(JsonNode? node, out decimal number)
    {
        if (TryReadText(node, out var text)
            && decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number)
            && DecimalDigits.TryParse(text, out var written)
            && DecimalDigits.TryParse(number.ToString(CultureInfo.InvariantCulture), out var held)
            && written.CompareTo(held) == 0)
        {
            return true;
        }

        number = 0;
        return false;
    }

    /// <summary>
    /// Compares two numbers as they are written, with every digit: <c>1 = 1.0 = 10e-1</c>, and 2^53 is less than 2^53 + 1.
    /// </summary>
    /// <param name="left">Any JSON value.</param>
    /// <param name="right">Any JSON value.</param>
    /// <param name="order">Less than 0, 0 or more than 0, as <paramref name="left"/> is less than, equal to or greater than
    /// <paramref name="right"/>.</param>
    /// <returns>Whether both are numbers and can be compared; NaN can not.</returns>
    public static bool TryCompare(JsonNode? left, JsonNode? right, out int order)
    {
        order = 0;
        if (!TryReadText(left, out var leftText) || !TryReadText(right, out var rightText))
        {
            return false;
        }

        if (DecimalDigits.TryParse(leftText, out var leftDigits) && DecimalDigits.TryParse(rightText, out var rightDigits))
        {
            order = leftDigits.CompareTo(rightDigits);
            return true;
        }

        var leftNumber = double.Parse(leftText, CultureInfo.InvariantCulture);
        var rightNumber = double.Parse(rightText, CultureInfo.InvariantCulture);
        order = leftNumber.CompareTo(rightNumber);
        return !double.IsNaN(leftNumber) && !double.IsNaN(rightNumber);
    }

    /// <summary>Whether the text of a JSON number has neither a point nor an exponent.</summary>
    internal static bool IsIntegerText(string text) =>
        !text.Contains('.', StringComparison.Ordinal) && !text.AsSpan().ContainsAnyInRange('A', 'z');
}
