using System.Globalization;
using System.Text;

namespace Turbulence.Python;

/// <summary>How Python's <c>repr</c> writes a text.</summary>
internal static class PythonQuoting
{
    /// <summary>
    /// Appends <paramref name="value"/> in the quotes that Python chooses: single ones, unless that would need a backslash that double ones
    /// save.
    /// </summary>
    public static void Write(string value, StringBuilder text)
    {
        var quote = value.Contains('\'', StringComparison.Ordinal) && !value.Contains('"', StringComparison.Ordinal) ? '"' : '\'';
        text.Append(quote);
        WriteContent(value, quote, text);
        text.Append(quote);
    }

    /// <summary>Appends what stands between the quotes.</summary>
    public static void WriteContent(string value, char quote, StringBuilder text)
    {
        for (var rest = value.AsSpan(); !rest.IsEmpty;)
        {
            var whole = Rune.DecodeFromUtf16(rest, out var rune, out var length) == System.Buffers.OperationStatus.Done;
            var code = whole ? rune.Value : rest[0];
            _ = code switch
            {
                '\\' => text.Append(@"\\"),
                '\n' => text.Append(@"\n"),
                '\r' => text.Append(@"\r"),
                '\t' => text.Append(@"\t"),
                _ when code == quote => text.Append('\\').Append(quote),
                _ when whole && IsPrintable(rune) => text.Append(rest[..length]),
                < 0x100 => text.Append(CultureInfo.InvariantCulture, $"\\x{code:x2}"),
                < 0x10000 => text.Append(CultureInfo.InvariantCulture, $"\\u{code:x4}"),
                _ => text.Append(CultureInfo.InvariantCulture, $"\\U{code:x8}"),
            };
            rest = rest[length..];
        }
    }

    // Python's str.isprintable: everything but the categories "other" and "separator", and the blank.
    private static bool IsPrintable(Rune rune) => rune.Value == ' ' || Rune.GetUnicodeCategory(rune) is not
        (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
        or UnicodeCategory.OtherNotAssigned or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.SpaceSeparator);
}
