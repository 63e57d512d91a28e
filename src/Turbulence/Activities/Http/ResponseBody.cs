using System.Text;
using System.Text.Json.Nodes;
using Turbulence.Documents;
using Turbulence.Json;

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

        var bytes = Named(type.Charset) is { } encoding and not UTF8Encoding
            ? Encoding.UTF8.GetBytes(encoding.GetString(answer.Body.Span))
            : answer.Body;
        var parsed = answer.Truncated ? new ParsedText(null, "cut") : JsonReading.Parse(bytes);
        value = parsed.Failure is null ? parsed.Value : Text(answer.Body.Span, type, compatible);
        return parsed.Failure is null;
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
