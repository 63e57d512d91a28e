using System.Text;
using Turbulence.Documents;

namespace Turbulence.Loading;

/// <summary>
/// Tells line and column of byte offsets that only grow. Each byte is looked at once, so placing every value of a document
/// costs one pass over its text.
/// </summary>
/// <param name="text">The document, or what of it begins at <paramref name="first"/>; UTF-8 without a byte order mark.</param>
/// <param name="first">The place of the text's first byte.</param>
internal ref struct Utf8Cursor(ReadOnlySpan<byte> text, SourcePosition first)
{
    private readonly ReadOnlySpan<byte> text = text;
    private int offset;
    private int line = first.Line;
    private int column = first.Column;

    /// <summary>Begins with the first byte of a document.</summary>
    /// <param name="text">The document, UTF-8 without a byte order mark.</param>
    public Utf8Cursor(ReadOnlySpan<byte> text)
        : this(text, new SourcePosition(1, 1))
    {
    }

    /// <summary>The place of the byte at <paramref name="target"/>, which is not before the last one asked for.</summary>
    public SourcePosition MoveTo(int target)
    {
        var passed = text[offset..target];
        var lastBreak = passed.LastIndexOf((byte)'\n');
        if (lastBreak >= 0)
        {
            line += passed.Count((byte)'\n');
            column = 1;
            passed = passed[(lastBreak + 1)..];
        }

        column += Encoding.UTF8.GetCharCount(passed);
        offset = target;
        return new SourcePosition(line, column);
    }
}
