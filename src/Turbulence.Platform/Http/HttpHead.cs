using System.Buffers.Text;

namespace Turbulence.Platform.Http;

/// <summary>
/// What the first lines of a message say of it. A head that two readers could take for two things (two lengths, a length beside chunks, a
/// folded line, a bare line feed) is refused, so that the proxy never sees another message than those it stands between.
/// </summary>
internal struct HttpHead
{
    /// <summary>How long a head may be; a longer one is none.</summary>
    public const int MostBytes = 64 << 10;

    private const int MostMethod = 24;
    private const int MostDigits = 18;

    /// <summary>Where the method ends; it stands at the beginning. 0 in an answer.</summary>
    public int MethodLength { get; private set; }

    /// <summary>Where the target begins.</summary>
    public readonly int TargetStart => MethodLength + 1;

    /// <summary>How long the target is.</summary>
    public int TargetLength { get; private set; }

    /// <summary>The status of an answer.</summary>
    public int Status { get; private set; }

    /// <summary>How the body's end is known, as far as the head tells.</summary>
    public HttpBodyKind Body { get; private set; }

    /// <summary>How many bytes the body has, where its length is given.</summary>
    public long Length { get; private set; }

    /// <summary>Whether the method is HEAD.</summary>
    public bool IsHead { get; private set; }

    /// <summary>Whether the method is CONNECT.</summary>
    public bool IsConnect { get; private set; }

    /// <summary>Whether another protocol is asked for.</summary>
    public bool IsUpgrade { get; private set; }

    /// <summary>Whether the client waits to hear that it may send the body.</summary>
    public bool ExpectsContinue { get; private set; }

    /// <summary>Whether the connection ends with this exchange.</summary>
    public bool IsLast { get; private set; }

    /// <summary>Whether a request may begin with these bytes.</summary>
    public static bool CouldBeRequest(ReadOnlySpan<byte> bytes)
    {
        var end = bytes.IndexOf("\r\n"u8);
        if (end >= 0)
        {
            return new HttpHead().ReadRequestLine(bytes[..end], out _);
        }

        var method = bytes.IndexOfAnyExcept(HttpSyntax.Method);
        if (method < 0)
        {
            return bytes.Length <= MostMethod;
        }

        if (method is 0 or > MostMethod || bytes[method] != ' ')
        {
            return false;
        }

        // A carriage return may be the first half of the line's end.
        var rest = bytes[(method + 1)..];
        rest = rest.Length > 0 && rest[^1] == '\r' ? rest[..^1] : rest;
        var blank = rest.IndexOf((byte)' ');
        return blank < 0
            ? !rest.ContainsAny(HttpSyntax.NoTarget)
            : blank > 0
                && !rest[..blank].ContainsAny(HttpSyntax.NoTarget)
                && IsPrefix(rest[(blank + 1)..], "HTTP/1."u8)
                && rest.Length - blank - 1 <= 8;
    }

    /// <summary>Whether an answer may begin with these bytes.</summary>
    public static bool CouldBeAnswer(ReadOnlySpan<byte> bytes) => IsPrefix(bytes, "HTTP/1."u8);

    /// <summary>Reads the head of a request.</summary>
    /// <param name="head">All of it, its empty line included.</param>
    /// <param name="read">What it says.</param>
    /// <returns>Whether it is one that can mean only one thing.</returns>
    public static bool TryReadRequest(ReadOnlySpan<byte> head, out HttpHead read)
    {
        read = default;
        if (!read.ReadRequestLine(head[..head.IndexOf("\r\n"u8)], out var isOld) || !read.ReadFields(head, isOld, isAnswer: false))
        {
            return false;
        }

        var method = head[..read.MethodLength];
        read.IsHead = method.SequenceEqual("HEAD"u8);
        read.IsConnect = method.SequenceEqual("CONNECT"u8);
        return !read.IsConnect || read.Body == HttpBodyKind.None;
    }

    /// <summary>Reads the head of an answer.</summary>
    /// <param name="head">All of it, its empty line included.</param>
    /// <param name="toHead">Whether the request was a HEAD.</param>
    /// <param name="read">What it says.</param>
    /// <returns>Whether it is one that can mean only one thing.</returns>
    public static bool TryReadAnswer(ReadOnlySpan<byte> head, bool toHead, out HttpHead read)
    {
        read = default;
        var line = head[..head.IndexOf("\r\n"u8)];
        if (line.Length < 12 || !CouldBeAnswer(line) || line[7] is not ((byte)'0' or (byte)'1') || line[8] != ' '
            || line[9] is < (byte)'1' or > (byte)'9' || !Utf8Parser.TryParse(
                line.Slice(9, 3), out int status, out var digits) || digits != 3
            || (line.Length > 12 && line[12] != ' ') || line.ContainsAny(HttpSyntax.NoValue))
        {
            return false;
        }

        read.Status = status;
        if (!read.ReadFields(head, line[7] == '0', isAnswer: true))
        {
            return false;
        }

        if (status < 200 || status is 204 or 304 || toHead)
        {
            (read.Body, read.Length) = (HttpBodyKind.None, 0);
        }

        return true;
    }

    private static bool IsPrefix(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> text) =>
        bytes.Length < text.Length ? text.StartsWith(bytes) : bytes.StartsWith(text);

    private bool ReadRequestLine(ReadOnlySpan<byte> line, out bool isOld)
    {
        isOld = false;
        var method = line.IndexOfAnyExcept(HttpSyntax.Method);
        if (method is <= 0 or > MostMethod || line[method] != ' ')
        {
            return false;
        }

        var target = line[(method + 1)..].IndexOf((byte)' ');
        if (target <= 0 || line.Slice(method + 1, target).ContainsAny(HttpSyntax.NoTarget))
        {
            return false;
        }

        var version = line[(method + target + 2)..];
        isOld = version.SequenceEqual("HTTP/1.0"u8);
        (MethodLength, TargetLength) = (method, target);
        return isOld || version.SequenceEqual("HTTP/1.1"u8);
    }

    private bool ReadFields(ReadOnlySpan<byte> head, bool isOld, bool isAnswer)
    {
        var (hasLength, hasCoding, isChunked, asksUpgrade, hasUpgrade, keeps) = (false, false, false, false, false, false);
        var fields = new HttpFields(head);
        while (fields.MoveNext())
        {
            var value = fields.Value;
            // Most names are told by their length alone.
            switch (fields.Name.Length)
            {
                case 14 when HttpFields.Is(fields.Name, "content-length"u8):
                    if (hasLength || value.Length is 0 or > MostDigits || value.ContainsAnyExceptInRange((byte)'0', (byte)'9')
                        || !Utf8Parser.TryParse(value, out long length, out _))
                    {
                        return false;
                    }

                    (hasLength, Length) = (true, length);
                    break;
                case 17 when HttpFields.Is(fields.Name, "transfer-encoding"u8):
                    if (hasCoding)
                    {
                        return false;
                    }

                    (hasCoding, isChunked) = (true, HttpFields.Is(value, "chunked"u8));
                    if (!isChunked && Has(value, "chunked"u8))
                    {
                        // Which of several codings comes last is not worth a mistake.
                        return false;
                    }

                    break;
                case 10 when HttpFields.Is(fields.Name, "connection"u8):
                    IsLast |= Has(value, "close"u8);
                    keeps |= Has(value, "keep-alive"u8);
                    asksUpgrade |= Has(value, "upgrade"u8);
                    break;
                case 7 when HttpFields.Is(fields.Name, "upgrade"u8):
                    hasUpgrade = true;
                    break;
                case 6 when HttpFields.Is(fields.Name, "expect"u8):
                    ExpectsContinue |= HttpFields.Is(value, "100-continue"u8);
                    break;
                default:
                    break;
            }
        }

        if (fields.IsBad || (hasLength && hasCoding) || (hasCoding && isOld) || (hasCoding && !isChunked && !isAnswer))
        {
            return false;
        }

        IsLast |= isOld && !keeps;
        IsUpgrade = asksUpgrade && hasUpgrade;
        Body = isChunked ? HttpBodyKind.Chunked
            : hasCoding ? HttpBodyKind.UntilEnd
            : hasLength ? (Length == 0 ? HttpBodyKind.None : HttpBodyKind.Length)
            : isAnswer ? HttpBodyKind.UntilEnd
            : HttpBodyKind.None;
        return true;
    }

    /// <summary>Whether a list of words has this one.</summary>
    private static bool Has(ReadOnlySpan<byte> list, ReadOnlySpan<byte> word)
    {
        foreach (var range in list.Split((byte)','))
        {
            if (HttpFields.Is(list[range].Trim(" \t"u8), word))
            {
                return true;
            }
        }

        return false;
    }
}
