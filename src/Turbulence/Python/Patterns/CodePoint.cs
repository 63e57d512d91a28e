using System.Globalization;
using System.Text;

namespace Turbulence.Python.Patterns;

/// <summary>Characters as Python counts them: one for each code point, where .NET counts UTF-16 units.</summary>
internal static class CodePoint
{
    /// <summary>The first code point outside the basic plane; from here on UTF-16 needs two units.</summary>
    public const int FirstAstral = 0x10000;

    /// <summary>The code point at <paramref name="index"/>; a surrogate without its partner counts as itself.</summary>
    public static int At(string text, int index) =>
        Rune.TryGetRuneAt(text, index, out var rune) ? rune.Value : text[index];

    /// <summary>The character as a text.</summary>
    public static string Text(int codePoint) =>
        codePoint < FirstAstral ? ((char)codePoint).ToString() : char.ConvertFromUtf32(codePoint);

    /// <summary>The character in a .NET pattern, in or outside a class: one or two UTF-16 units that stand for themselves.</summary>
    public static string Literal(int codePoint)
    {
        if (codePoint < FirstAstral)
        {
            return char.IsAsciiLetterOrDigit((char)codePoint)
                ? ((char)codePoint).ToString()
                : string.Create(CultureInfo.InvariantCulture, $"\\u{codePoint:X4}");
        }

        var pair = char.ConvertFromUtf32(codePoint);
        return string.Create(CultureInfo.InvariantCulture, $"\\u{(int)pair[0]:X4}\\u{(int)pair[1]:X4}");
    }

    /// <summary>Whether the token is an unescaped ASCII digit.</summary>
    public static bool IsDigit(PatternToken token) => !token.Escaped && token.Value is >= '0' and <= '9';

    /// <summary>Whether the token is an unescaped octal digit.</summary>
    public static bool IsOctalDigit(PatternToken token) => !token.Escaped && token.Value is >= '0' and <= '7';

    /// <summary>Whether the token is an unescaped hexadecimal digit.</summary>
    public static bool IsHexDigit(PatternToken token) =>
        !token.Escaped && token.Value is > 0 and < 128 && char.IsAsciiHexDigit((char)token.Value);
}
