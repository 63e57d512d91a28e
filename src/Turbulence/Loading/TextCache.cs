using System.Text;
using System.Text.Json;

namespace Turbulence.Loading;

/// <summary>
/// Gives the short texts of a document as shared ones: a large experiment has hundreds of thousands of names, but hardly more than a few
/// dozen different ones, and many of its values (<c>probe</c>, <c>http</c>) are the same, too.
/// </summary>
internal sealed class TextCache
{
    private const int Size = 256;
    private const int LongestText = 32;

    private readonly string?[] texts = new string?[Size];

    /// <summary>The text that <paramref name="reader"/> stands on.</summary>
    public string Get(ref Utf8JsonReader reader)
    {
        var utf8 = reader.ValueSpan;
        if (reader.ValueIsEscaped || utf8.Length is 0 or > LongestText)
        {
            return reader.GetString()!;
        }

        // Length and outer letters tell the words of the format apart well enough for a cache.
        ref var slot = ref texts[(utf8.Length + (utf8[0] * 7) + (utf8[^1] * 31)) % Size];
        if (slot is null || !Ascii.Equals(utf8, slot))
        {
            slot = reader.GetString()!;
        }

        return slot;
    }
}
