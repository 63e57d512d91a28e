using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Turbulence.Reports.Reading;

/// <summary>
/// Reads values of a journal that may be anything: what is not of the kind that is asked for is null, and passed over. Each leaves the
/// reader at the last token of its value.
/// </summary>
internal static class JournalTokens
{
    /// <summary>Goes to the value of the next key of an object.</summary>
    /// <returns>Whether there is one; otherwise it stands at the object's end.</returns>
    public static bool NextMember(this ref Utf8JsonReader reader) => reader.Read() && reader.TokenType == JsonTokenType.PropertyName;

    /// <summary>Goes to the next element of an array.</summary>
    /// <returns>Whether there is one; otherwise it stands at the array's end.</returns>
    public static bool NextElement(this ref Utf8JsonReader reader) => reader.Read() && reader.TokenType != JsonTokenType.EndArray;

    /// <summary>Whether the key that it stands at is this one; of a key that is broken that is not thrown.</summary>
    public static bool IsKey(this ref readonly Utf8JsonReader reader, ReadOnlySpan<byte> key) =>
        reader.ValueIsEscaped ? reader.AnyText() == Encoding.UTF8.GetString(key) : reader.ValueSpan.SequenceEqual(key);

    /// <summary>Reads the value behind a key; whether it is an object, into which it has gone then. Another one is passed over.</summary>
    public static bool IsObject(this ref Utf8JsonReader reader) => Is(ref reader, JsonTokenType.StartObject);

    /// <summary>Reads the value behind a key; whether it is an array, into which it has gone then. Another one is passed over.</summary>
    public static bool IsArray(this ref Utf8JsonReader reader) => Is(ref reader, JsonTokenType.StartArray);

    /// <summary>The text behind a key; null for any other value.</summary>
    public static string? Text(this ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.Here();
    }

    /// <summary>The text that it stands at; null for any other value.</summary>
    public static string? Here(this ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            return reader.AnyText();
        }

        reader.Skip();
        return null;
    }

    /// <summary>The texts of the list behind a key; what is none is left out.</summary>
    public static List<string> Texts(this ref Utf8JsonReader reader)
    {
        List<string> texts = [];
        if (reader.IsArray())
        {
            while (reader.NextElement())
            {
                if (reader.Here() is { } text)
                {
                    texts.Add(text);
                }
            }
        }

        return texts;
    }

    /// <summary>The number behind a key; null for any other value, and for one that is too large.</summary>
    public static double? Number(this ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.NumberHere();
    }

    /// <summary>The number that it stands at; null for any other value, and for one that is too large.</summary>
    public static double? NumberHere(this ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Number)
        {
            return reader.TryGetDouble(out var number) && double.IsFinite(number) ? number : null;
        }

        reader.Skip();
        return null;
    }

    /// <summary>The whole number behind a key; null for any other value, and for one that is too large.</summary>
    public static long? Whole(this ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.WholeHere();
    }

    /// <summary>The whole number that it stands at; null for any other value, and for one that is too large.</summary>
    public static long? WholeHere(this ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Number)
        {
            return reader.TryGetInt64(out var number) ? number : null;
        }

        reader.Skip();
        return null;
    }

    /// <summary>A whole number that fits; null for one that does not.</summary>
    public static int? Small(this long? number) => number is >= int.MinValue and <= int.MaxValue ? (int)number : null;

    /// <summary>The truth behind a key; null for any other value.</summary>
    public static bool? Truth(this ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType is JsonTokenType.True or JsonTokenType.False)
        {
            return reader.TokenType == JsonTokenType.True;
        }

        reader.Skip();
        return null;
    }

    /// <summary>The moment behind a key; null for any other value.</summary>
    public static DateTimeOffset? Moment(this ref Utf8JsonReader reader) =>
        reader.Text() is { } text
        && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment)
            ? moment
            : null;

    /// <summary>The text of the value behind a key, as it stands in what was read.</summary>
    public static ReadOnlySpan<byte> Raw(this scoped ref Utf8JsonReader reader, ReadOnlySpan<byte> read)
    {
        reader.Read();
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        return read[start..(int)reader.BytesConsumed];
    }

    /// <summary>
    /// A key or a text, whatever its bytes are: what is no UTF-8, and half of a surrogate pair, is read as the character that stands for
    /// such.
    /// </summary>
    public static string AnyText(this ref readonly Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            return Unescaped(Encoding.UTF8.GetString(reader.ValueSpan));
        }
    }

    private static bool Is(ref Utf8JsonReader reader, JsonTokenType start)
    {
        reader.Read();
        if (reader.TokenType == start)
        {
            return true;
        }

        reader.Skip();
        return false;
    }

    private static string Unescaped(string text)
    {
        var made = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\' || i + 1 == text.Length)
            {
                made.Append(text[i]);
                continue;
            }

            i++;
            if (text[i] == 'u' && i + 4 < text.Length
                && ushort.TryParse(text.AsSpan(i + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit))
            {
                made.Append((char)unit);
                i += 4;
                continue;
            }

            made.Append(text[i] switch { 'n' => '\n', 't' => '\t', 'r' => '\r', 'b' => '\b', 'f' => '\f', var other => other });
        }

        // Only now is it known which halves have found each other.
        for (var i = 0; i < made.Length; i++)
        {
            if (char.IsHighSurrogate(made[i]) && i + 1 < made.Length && char.IsLowSurrogate(made[i + 1]))
            {
                i++;
            }
            else if (char.IsSurrogate(made[i]))
            {
                made[i] = '\uFFFD';
            }
        }

        return made.ToString();
    }
}
