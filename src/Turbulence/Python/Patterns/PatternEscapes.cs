using System.Globalization;

namespace Turbulence.Python.Patterns;

/// <summary>Reads what follows a backslash, where it stands for one character.</summary>
internal static class PatternEscapes
{
    /// <summary>Reads an escape that is the same in and outside a set.</summary>
    /// <param name="letter">The character after the backslash, already taken.</param>
    /// <param name="source">Where the rest of the escape stands.</param>
    /// <returns>The character's code point.</returns>
    /// <exception cref="FormatException">It is no escape of Python's.</exception>
    public static int Read(int letter, PatternSource source) => letter switch
    {
        'a' => '\a',
        'f' => '\f',
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        'v' => '\v',
        'x' => ReadHex('x', 2, source),
        'u' => ReadHex('u', 4, source),
        'U' => ReadHex('U', 8, source),
        'N' => throw new FormatException(@"a character by its name (\N{...}) is not supported, write it as \uXXXX"),
        >= 'A' and <= 'Z' or >= 'a' and <= 'z' => throw new FormatException($"bad escape \\{(char)letter}"),
        _ => letter,
    };

    /// <summary>Reads an escape in a set that begins with a digit: always octal, up to three digits.</summary>
    /// <exception cref="FormatException">It is no octal digit, or too large.</exception>
    public static int ReadOctal(int digit, PatternSource source) => digit is '8' or '9'
        ? throw new FormatException($"bad escape \\{(char)digit}")
        : Octal((char)digit + source.TakeWhile(CodePoint.IsOctalDigit, 2));

    /// <summary>The value of octal digits.</summary>
    /// <exception cref="FormatException">It is above 0o377.</exception>
    public static int Octal(string digits)
    {
        var value = digits.Aggregate(0, (sum, digit) => (sum * 8) + (digit - '0'));
        return value <= 255 ? value : throw new FormatException($"octal escape value \\{digits} outside of range 0-0o377");
    }

    private static int ReadHex(char letter, int length, PatternSource source)
    {
        var digits = source.TakeWhile(CodePoint.IsHexDigit, length);
        if (digits.Length < length)
        {
            throw new FormatException($"incomplete escape \\{letter}{digits}");
        }

        var value = uint.Parse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        return value <= 0x10FFFF ? (int)value : throw new FormatException($"bad escape \\{letter}{digits}");
    }
}
