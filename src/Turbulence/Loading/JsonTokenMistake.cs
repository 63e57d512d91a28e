using System.Buffers;
using System.Globalization;
using System.Text;

namespace Turbulence.Loading;

/// <summary>Says in plain words what is wrong within one text, number or word of a JSON document.</summary>
internal static class JsonTokenMistake
{
    private static readonly SearchValues<byte> WordBytes =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_+-."u8);

    /// <summary>Looks at the text whose opening quote is at <paramref name="start"/>.</summary>
    /// <param name="text">The document.</param>
    /// <param name="start">The offset of the opening quote.</param>
    /// <param name="end">The offset behind the closing quote, where the text is right.</param>
    public static (int Offset, string Message)? InString(ReadOnlySpan<byte> text, int start, out int end)
    {
        for (end = start + 1; end < text.Length; end++)
        {
            switch (text[end])
            {
                case (byte)'"':
                    end++;
                    return null;
                case (byte)'\n' or (byte)'\r':
                    return (end, @"the line ends before the closing quote of a text (a line break within a text is written \n)");
                case (byte)'\t':
                    return (end, @"a tab within a text is written \t");
                case < 0x20:
                    return (end, string.Create(
                        CultureInfo.InvariantCulture,
                        $"the control character U+{text[end]:X4} within a text is written \\u{text[end]:x4}"));
                case (byte)'\\':
                    if (!IsEscape(text[(end + 1)..]))
                    {
                        return (end, @"a backslash within a text is written \\; after a single one stands "" \ / b f n r t or u with four hexadecimal digits");
                    }

                    end++;
                    break;
            }
        }

        return (start, "the text that begins here has no closing quote");
    }

    /// <summary>Looks at what begins like a number at <paramref name="start"/>.</summary>
    /// <param name="text">The document.</param>
    /// <param name="start">The offset of its first character.</param>
    /// <param name="end">The offset behind it.</param>
    /// <returns>Null for a number that is right: the parser refuses it together with what it can not stand before.</returns>
    public static string? InNumber(ReadOnlySpan<byte> text, int start, out int end)
    {
        var word = Word(text, start);
        end = start + word.Length;
        return word switch
        {
            "-Infinity" or "+Infinity" => $"JSON has no {word}: an experiment can not hold it",
            ['+', ..] => $"'{word}' is not a number: JSON has no leading '+'",
            ['.', ..] or ['-', '.', ..] => $"'{word}' is not a number: JSON wants a digit before the '.'",
            ['0', >= '0' and <= '9', ..] or ['-', '0', >= '0' and <= '9', ..] => $"'{word}' is not a number: JSON has no leading zeros",
            [.., >= '0' and <= '9'] when double.TryParse(word, CultureInfo.InvariantCulture, out _) => null,
            _ => $"'{word}' is not a number",
        };
    }

    /// <summary>Looks at the bare word at <paramref name="start"/>.</summary>
    public static string InWord(ReadOnlySpan<byte> text, int start, string expected)
    {
        var word = Word(text, start);
        return word switch
        {
            "NaN" or "Infinity" => $"JSON has no {word}: an experiment can not hold it",
            "True" or "TRUE" => $"expected {expected}, found '{word}': JSON writes true",
            "False" or "FALSE" => $"expected {expected}, found '{word}': JSON writes false",
            "None" or "Null" or "NULL" => $"expected {expected}, found '{word}': JSON writes null",
            _ => $"expected {expected}, found '{word}': a text is written in double quotes",
        };
    }

    private static bool IsEscape(ReadOnlySpan<byte> tail) => tail switch
    {
        [(byte)'u', var a, var b, var c, var d, ..] =>
            char.IsAsciiHexDigit((char)a)
                && char.IsAsciiHexDigit((char)b)
                && char.IsAsciiHexDigit((char)c)
                && char.IsAsciiHexDigit((char)d),
        [(byte)'"' or (byte)'\\' or (byte)'/' or (byte)'b' or (byte)'f' or (byte)'n' or (byte)'r' or (byte)'t', ..] => true,
        _ => false,
    };

    private static string Word(ReadOnlySpan<byte> text, int start)
    {
        const int longest = 40;
        var rest = text[start..];
        var length = rest.IndexOfAnyExcept(WordBytes);
        rest = length < 0 ? rest : rest[..length];
        return rest.Length > longest ? Encoding.UTF8.GetString(rest[..longest]) + "…" : Encoding.UTF8.GetString(rest);
    }
}
