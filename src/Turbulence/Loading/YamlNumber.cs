using System.Globalization;
using System.Numerics;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Turbulence.Loading;

/// <summary>
/// The integers and floats of YAML 1.1 as the reference reads them: <c>010</c> is 8, <c>1:30</c> is 90, <c>1_000</c> is
/// 1000, <c>0o10</c> and <c>1e3</c> are texts (a float has a point, and its exponent a sign).
/// </summary>
internal static partial class YamlNumber
{
    /// <summary>The reference's limit: the work of reading an integer grows with the square of its length.</summary>
    private const int MaximumDigits = 4300;

    /// <summary>The number that a plain scalar means; null where it is none.</summary>
    public static YamlScalar? Plain(string text)
    {
        if (IntegerForm().IsMatch(text))
        {
            return Integer(text);
        }

        return FloatForm().IsMatch(text) ? Float(text) : null;
    }

    /// <summary>Why a plain scalar that looks like a number to people is a text here; null for others.</summary>
    public static string? TextSurprise(string text) => ExponentForm().IsMatch(text)
        ? $"'{text}' is read as a text: in YAML 1.1 a float has a point, and its exponent a sign (1.0e+3)"
        : null;

    /// <summary>The integer that <paramref name="text"/> means.</summary>
    public static YamlScalar Integer(string text)
    {
        var digits = text.Replace("_", "", StringComparison.Ordinal).Trim();
        var negative = digits.StartsWith('-');
        digits = digits is ['-' or '+', ..] ? digits[1..] : digits;
        if (digits.Length > MaximumDigits)
        {
            return YamlScalar.Refused($"an integer of more than {MaximumDigits} digits");
        }

        var (magnitude, surprise) = digits switch
        {
            "0" => (BigInteger.Zero, null),
            ['0', 'b', ..] => (InBase(2, digits[2..]), null),
            ['0', 'x', ..] => (InBase(16, digits[2..]), null),
            ['0', 'o', ..] => (InBase(8, digits[2..]), null),
            ['0', ..] => (InBase(8, digits), "an octal number"),
            _ when digits.Contains(':', StringComparison.Ordinal) => (Sexagesimal(digits), "a number in base 60"),
            _ => (InBase(10, digits), null),
        };
        if (magnitude is not { } value)
        {
            return YamlScalar.Refused($"'{text}' is not an integer");
        }

        var written = (negative ? -value : value).ToString(CultureInfo.InvariantCulture);
        return new YamlScalar(JsonNumber.FromText(written), Surprise(text, written, surprise));
    }

    /// <summary>The float that <paramref name="text"/> means.</summary>
    public static YamlScalar Float(string text)
    {
        var digits = text.Replace("_", "", StringComparison.Ordinal).Trim().ToLowerInvariant();
        var negative = digits.StartsWith('-');
        digits = digits is ['-' or '+', ..] ? digits[1..] : digits;
        if (digits is ".inf" or ".nan" or "inf" or "nan" or "infinity")
        {
            return YamlScalar.Refused($"'{text}' has no JSON form: an experiment can not hold infinity or not-a-number");
        }

        var sexagesimal = digits.Contains(':', StringComparison.Ordinal);
        var written = sexagesimal ? SexagesimalFloat(digits) : DecimalNotation(digits);
        return written is null
            ? YamlScalar.Refused($"'{text}' is not a float")
            : new YamlScalar(
                JsonValue.Create(System.Text.Json.JsonElement.Parse(negative ? "-" + written : written)),
                Surprise(text, negative ? "-" + written : written, sexagesimal ? "a number in base 60" : null));
    }

    private static string? Surprise(string text, string written, string? what) =>
        what is null || text == written ? null : $"'{text}' is read as {what}, {written}; put it in quotes for a text";

    private static BigInteger? InBase(int radix, string digits)
    {
        if (digits.Length == 0 || !digits.All(digit => DigitOf(digit) < radix))
        {
            return null;
        }

        if (radix == 10)
        {
            return BigInteger.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);
        }

        return digits.Aggregate(BigInteger.Zero, (sum, digit) => (sum * radix) + DigitOf(digit));
    }

    private static int DigitOf(char digit) => digit switch
    {
        >= '0' and <= '9' => digit - '0',
        >= 'a' and <= 'f' => digit - 'a' + 10,
        >= 'A' and <= 'F' => digit - 'A' + 10,
        _ => int.MaxValue,
    };

    private static BigInteger? Sexagesimal(string digits)
    {
        var sum = BigInteger.Zero;
        foreach (var part in digits.Split(':'))
        {
            if (InBase(10, part) is not { } value)
            {
                return null;
            }

            sum = (sum * 60) + value;
        }

        return sum;
    }

    private static string? SexagesimalFloat(string digits)
    {
        var sum = 0.0;
        foreach (var part in digits.Split(':'))
        {
            if (DecimalNotation(part) is not { } decimals)
            {
                return null;
            }

            sum = (sum * 60) + double.Parse(decimals, CultureInfo.InvariantCulture);
        }

        return double.IsFinite(sum) ? DecimalNotation(sum.ToString("R", CultureInfo.InvariantCulture).ToLowerInvariant()) : null;
    }

    /// <summary>JSON's notation of the same digits: <c>.5</c> is <c>0.5</c>, <c>1.</c> is <c>1.0</c>; a float keeps its point.</summary>
    private static string? DecimalNotation(string digits)
    {
        var match = DecimalForm().Match(digits);
        if (!match.Success || (match.Groups["whole"].Length == 0 && match.Groups["part"].Length == 0))
        {
            return null;
        }

        var whole = match.Groups["whole"].Value.TrimStart('0');
        var part = match.Groups["part"].Value;
        return $"{(whole.Length == 0 ? "0" : whole)}.{(part.Length == 0 ? "0" : part)}{match.Groups["exponent"].Value}";
    }

    [GeneratedRegex(@"\A[-+]?(0b[01_]+|0x[0-9a-fA-F_]+|0[0-7_]*|[1-9][0-9_]*(:[0-5]?[0-9])*)\z", RegexOptions.ExplicitCapture)]
    private static partial Regex IntegerForm();

    [GeneratedRegex(
        @"\A([-+]?[0-9][0-9_]*\.[0-9_]*([eE][-+][0-9]+)?|\.[0-9][0-9_]*([eE][-+][0-9]+)?|[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+\.[0-9_]*|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN))\z",
        RegexOptions.ExplicitCapture)]
    private static partial Regex FloatForm();

    [GeneratedRegex(@"\A[-+]?([0-9]+\.?[0-9]*|\.[0-9]+)[eE][-+]?[0-9]+\z", RegexOptions.ExplicitCapture)]
    private static partial Regex ExponentForm();

    [GeneratedRegex(@"\A(?<whole>[0-9]*)(\.(?<part>[0-9]*))?(?<exponent>e[-+]?[0-9]+)?\z", RegexOptions.ExplicitCapture)]
    private static partial Regex DecimalForm();
}
