namespace Turbulence.JsonPaths.Reference;

/// <summary>Cuts the text of a query into the words of the dialect. Blanks may stand between any two.</summary>
internal static class ReferenceTokens
{
    // The longer ones first.
    private static readonly string[] Signs =
        ["..", ">=", "<=", "!=", "@", "$", ".", "*", "=", ">", "<", "{", "}", "[", "]", ":", ",", "(", ")", "?"];

    private static readonly string[] Reserved = ["and", "or", "not", "contains", "true", "false", "null"];

    /// <summary>All words and the end; null when something in the text is none.</summary>
    public static List<ReferenceToken>? Read(QueryText text)
    {
        var tokens = new List<ReferenceToken>();
        for (text.SkipBlanks(); !text.AtEnd; text.SkipBlanks())
        {
            var start = text.Position;
            if (text.Next switch
            {
                '"' => TakeText(text),
                '-' or (>= '0' and <= '9') => TakeNumber(text),
                '_' or (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') => TakeName(text),
                _ => TakeSign(text),
            } is not { } kind)
            {
                return null;
            }

            var written = text.Slice(start);
            tokens.Add(kind switch
            {
                ReferenceTokenKind.Text => new(kind, written[1..^1], start),
                ReferenceTokenKind.Name when Reserved.Contains(written) => new(ReferenceTokenKind.Sign, written, start),
                _ => new(kind, written, start),
            });
        }

        tokens.Add(new(ReferenceTokenKind.End, "", text.Position));
        return tokens;
    }

    private static ReferenceTokenKind? TakeSign(QueryText text)
    {
        foreach (var sign in Signs)
        {
            if (text.Take(sign))
            {
                return ReferenceTokenKind.Sign;
            }
        }

        text.FailExpected("a sign, a name, a number or a text in double quotes");
        return null;
    }

    private static ReferenceTokenKind? TakeName(QueryText text)
    {
        while (char.IsAsciiLetterOrDigit(text.Next) || text.Next == '_')
        {
            text.Position++;
        }

        return ReferenceTokenKind.Name;
    }

    private static ReferenceTokenKind? TakeNumber(QueryText text)
    {
        text.Take('-');
        if (!text.Take('0') && !TakeDigits(text))
        {
            text.FailExpected("a digit");
            return null;
        }

        // A point or an e without digits belongs to what comes next.
        var whole = text.Position;
        if (text.Take('.') && !TakeDigits(text))
        {
            text.Position = whole;
            return ReferenceTokenKind.Number;
        }

        var mantissa = text.Position;
        if (text.Take('e') || text.Take('E'))
        {
            _ = text.Take('-') || text.Take('+');
            if (!text.Take('0') && !TakeDigits(text))
            {
                text.Position = mantissa;
            }
        }

        return ReferenceTokenKind.Number;
    }

    private static bool TakeDigits(QueryText text)
    {
        var start = text.Position;
        while (char.IsAsciiDigit(text.Next))
        {
            text.Position++;
        }

        return text.Position > start;
    }

    private static ReferenceTokenKind? TakeText(QueryText text)
    {
        var opening = text.Position;
        text.Take('"');
        while (!text.Take('"'))
        {
            if (text.AtEnd)
            {
                text.Fail("the quote is not closed", opening);
                return null;
            }

            if (text.Next < ' ' || (text.Take('\\') && !IsEscape(text)))
            {
                text.FailExpected("what JSON allows in a text");
                return null;
            }

            text.Position++;
        }

        return ReferenceTokenKind.Text;
    }

    // An escape has to be one of JSON's, though it is not decoded.
    private static bool IsEscape(QueryText text) => text.Next switch
    {
        '"' or '\\' or '/' or 'b' or 'f' or 'n' or 'r' or 't' => true,
        'u' => char.IsAsciiHexDigit(text.Peek(1)) && char.IsAsciiHexDigit(text.Peek(2))
            && char.IsAsciiHexDigit(text.Peek(3)) && char.IsAsciiHexDigit(text.Peek(4)),
        _ => false,
    };
}
