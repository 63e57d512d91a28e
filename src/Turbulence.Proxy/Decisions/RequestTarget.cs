namespace Turbulence.Proxy.Decisions;

/// <summary>What a request asks for: <c>/orders?id=7</c>, or <c>http://shop/orders?id=7</c>.</summary>
internal static class RequestTarget
{
    /// <summary>The path of a request's target, without query, and without scheme and authority where these are given.</summary>
    public static ReadOnlySpan<byte> PathOf(ReadOnlySpan<byte> target)
    {
        var scheme = target.IndexOf("://"u8);
        if (target.Length > 0 && target[0] != '/' && scheme > 0)
        {
            var rest = target[(scheme + 3)..];
            var slash = rest.IndexOfAny((byte)'/', (byte)'?');
            target = slash < 0 || rest[slash] == '?' ? "/"u8 : rest[slash..];
        }

        var end = target.IndexOfAny((byte)'?', (byte)'#');
        return end < 0 ? target : target[..end];
    }
}
