using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Turbulence.Json;

namespace Turbulence.Python;

/// <summary>
/// Reads values as Python's <c>Decimal</c> does: numbers, booleans, and texts with blanks around or <c>_</c> between the digits.
/// </summary>
internal static class PythonDecimal
{
    // Python's largest exponent has 18 nines; more digits make no number there.
    private const int LongestExponent = 18;

    private static readonly char[] Digits = [.. "0123456789"];

    /// <summary>Reads a value.</summary>
    /// <param name="value">Any JSON value.</param>
    /// <param name="asWritten">
    /// False for a fraction's exact binary value, 10.0999999999999996447… for <c>10.1</c>, as the reference runner takes it;
    /// true for what is written.
    /// </param>
    /// <param name="number">The number, when there is one.</param>
    public static DecimalReading Read(JsonNode? value, bool asWritten, out DecimalDigits number)
    {
        number = default;
        if (JsonKinds.IsBoolean(value))
        {
            number = PythonTruth.Of(value) ? new(1, "1", 1) : new(0, "", 0);
            return DecimalReading.Number;
        }

        if (JsonTexts.TryRead(value, out var text))
        {
            return ReadText(text, out number);
        }

        return JsonNumbers.TryReadText(value, out var written) ? ReadNumber(written, asWritten, out number) : DecimalReading.Unreadable;
    }

    private static DecimalReading ReadNumber(string text, bool asWritten, out DecimalDigits number)
    {
        if (JsonNumbers.IsIntegerText(text))
        {
            return ReadText(text, out number);
        }

        // A fraction is a double for the reference runner, so digits beyond its precision do not count in either reading.
        var binary = double.Parse(text, CultureInfo.InvariantCulture);
        return ReadText(binary.ToString(asWritten || !double.IsFinite(binary) ? "R" : "E766", CultureInfo.InvariantCulture), out number);
    }

    private static DecimalReading ReadText(string text, out DecimalDigits number)
    {
        number = default;
        var plain = ToAscii(text);
        var negative = plain.StartsWith('-');
        var unsigned = (negative || plain.StartsWith('+') ? plain[1..] : plain).ToUpperInvariant();
        if (unsigned is "INF" or "INFINITY")
        {
            number = new(negative ? -1 : 1, "1", long.MaxValue);
            return DecimalReading.Number;
        }

        if (unsigned.TrimEnd(Digits) is "NAN" or "SNAN")
        {
            return DecimalReading.NotOrdered;
        }

        var mark = unsigned.IndexOf('E', StringComparison.Ordinal);
        var mantissa = mark < 0 ? unsigned : unsigned[..mark];
        var exponent = mark < 0 ? "" : unsigned[mark..];
        if (exponent.AsSpan().TrimStart("E+-0").Length > LongestExponent || mantissa is "" or ".")
        {
            return DecimalReading.NotNumeric;
        }

        // JSON, unlike Python, asks for a digit before the point.
        return DecimalDigits.TryParse($"{(negative ? "-" : "")}0{mantissa}{exponent}", out number)
            ? DecimalReading.Number
            : DecimalReading.NotNumeric;
    }

    /// <summary>The text without the blanks around it and the underscores in it, its digits of whatever script in ASCII.</summary>
    private static string ToAscii(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var rune in text.AsSpan().Trim().Trim("\x1c\x1d\x1e\x1f").Trim().EnumerateRunes())
        {
            if (rune.Value == '_')
            {
                continue;
            }

            if (!rune.IsAscii && Rune.GetUnicodeCategory(rune) == UnicodeCategory.DecimalDigitNumber)
            {
                plain.Append((int)Rune.GetNumericValue(rune));
            }
            else
            {
                plain.Append(rune.ToString());
            }
        }

        return plain.ToString();
    }
}
