using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Turbulence.Loading;

/// <summary>
/// Says in plain words why a JSON text can not be read on. The parser knows only that a token is wrong; from the last good
/// token follows what had to come, so looking at the bytes behind it once more tells what a person has to change.
/// </summary>
/// <param name="text">The document, valid UTF-8.</param>
/// <param name="inObject">Whether the innermost open container is an object.</param>
/// <param name="depth">How many containers are open.</param>
internal readonly ref struct JsonMistake(ReadOnlySpan<byte> text, bool inObject, int depth)
{
    private readonly ReadOnlySpan<byte> text = text;

    private char Close => inObject ? '}' : ']';

    /// <summary>Finds the mistake behind the token <paramref name="last"/>, which ends before <paramref name="consumed"/>.</summary>
    /// <returns>The offset of the byte to point at, and what is wrong there.</returns>
    public (int Offset, string Message) Find(JsonTokenType last, int consumed)
    {
        var at = SkipSpace(consumed);
        if (IsComment(at))
        {
            return (at, "JSON has no comments");
        }

        return last switch
        {
            JsonTokenType.None => Value(at, "a value"),
            JsonTokenType.PropertyName => Value(at, "a value"),
            JsonTokenType.StartArray => Value(at, "a value or ']'"),
            JsonTokenType.StartObject => Name(at, "a name in double quotes or '}'"),
            _ when depth == 0 => (at, Behind(at)),
            _ => AfterValue(at),
        };
    }

    private (int Offset, string Message) AfterValue(int at)
    {
        if (At(at) != ',')
        {
            return (at, Behind(at));
        }

        var next = SkipSpace(at + 1);
        if (IsComment(next))
        {
            return (next, "JSON has no comments");
        }

        if (At(next) == Close)
        {
            return (at, $"a comma before '{Close}': JSON allows none after the last value");
        }

        return inObject ? Name(next, "a name in double quotes") : Value(next, "a value");
    }

    private (int Offset, string Message) Name(int at, string expected)
    {
        if (At(at) == '\'')
        {
            return (at, "a name is written in double quotes, not single ones");
        }

        if (At(at) != '"')
        {
            return (at, $"expected {expected}, found {Found(at)}");
        }

        if (JsonTokenMistake.InString(text, at, out var end) is { } mistake)
        {
            return mistake;
        }

        var colon = SkipSpace(end);
        return IsComment(colon)
            ? (colon, "JSON has no comments")
            : (colon, $"expected ':' after the name, found {Found(colon)}");
    }

    private (int Offset, string Message) Value(int at, string expected)
    {
        switch (At(at))
        {
            case '"' when JsonTokenMistake.InString(text, at, out _) is { } mistake:
                return mistake;
            case '\'':
                return (at, "a text is written in double quotes, not single ones");
            case '{' or '[' when depth >= ParsedDocument.MaximumDepth:
                return (at, string.Create(
                    CultureInfo.InvariantCulture, $"lists and objects are nested deeper than {ParsedDocument.MaximumDepth} levels"));
            case '-' or '+' or '.' or (>= '0' and <= '9'):
                return JsonTokenMistake.InNumber(text, at, out var end) is { } wrong ? (at, wrong) : (end, Behind(end));
            case (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or '_':
                return (at, JsonTokenMistake.InWord(text, at, expected));
            default:
                return (at, $"expected {expected}, found {Found(at)}");
        }
    }

    private string Behind(int at) => depth == 0
        ? $"expected the end of the text after the document, found {Found(at)}"
        : $"expected ',' or '{Close}', found {Found(at)}";

    private int SkipSpace(int at)
    {
        var rest = text[at..].IndexOfAnyExcept(" \t\r\n"u8);
        return rest < 0 ? text.Length : at + rest;
    }

    private bool IsComment(int at) => At(at) == '#' || (At(at) == '/' && At(at + 1) is '/' or '*');

    private char At(int at) => at < text.Length ? (char)text[at] : '\0';

    private string Found(int at)
    {
        if (at >= text.Length)
        {
            return "the end of the text";
        }

        Rune.DecodeFromUtf8(text[at..], out var rune, out _);
        return Rune.IsControl(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format or UnicodeCategory.SpaceSeparator
            ? string.Create(CultureInfo.InvariantCulture, $"the character U+{rune.Value:X4}")
            : $"'{rune}'";
    }
}
