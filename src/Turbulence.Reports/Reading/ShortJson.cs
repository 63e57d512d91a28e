using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Turbulence.Reports.Reading;

/// <summary>
/// Shows a JSON value on one line, without blanks and shortened: what stands behind the last character that is shown is not even looked at.
/// A text by itself stands without quotes.
/// </summary>
/// <param name="pool">Keeps what is shown.</param>
internal sealed class ShortJson(TextPool pool)
{
    /// <summary>How many characters are shown at most, before the dots that say that there was more.</summary>
    public const int MostChars = 300;

    // A text in UTF-8 has at most so many bytes for each character that is shown, escaped.
    private const int MostBytes = MostChars * 6;

    private static readonly JsonWriterOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
        MaxDepth = JournalFeed.DeepestLevel,
    };

    private readonly ArrayBufferWriter<byte> made = new(4096);

    /// <summary>Shows a value; null for null.</summary>
    public string? Of(ReadOnlySpan<byte> value)
    {
        if (value.IsEmpty)
        {
            return null;
        }

        var reader = JournalFeed.Read(value);
        return reader.TokenType switch
        {
            JsonTokenType.Null => null,
            JsonTokenType.String => pool.One(Cut(Start(ref reader))),
            _ => pool.One(Cut(Written(ref reader))),
        };
    }

    /// <summary>Shortens a text.</summary>
    public static string Cut(string text)
    {
        if (text.Length <= MostChars)
        {
            return text;
        }

        var end = char.IsHighSurrogate(text[MostChars - 1]) ? MostChars - 1 : MostChars;
        return $"{text.AsSpan(0, end)}…";
    }

    private string Written(ref Utf8JsonReader reader)
    {
        made.ResetWrittenCount();
        using var writer = new Utf8JsonWriter(made, Options);
        do
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.StartObject:
                    writer.WriteStartObject();
                    break;
                case JsonTokenType.EndObject:
                    writer.WriteEndObject();
                    break;
                case JsonTokenType.StartArray:
                    writer.WriteStartArray();
                    break;
                case JsonTokenType.EndArray:
                    writer.WriteEndArray();
                    break;
                case JsonTokenType.PropertyName:
                    writer.WritePropertyName(Start(ref reader));
                    break;
                case JsonTokenType.String:
                    writer.WriteStringValue(Start(ref reader));
                    break;
                default:
                    writer.WriteRawValue(reader.ValueSpan, skipInputValidation: true);
                    break;
            }
        }
        while (writer.BytesPending + writer.BytesCommitted < MostBytes && reader.Read());
        writer.Flush();
        return Encoding.UTF8.GetString(made.WrittenSpan);
    }

    // What it begins with, no longer than can be shown: an output may be one text of 100 MB.
    private static string Start(ref Utf8JsonReader reader)
    {
        if (reader.ValueSpan.Length <= MostBytes)
        {
            return reader.AnyText();
        }

        // Cut where no escape and no character of several bytes is torn apart, as far as that can be seen here; the rest is never shown.
        var start = reader.ValueSpan[..MostBytes];
        var end = start.LastIndexOf((byte)'\\') is var slash && slash >= MostBytes - 12 ? slash : MostBytes;
        while (end > 0 && (reader.ValueSpan[end] & 0xC0) == 0x80)
        {
            end--;
        }

        byte[] quoted = [(byte)'"', .. start[..end], (byte)'"'];
        try
        {
            var piece = JournalFeed.Read(quoted);
            return piece.AnyText() + "…";
        }
        catch (JsonException)
        {
            return Encoding.UTF8.GetString(start[..end]) + "…";
        }
    }
}
