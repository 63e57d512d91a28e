using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Turbulence.Experiments;

namespace Turbulence.Activities.Http;

/// <summary>Reads the body of an answer as JSON or as text.</summary>
internal static class ResponseBody
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads the body.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="compatibility">The reference takes only the exact <c>application/json</c> for JSON.</param>
    /// <param name="value">The JSON value, or the text.</param>
    /// <returns>False when the answer says JSON and the body is not; <paramref name="value"/> is its text then.</returns>
    public static bool TryRead(HttpAnswer answer, Compatibility compatibility, out JsonNode? value)
    {
        var header = answer.Head["Content-Type"];
        var type = MediaType.Parse(header);
        var compatible = compatibility == Compatibility.ChaosToolkit;
        if (compatible ? header != "application/json" : !type.IsJson)
        {
            value = Text(answer.Body.Span, type, compatible);
            return true;
        }

        if (!answer.Truncated && TryReadJson(answer.Body.Span, type, out value))
        {
            return true;
        }

        value = Text(answer.Body.Span, type, compatible);
        return false;
    }

    private static bool TryReadJson(ReadOnlySpan<byte> body, MediaType type, out JsonNode? value)
    {
        value = null;
        try
        {
            var bytes = Named(type.Charset) is { } encoding and not UTF8Encoding ? Encoding.UTF8.GetBytes(encoding.GetString(body)) : body;
            var reader = new Utf8JsonReader(bytes.StartsWith(Encoding.UTF8.Preamble) ? bytes[3..] : bytes, new JsonReaderOptions { MaxDepth = 512 });
            reader.Read();
            value = Node(ref reader);
            reader.Read();
            return true;
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>
    /// The value at the reader, made whole at once: a parsed document would fail on a name that stands twice, or on a broken
    /// escape, only when somebody looks at it. Of two values with one name the last counts.
    /// </summary>
    private static JsonNode? Node(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                var map = new JsonObject();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
                {
                    var name = reader.GetString()!;
                    reader.Read();
                    map[name] = Node(ref reader);
                }

                return map;
            case JsonTokenType.StartArray:
                var list = new JsonArray();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    list.Add(Node(ref reader));
                }

                return list;
            case JsonTokenType.String:
                return JsonValue.Create(reader.GetString());
            case JsonTokenType.Null:
                return null;
            default:
                return JsonNode.Parse(reader.ValueSpan);
        }
    }

    private static string Text(ReadOnlySpan<byte> body, MediaType type, bool compatible)
    {
        // Where a text/* says no charset, the reference goes by the old default of HTTP; ours by what the bytes are.
        var old = compatible && type.Charset is null && type.Essence.StartsWith("text/", StringComparison.Ordinal);
        if ((old ? Encoding.Latin1 : Named(type.Charset)) is { } encoding)
        {
            return encoding.GetString(body);
        }

        try
        {
            return Strict.GetString(body.StartsWith(Encoding.UTF8.Preamble) ? body[3..] : body);
        }
        catch (DecoderFallbackException)
        {
            return Encoding.Latin1.GetString(body);
        }
    }

    private static Encoding? Named(string? charset)
    {
        try
        {
            return charset is null ? null : Encoding.GetEncoding(charset);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
