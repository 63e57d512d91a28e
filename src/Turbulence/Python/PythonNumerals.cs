using System.Globalization;
using System.Text;

namespace Turbulence.Python;

/// <summary>How Python reads and writes numbers.</summary>
internal static class PythonNumerals
{
    /// <summary>
    /// Python's <c>repr</c> of a float: the shortest digits that read back as the same number, at least one after the point.
    /// </summary>
    public static string Text(double number)
    {
        if (!double.IsFinite(number))
        {
            return double.IsNaN(number) ? "nan" : number > 0 ? "inf" : "-inf";
        }

        var sign = double.IsNegative(number) ? "-" : "";
        if (number == 0)
        {
            return sign + "0.0";
        }

        // "d.ddddE+xxx" in as many digits as are needed; the layout around them is Python's.
        var shortest = Math.Abs(number).ToString("R", CultureInfo.InvariantCulture);
        var mark = shortest.IndexOf('E', StringComparison.Ordinal);
        var exponent = mark < 0 ? 0 : int.Parse(shortest.AsSpan(mark + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var mantissa = mark < 0 ? shortest : shortest[..mark];
        var point = mantissa.IndexOf('.', StringComparison.Ordinal);
        var digits = mantissa.Replace(".", "", StringComparison.Ordinal);
        point = (point < 0 ? digits.Length : point) + exponent;
        var significant = digits.TrimStart('0');
        point -= digits.Length - significant.Length;
        significant = significant.TrimEnd('0');

        return sign + point switch
        {
            > 16 or < -3 => Scientific(significant, point - 1),
            <= 0 => "0." + new string('0', -point) + significant,
            _ when significant.Length <= point => significant.PadRight(point, '0') + ".0",
            _ => $"{significant[..point]}.{significant[point..]}",
        };
    }

    /// <summary>Reads what Python's <c>int(text)</c> accepts: blanks around, a sign, digits with single underscores between.</summary>
    /// <param name="text">The text.</param>
    /// <param name="integer">The number in JSON's form; of any length.</param>
    /// <returns>Whether the text is an integer.</returns>
    public static bool TryInteger(string text, out string integer)
    {
        var digits = new StringBuilder();
        var rest = text.AsSpan().Trim();
        var negative = !rest.IsEmpty && rest[0] == '-';
        rest = !rest.IsEmpty && rest[0] is '-' or '+' ? rest[1..] : rest;
        integer = "";
        if (!TryDigits(rest, digits))
        {
            return false;
        }

        integer = digits.ToString().TrimStart('0');
        integer = integer.Length == 0 ? "0" : negative ? "-" + integer : integer;
        return true;
    }

    /// <summary>Reads what Python's <c>float(text)</c> accepts; <c>inf</c> and <c>nan</c> too.</summary>
    public static bool TryFloat(string text, out double number)
    {
        var plain = text.Trim();
        var word = plain.TrimStart('+', '-').ToUpperInvariant();
        if (word is "INF" or "INFINITY" or "NAN" && plain.Length - word.Length <= 1)
        {
            number = word == "NAN" ? double.NaN : plain[0] == '-' ? double.NegativeInfinity : double.PositiveInfinity;
            return true;
        }

        number = 0;
        for (var i = plain.IndexOf('_', StringComparison.Ordinal); i >= 0; i = plain.IndexOf('_', i + 1))
        {
            if (i == 0 || i + 1 == plain.Length || !char.IsAsciiDigit(plain[i - 1]) || !char.IsAsciiDigit(plain[i + 1]))
            {
                return false;
            }
        }

        return double.TryParse(
            plain.Replace("_", "", StringComparison.Ordinal),
            NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent,
            CultureInfo.InvariantCulture,
            out number);
    }

    private static bool TryDigits(ReadOnlySpan<char> text, StringBuilder digits)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var digit = CharUnicodeInfo.GetDecimalDigitValue(text[i]);
            if (digit >= 0)
            {
                digits.Append((char)('0' + digit));
            }
            else if (text[i] != '_' || i == 0 || i + 1 == text.Length || text[i - 1] == '_')
            {
                return false;
            }
        }

        return digits.Length > 0;
    }

    private static string Scientific(string digits, int exponent)
    {
        var fraction = digits.Length > 1 ? "." + digits[1..] : "";
        return string.Create(CultureInfo.InvariantCulture, $"{digits[0]}{fraction}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):00}");
    }
}
