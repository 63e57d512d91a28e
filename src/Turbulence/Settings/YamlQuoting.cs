using System.Globalization;
using System.Text;
using System.Text.Json;
using Turbulence.Loading;

namespace Turbulence.Settings;

/// <summary>
/// Writes a text as a YAML 1.1 scalar that is read as the same text again: plain where that is possible, otherwise in single
/// quotes, and in double quotes where it holds more than printable ASCII.
/// </summary>
internal static class YamlQuoting
{
    /// <summary>The scalar, on one line.</summary>
    public static string Of(string text)
    {
        if (text.AsSpan().ContainsAnyExceptInRange(' ', '~'))
        {
            return DoubleQuoted(text);
        }

        return IsPlain(text) ? text : $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
    }

    private static bool IsPlain(string text) =>
        text.Length > 0
        && text[0] != ' ' && text[^1] != ' '
        && !"#,[]{}&*!|>'\"%@`".Contains(text[0], StringComparison.Ordinal)
        && !(text[0] is '-' or '?' or ':' && (text.Length == 1 || text[1] == ' '))
        && !text.StartsWith("---", StringComparison.Ordinal) && !text.StartsWith("...", StringComparison.Ordinal)
        && !text.Contains(": ", StringComparison.Ordinal) && text[^1] != ':' && !text.Contains(" #", StringComparison.Ordinal)
        && !LooksLikeAnAnchor(text)
        && text is not ("=" or "<<")
        && YamlResolver.Plain(text) is { Refusal: null, Value: { } value } && value.GetValueKind() == JsonValueKind.String
        && value.GetValue<string>() == text && !LooksLikeATime(text);

    // Behind a blank these mean nothing in YAML, but our own parser does not take them in a key.
    private static bool LooksLikeAnAnchor(string text) =>
        text.Contains(" *", StringComparison.Ordinal) || text.Contains(" &", StringComparison.Ordinal);

    // Dates become texts when they are read, and a reader of another make would have a date.
    private static bool LooksLikeATime(string text) => YamlTimestamp.Plain(text) is not null;

    private static string DoubleQuoted(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var rune in text.EnumerateRunes())
        {
            quoted.Append(rune.Value switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                >= ' ' and <= '~' => ((char)rune.Value).ToString(),
                <= 0xff => string.Create(CultureInfo.InvariantCulture, $"\\x{rune.Value:X2}"),
                <= 0xffff => string.Create(CultureInfo.InvariantCulture, $"\\u{rune.Value:X4}"),
                _ => string.Create(CultureInfo.InvariantCulture, $"\\U{rune.Value:X8}"),
            });
        }

        return quoted.Append('"').ToString();
    }
}
