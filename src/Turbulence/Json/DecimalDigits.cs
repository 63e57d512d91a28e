using System.Globalization;

namespace Turbulence.Json;

/// <summary>A decimal number of any length and size: <c>0.digits × 10^magnitude</c>, its digits without zeros at either end.</summary>
internal readonly record struct DecimalDigits(int Sign, string Digits, long Magnitude) : IComparable<DecimalDigits>
{
    // Beyond it exponents are alike; no double and no decimal comes near.
    private const long LargestExponent = 1_000_000_000_000_000;

    /// <summary>Reads what JSON allows as a number.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out DecimalDigits number)
    {
        number = new(0, "", 0);
        var negative = text.StartsWith('-');
        var mantissa = negative ? text[1..] : text;
        var exponent = 0L;
        if (mantissa.IndexOfAny('e', 'E') is var mark and >= 0)
        {
            if (!TryParseExponent(mantissa[(mark + 1)..], out exponent))
            {
                return false;
            }

            mantissa = mantissa[..mark];
        }

        var point = mantissa.IndexOf('.');
        var whole = point < 0 ? mantissa : mantissa[..point];
        var fraction = point < 0 ? [] : mantissa[(point + 1)..];
        if (whole.IsEmpty || whole.ContainsAnyExceptInRange('0', '9') || fraction.ContainsAnyExceptInRange('0', '9'))
        {
            return false;
        }

        var digits = string.Concat(whole, fraction);
        var significant = digits.TrimStart('0');
        if (significant.Length > 0)
        {
            var magnitude = whole.Length - (digits.Length - significant.Length) + exponent;
            number = new(negative ? -1 : 1, significant.TrimEnd('0'), magnitude);
        }

        return true;
    }

    /// <inheritdoc/>
    public int CompareTo(DecimalDigits other)
    {
        if (Sign != other.Sign)
        {
            return Sign.CompareTo(other.Sign);
        }

        var order = Magnitude.CompareTo(other.Magnitude);
        return Sign * (order != 0 ? order : string.CompareOrdinal(Digits, other.Digits));
    }

    private static bool TryParseExponent(ReadOnlySpan<char> text, out long exponent)
    {
        var negative = text.StartsWith('-');
        var digits = negative || text.StartsWith('+') ? text[1..] : text;
        exponent = 0;
        if (digits.IsEmpty || digits.ContainsAnyExceptInRange('0', '9'))
        {
            return false;
        }

        exponent = long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var size)
            ? Math.Min(size, LargestExponent)
            : LargestExponent;
        exponent = negative ? -exponent : exponent;
        return true;
    }
}
