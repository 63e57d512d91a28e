using System.Text.Json;

namespace Turbulence.Reports.Reading;

/// <summary>Keeps each text that stands in a journal again and again, such as a name, once.</summary>
internal sealed class TextPool
{
    // Longer ones are not compared with others: they seldom are the same.
    private const int MostChars = 512;

    private readonly HashSet<string> known = new(StringComparer.Ordinal);
    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> lookup;

    public TextPool()
    {
        lookup = known.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>The text behind a key; null for any other value.</summary>
    public string? Text(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.String)
        {
            reader.Skip();
            return null;
        }

        if (reader.ValueSpan.Length > MostChars)
        {
            return reader.AnyText();
        }

        Span<char> chars = stackalloc char[MostChars];
        try
        {
            return One(chars[..reader.CopyString(chars)]);
        }
        catch (InvalidOperationException)
        {
            return One(reader.AnyText());
        }
    }

    /// <summary>The one text that is the same.</summary>
    public string One(ReadOnlySpan<char> text)
    {
        if (lookup.TryGetValue(text, out var one))
        {
            return one;
        }

        one = text.ToString();
        known.Add(one);
        return one;
    }
}
