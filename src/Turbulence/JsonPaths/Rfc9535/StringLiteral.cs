using System.Globalization;
using System.Text;

namespace Turbulence.JsonPaths.Rfc9535;

/// <summary>Reads a text in single or double quotes with its escapes (RFC 9535, section 2.3.1.1).</summary>
internal static class StringLiteral
{
    /// <summary>Reads a text from its opening quote on; null when it is malformed.</summary>
    public static string? Read(QueryText text)
    {
        var opening = text.Position;
        var quote = text.Next;
        text.Position++;
        var value = new StringBuilder();
        while (!text.Take(quote))
        {
            if (text.AtEnd)
            {
                text.Fail("the quote is not closed", opening);
                return null;
            }

            if (!(text.Take('\\') ? Escape(text, quote, value) : Plain(text, value)))
            {
                return null;
            }
        }

        return value.ToString();
    }

    private static bool Plain(QueryText text, StringBuilder value)
    {
        var unit = text.Next;
        if (unit < ' ')
        {
            return text.Fail($"U+{(int)unit:X4} has to be written as an escape");
        }

        if (!char.IsSurrogate(unit))
        {
            text.Position++;
            value.Append(unit);
            return true;
        }

        if (!char.IsSurrogatePair(unit, text.Peek(1)))
        {
            return text.Fail("half of a surrogate pair");
        }

        text.Position += 2;
        value.Append(unit).Append(text.Peek(-1));
        return true;
    }

    private static bool Escape(QueryText text, char quote, StringBuilder value)
    {
        var letter = text.Next;
        if (letter == 'u')
        {
            return CodePoint(text, value);
        }

        char? character = letter switch
        {
            'b' => '\b',
            'f' => '\f',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            '/' or '\\' => letter,
            _ when letter == quote && !text.AtEnd => quote,
            _ => null,
        };
        if (character is not { } decoded)
        {
            return text.FailExpected("one of b f n r t u / \\ or the quote after '\\'");
        }

        text.Position++;
        value.Append(decoded);
        return true;
    }

    private static bool CodePoint(QueryText text, StringBuilder value)
    {
        var start = text.Position - 1;
        if (!Unit(text, out var first))
        {
            return false;
        }

        value.Append(first);
        if (!char.IsSurrogate(first))
        {
            return true;
        }

        if (!char.IsHighSurrogate(first) || !text.Take('\\') || text.Next != 'u')
        {
            return text.Fail("half of a surrogate pair", start);
        }

        if (!Unit(text, out var second))
        {
            return false;
        }

        value.Append(second);
        return char.IsLowSurrogate(second) || text.Fail("half of a surrogate pair", start);
    }

    private static bool Unit(QueryText text, out char unit)
    {
        text.Position++;
        var start = text.Position;
        while (text.Position < start + 4 && char.IsAsciiHexDigit(text.Next))
        {
            text.Position++;
        }

        unit = '\0';
        if (text.Position < start + 4)
        {
            return text.FailExpected("four hexadecimal digits after '\\u'");
        }

        unit = (char)ushort.Parse(text.Slice(start), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        return true;
    }
}
