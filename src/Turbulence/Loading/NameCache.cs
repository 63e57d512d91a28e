using System.Text;
using System.Text.Json;

namespace Turbulence.Loading;

/// <summary>
/// Gives the members' names of a document as shared texts: a large experiment has hundreds of thousands of names, but
/// hardly more than a few dozen different ones.
/// </summary>
internal sealed class NameCache
{
    private const int Size = 256;
    private const int LongestName = 32;

    private readonly (byte[] Utf8, string Name)[] names = new (byte[], string)[Size];

    /// <summary>The name that <paramref name="reader"/> stands on.</summary>
    public string Get(ref Utf8JsonReader reader)
    {
        var utf8 = reader.ValueSpan;
        if (reader.ValueIsEscaped || utf8.Length is 0 or > LongestName)
        {
            return reader.GetString()!;
        }

        // Length and outer letters tell the names of the format apart well enough for a cache.
        ref var slot = ref names[(utf8.Length + (utf8[0] * 7) + (utf8[^1] * 31)) % Size];
        if (slot.Name is null || !utf8.SequenceEqual(slot.Utf8))
        {
            slot = (utf8.ToArray(), Encoding.UTF8.GetString(utf8));
        }

        return slot.Name;
    }
}
