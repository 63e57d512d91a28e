namespace Turbulence.Platform.Http;

/// <summary>
/// Finds the end of a body in the bytes that come, however they are cut, and keeps none of them. Chunks have extensions, and trailers
/// behind the last (RFC 9112, 7.1):
/// <code>
///   5;x=y CRLF hello CRLF 0 CRLF Trailer: z CRLF CRLF
/// </code>
/// </summary>
internal struct HttpBody
{
    // As long as a head may be.
    private const int MostFraming = HttpHead.MostBytes;
    private const int MostSizeDigits = 15;

    private readonly HttpBodyKind kind;
    private Place place;
    private long left;
    private int digits;
    private int framing;

    /// <summary>The body of a message.</summary>
    /// <param name="kind">How its end is known.</param>
    /// <param name="length">How many bytes it has, where that is given.</param>
    public HttpBody(HttpBodyKind kind, long length)
    {
        this.kind = kind;
        left = length;
        IsDone = kind == HttpBodyKind.None;
    }

    private enum Place
    {
        Size,
        Extension,
        SizeEnd,
        Data,
        DataReturn,
        DataEnd,
        Line,
        Trailer,
        TrailerEnd,
        LastEnd,
    }

    /// <summary>Whether all of it has come.</summary>
    public bool IsDone { get; private set; }

    /// <summary>Whether it is not what it has to be; where its end is, nobody knows then.</summary>
    public bool IsBad { get; private set; }

    /// <summary>Whether only the connection's end is its end.</summary>
    public readonly bool IsUntilEnd => kind == HttpBodyKind.UntilEnd;

    /// <summary>Takes the next bytes that are all content, or all what is around chunks.</summary>
    /// <param name="bytes">What has come; some.</param>
    /// <param name="isContent">Which of both.</param>
    /// <returns>How many.</returns>
    public int Take(ReadOnlySpan<byte> bytes, out bool isContent)
    {
        isContent = true;
        switch (kind)
        {
            case HttpBodyKind.UntilEnd:
                return bytes.Length;
            case HttpBodyKind.Length:
                var taken = TakeContent(bytes);
                IsDone = left == 0;
                return taken;
            case HttpBodyKind.Chunked when place == Place.Data:
                taken = TakeContent(bytes);
                place = left == 0 ? Place.DataReturn : Place.Data;
                return taken;
            case HttpBodyKind.Chunked:
                isContent = false;
                var count = 0;
                while (count < bytes.Length && place != Place.Data && !IsDone && !IsBad)
                {
                    Step(bytes[count++]);
                }

                return count;
            default:
                return 0;
        }
    }

    private int TakeContent(ReadOnlySpan<byte> bytes)
    {
        var taken = (int)Math.Min(left, bytes.Length);
        left -= taken;
        return taken;
    }

    private void Step(byte next)
    {
        framing++;
        switch (place)
        {
            case Place.Size when char.IsAsciiHexDigit((char)next):
                left = (left << 4) | (long)(next <= (byte)'9' ? next - (byte)'0' : (next | 0x20) - (byte)'a' + 10);
                digits++;
                break;
            case Place.Size when digits > 0 && next == '\r':
                place = Place.SizeEnd;
                break;
            case Place.Size when digits > 0 && next is (byte)';' or (byte)' ' or (byte)'\t':
                place = Place.Extension;
                break;
            case Place.Extension when next == '\r':
                place = Place.SizeEnd;
                break;
            case Place.Extension or Place.Trailer when next >= 32 || next == '\t':
                break;
            case Place.SizeEnd when next == '\n':
                place = left == 0 ? Place.Line : Place.Data;
                (digits, framing) = (0, left == 0 ? framing : 0);
                break;
            case Place.DataReturn when next == '\r':
                place = Place.DataEnd;
                break;
            case Place.DataEnd when next == '\n':
                place = Place.Size;
                break;
            case Place.Line when next == '\r':
                place = Place.LastEnd;
                break;
            case Place.Line when next > 32:
                place = Place.Trailer;
                break;
            case Place.Trailer when next == '\r':
                place = Place.TrailerEnd;
                break;
            case Place.TrailerEnd when next == '\n':
                place = Place.Line;
                break;
            case Place.LastEnd when next == '\n':
                IsDone = true;
                break;
            default:
                IsBad = true;
                break;
        }

        IsBad |= digits > MostSizeDigits || framing > MostFraming;
    }
}
