using Turbulence.Platform.Http;
using Turbulence.Proxy.Buffers;

namespace Turbulence.Proxy.Toxics.Http;

/// <summary>Writes a head anew, in the pool's memory.</summary>
internal static class HttpEdit
{
    /// <summary>The head without some fields, and with other lines at its end.</summary>
    /// <param name="head">The head; it is released.</param>
    /// <param name="pool">Where memory comes from.</param>
    /// <param name="leavesOut">Whether a field of this name is left out.</param>
    /// <param name="lines">The lines, each with its end.</param>
    /// <param name="isOther">Whether it is another head by that: something was left out, or added that was not left out.</param>
    public static Packet Rewrite(in Packet head, BlockPool pool, HttpFieldFilter leavesOut, ReadOnlySpan<byte> lines, out bool isOther)
    {
        var left = 0;
        var isSame = false;
        var bytes = (ReadOnlySpan<byte>)head.Bytes;
        var changed = pool.Rent(bytes.Length + lines.Length);
        var written = bytes.IndexOf("\r\n"u8) + 2;
        bytes[..written].CopyTo(changed.Bytes);
        var fields = new HttpFields(bytes);
        while (fields.MoveNext())
        {
            if (!leavesOut(fields.Name))
            {
                fields.Line.CopyTo(changed.Bytes[written..]);
                written += fields.Line.Length;
            }
            else
            {
                left++;
                isSame = fields.Line.SequenceEqual(lines);
            }
        }

        isOther = left switch
        {
            0 => lines.Length > 0,
            1 => !isSame,
            _ => true,
        };
        lines.CopyTo(changed.Bytes[written..]);
        "\r\n"u8.CopyTo(changed.Bytes[(written + lines.Length)..]);
        written += lines.Length + 2;
        head.Release();
        if (written == changed.Length)
        {
            return changed;
        }

        var whole = changed.Cut(written, out var rest);
        rest.Release();
        return whole;
    }
}
