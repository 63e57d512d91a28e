using System.Text;

namespace Turbulence.Platform.Processes;

/// <summary>
/// What the system keeps as bytes that need not be UTF-8 (arguments, environments), as text that loses nothing: each byte that does not fit
/// becomes one of the lone surrogates U+DC80 to U+DCFF, and that byte again on the way back. It is how Python reads them (PEP 383).
/// </summary>
public static class SystemText
{
    private const char Escape = '\udc00';

    /// <summary>Reads bytes.</summary>
    public static string Decode(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder(bytes.Length);
        Span<char> units = stackalloc char[2];
        while (!bytes.IsEmpty)
        {
            if (Rune.DecodeFromUtf8(bytes, out var rune, out var length) == System.Buffers.OperationStatus.Done)
            {
                text.Append(units[..rune.EncodeToUtf16(units)]);
            }
            else
            {
                foreach (var strange in bytes[..length])
                {
                    text.Append((char)(Escape + strange));
                }
            }

            bytes = bytes[length..];
        }

        return text.ToString();
    }

    /// <summary>The bytes that <see cref="Decode"/> read; any other lone surrogate becomes U+FFFD.</summary>
    public static byte[] Encode(string text)
    {
        // Nearly all there is: .NET's own encoding reads the others alike, but for the surrogates that stand for a byte.
        if (!text.AsSpan().ContainsAnyInRange('\udc80', '\udcff'))
        {
            return Encoding.UTF8.GetBytes(text);
        }

        var bytes = new byte[Encoding.UTF8.GetMaxByteCount(text.Length)];
        var count = 0;
        for (ReadOnlySpan<char> rest = text; !rest.IsEmpty;)
        {
            if (IsEscaped(rest[0]))
            {
                bytes[count++] = (byte)(rest[0] - Escape);
                rest = rest[1..];
                continue;
            }

            Rune.DecodeFromUtf16(rest, out var rune, out var length);
            count += rune.EncodeToUtf8(bytes.AsSpan(count));
            rest = rest[length..];
        }

        return bytes[..count];
    }

    /// <summary>Whether the text is what it looks like: none of it stands for a byte that is no UTF-8.</summary>
    public static bool IsPlain(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (IsEscaped(text[i]))
            {
                return false;
            }

            i += char.IsHighSurrogate(text[i]) ? 1 : 0;
        }

        return true;
    }

    private static bool IsEscaped(char unit) => unit is >= '\udc80' and <= '\udcff';
}
