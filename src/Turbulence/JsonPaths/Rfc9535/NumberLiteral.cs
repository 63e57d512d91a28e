using System.Globalization;
using System.Text.Json.Nodes;

namespace Turbulence.JsonPaths.Rfc9535;

/// <summary>
/// Reads the numbers of a query: integers of indexes and slices (RFC 9535, section 2.1), numbers in comparisons (section 2.3.5.1).
/// </summary>
internal static class NumberLiteral
{
    // 2^53 - 1, the integers that every implementation of JSON holds (RFC 7493).
    private const long LargestInteger = 9_007_199_254_740_991;

    /// <summary>Reads an integer; null when there is none.</summary>
    public static long? ReadInteger(QueryText text)
    {
        var start = text.Position;
        if (!TakeWhole(text))
        {
            return null;
        }

        var digits = text.Slice(start);
        if (digits == "-0")
        {
            text.Fail("-0 is no index", start);
            return null;
        }

        if (long.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var integer)
            && Math.Abs(integer) <= LargestInteger)
        {
            return integer;
        }

        text.Fail($"integers go from -{LargestInteger} to {LargestInteger}", start);
        return null;
    }

    /// <summary>Reads a number as it may stand in a comparison; null when there is none.</summary>
    public static JsonNode? Read(QueryText text)
    {
        var start = text.Position;
        if (!TakeWhole(text) || (text.Take('.') && !TakeDigits(text)))
        {
            return null;
        }

        if (text.Take('e') || text.Take('E'))
        {
            _ = text.Take('-') || text.Take('+');
            if (!TakeDigits(text))
            {
                return null;
            }
        }

        return JsonNode.Parse(text.Slice(start));
    }

    private static bool TakeWhole(QueryText text)
    {
        text.Take('-');
        var leadingZero = text.Next == '0';
        var start = text.Position;
        return TakeDigits(text)
            && (!leadingZero || text.Position == start + 1 || text.Fail("a number does not begin with 0", start));
    }

    private static bool TakeDigits(QueryText text)
    {
        var start = text.Position;
        while (char.IsAsciiDigit(text.Next))
        {
            text.Position++;
        }

        return text.Position > start || text.FailExpected("a digit");
    }
}
