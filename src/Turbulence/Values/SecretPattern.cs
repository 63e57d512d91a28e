namespace Turbulence.Values;

/// <summary>A text to look for.</summary>
/// <param name="Text">The text.</param>
/// <param name="Before">How many Base64 characters before it also hold bits of the secret.</param>
/// <param name="After">How many Base64 characters after it also hold bits of the secret.</param>
internal readonly record struct SecretPattern(string Text, int Before = 0, int After = 0)
{
    // Shorter pieces of Base64 stand in every long text by chance.
    private const int ShortestPiece = 6;

    /// <summary>
    /// The Base64 forms of <paramref name="secret"/>: by itself, and as a part of something longer (<c>user:secret</c>),
    /// for each of the three ways in which its bytes can fall into groups of three.
    /// </summary>
    public static IEnumerable<SecretPattern> Base64(byte[] secret)
    {
        foreach (var pattern in Standard(secret))
        {
            yield return pattern;
            yield return pattern with { Text = pattern.Text.Replace('+', '-').Replace('/', '_') };
        }
    }

    private static IEnumerable<SecretPattern> Standard(byte[] secret)
    {
        yield return new(Convert.ToBase64String(secret));
        for (var offset = 0; offset < 3; offset++)
        {
            var text = Convert.ToBase64String([.. new byte[offset], .. secret]).TrimEnd('=');
            var first = offset == 0 ? 0 : offset + 1;
            var open = (offset + secret.Length) % 3 != 0;
            var piece = text[first..(open ? text.Length - 1 : text.Length)];
            if (piece.Length >= ShortestPiece)
            {
                yield return new(piece, offset == 0 ? 0 : 1, open ? 1 : 0);
            }
        }
    }
}
