using System.Text;
using System.Text.Unicode;
using Turbulence.Documents;

namespace Turbulence.Loading;

/// <summary>Makes sure that bytes are UTF-8 before a parser sees them.</summary>
internal static class Utf8Text
{
    /// <summary>
    /// Gives the text without its byte order mark.
    /// </summary>
    /// <returns>What is wrong with the encoding; null where the bytes are UTF-8.</returns>
    public static Problem? Examine(ReadOnlySpan<byte> bytes, out ReadOnlySpan<byte> text)
    {
        text = bytes.StartsWith("\uFEFF"u8) ? bytes[3..] : bytes;
        if (ForeignEncoding(bytes) is { } name)
        {
            return new Problem("", new SourcePosition(1, 1), $"the text is encoded in {name}; save it as UTF-8");
        }

        if (Utf8.IsValid(text))
        {
            return null;
        }

        var at = FirstInvalid(text);
        return new Problem("", new Utf8Cursor(text).MoveTo(at), $"the byte 0x{text[at]:X2} is not UTF-8 text; save the file as UTF-8");
    }

    private static string? ForeignEncoding(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [0xFF, 0xFE, 0, 0, ..] or [0, 0, 0xFE, 0xFF, ..] => "UTF-32",
        [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..] => "UTF-16",
        _ => null,
    };

    private static int FirstInvalid(ReadOnlySpan<byte> text)
    {
        var at = 0;
        while (Rune.DecodeFromUtf8(text[at..], out _, out var length) == System.Buffers.OperationStatus.Done)
        {
            at += length;
        }

        return at;
    }
}
