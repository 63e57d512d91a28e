using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace RandomNumbers.RandServer;

/// <summary>Reads the body of a request, <c>{"content": 10}</c> or <c>{"content": "10"}</c>.</summary>
public static class DrawRequest
{
    private const int LongestQuote = 40;

    /// <summary>Finds the limit that the body asks for.</summary>
    /// <param name="body">A JSON object; fields other than <c>content</c> do not matter.</param>
    /// <param name="limit">1 to <see cref="long.MaxValue"/>, when null is returned.</param>
    /// <returns>What is wrong with the body, in one line, or null.</returns>
    public static string? Read(ReadOnlySequence<byte> body, out long limit)
    {
        limit = 0;
        try
        {
            var reader = new Utf8JsonReader(body);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return """the body must be a JSON object such as {"content": 10}""";
            }

            string? problem = "the field 'content' is missing";
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var isContent = reader.ValueTextEquals("content"u8);
                reader.Read();
                if (isContent)
                {
                    problem = ReadContent(ref reader, out limit);
                }

                reader.Skip();
            }

            // One more read finds what follows the object, which must be nothing.
            reader.Read();
            return problem;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: a string that is no text, such as half a surrogate pair or broken UTF-8.
            return "the body is not valid JSON";
        }
    }

    private static string? ReadContent(ref Utf8JsonReader reader, out long limit)
    {
        limit = 0;
        return reader.TokenType switch
        {
            JsonTokenType.Number when reader.TryGetInt64(out limit) =>
                limit > 0 ? null : NotPositive(limit.ToString(CultureInfo.InvariantCulture)),
            JsonTokenType.Number =>
                Judge(Encoding.UTF8.GetString(reader.HasValueSequence ? reader.ValueSequence.ToArray() : reader.ValueSpan), out limit),
            JsonTokenType.String => Judge(reader.GetString()!, out limit),
            _ => "content must be a positive integer",
        };
    }

    private static string? Judge(string text, out long limit)
    {
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out limit))
        {
            return limit > 0 ? null : NotPositive(text);
        }

        var digits = text.AsSpan().TrimStart('-');
        if (digits.Length > 0 && !digits.ContainsAnyExceptInRange('0', '9'))
        {
            return text[0] == '-' ? NotPositive(text) : $"content must be at most {long.MaxValue}, but is {Quote(text)}";
        }

        return decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _)
            || double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _)
            ? $"content must be a whole number written in digits, but is {Quote(text)}"
            : $"content must be a positive integer, but {Quote(text)} is not a number";
    }

    private static string NotPositive(string text) => $"content must be a positive integer, but is {Quote(text)}";

    private static string Quote(string text) => text.Length <= LongestQuote ? $"'{text}'" : $"'{text[..LongestQuote]}…'";
}
