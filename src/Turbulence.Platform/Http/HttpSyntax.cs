using System.Buffers;

namespace Turbulence.Platform.Http;

/// <summary>Which bytes may stand where (RFC 9110, 5.6.2; RFC 9112, 3).</summary>
internal static class HttpSyntax
{
    /// <summary>What ends a head.</summary>
    public static ReadOnlySpan<byte> HeadEnd => "\r\n\r\n"u8;

    /// <summary>Those of a token: a method or a field's name.</summary>
    public static SearchValues<byte> Token { get; } =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"u8);

    /// <summary>
    /// Those of a method that is taken for one. Every method in use is written so, and what another protocol begins with is told apart the
    /// sooner.
    /// </summary>
    public static SearchValues<byte> Method { get; } = SearchValues.Create("-ABCDEFGHIJKLMNOPQRSTUVWXYZ"u8);

    /// <summary>Those that stand in no value.</summary>
    public static SearchValues<byte> NoValue { get; } = SearchValues.Create(
        [.. Enumerable.Range(0, 32).Where(value => value != '\t').Select(value => (byte)value), 127]);

    /// <summary>Those that stand in no target.</summary>
    public static SearchValues<byte> NoTarget { get; } = SearchValues.Create(
        [.. Enumerable.Range(0, 33).Select(value => (byte)value), 127]);
}
