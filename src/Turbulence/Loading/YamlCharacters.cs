using System.Buffers;
using System.Globalization;
using System.Text;
using Turbulence.Documents;

namespace Turbulence.Loading;

/// <summary>
/// The characters that YAML 1.1 keeps out of a text (section 5.1). The parser would take a null character for the end of the
/// text and silently drop what follows.
/// </summary>
internal static class YamlCharacters
{
    private static readonly SearchValues<byte> Controls = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Where(value => value is not ('\t' or '\n' or '\r')).Select(value => (byte)value), 0x7F]);

    /// <summary>The first character that must not be there.</summary>
    public static Problem? FirstForbidden(ReadOnlySpan<byte> text)
    {
        var at = text.IndexOfAny(Controls);
        at = Earlier(at, FirstC1Control(text));
        at = Earlier(at, text.IndexOf("\uFFFE"u8));
        at = Earlier(at, text.IndexOf("\uFFFF"u8));
        if (at < 0)
        {
            return null;
        }

        Rune.DecodeFromUtf8(text[at..], out var rune, out _);
        var message = string.Create(CultureInfo.InvariantCulture, $"the control character U+{rune.Value:X4} is not allowed in YAML");
        return new Problem("", new Utf8Cursor(text).MoveTo(at), message);
    }

    private static int Earlier(int left, int right) => left < 0 ? right : right < 0 ? left : Math.Min(left, right);

    /// <summary>U+0080 to U+009F, which is C2 80 to C2 9F in UTF-8, but for the line break U+0085.</summary>
    private static int FirstC1Control(ReadOnlySpan<byte> text)
    {
        for (var at = 0; ; at += 2)
        {
            var next = text[at..].IndexOf((byte)0xC2);
            if (next < 0)
            {
                return -1;
            }

            at += next;
            if (text[at + 1] is < 0xA0 and not 0x85)
            {
                return at;
            }
        }
    }
}
