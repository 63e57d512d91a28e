using System.Text.Json;
using Turbulence.Documents;

namespace Turbulence.Loading;

/// <summary>
/// Reads JSON (RFC 8259, UTF-8 with or without a byte order mark) into nodes and notes where each of them stands.
/// The last of several members of one name wins, as in the reference, with a warning.
/// </summary>
public static class JsonDocumentReader
{
    internal static JsonReaderOptions Options { get; } = new() { MaxDepth = ParsedDocument.MaximumDepth };

    /// <summary>Reads a whole document. Any bytes give a result; what is wrong with them is an error in plain words.</summary>
    public static ParsedDocument Read(ReadOnlySpan<byte> bytes) =>
        Utf8Text.Examine(bytes, out var text) is { } foreign ? ParsedDocument.Failed(foreign) : Read(text, new JsonDocumentBuilder());

    /// <summary>
    /// Reads a document but for the elements of one list, which stay text until somebody asks for them (<see cref="DocumentMap.Unread"/>).
    /// </summary>
    /// <param name="bytes">The document; it is kept, and is not to be changed.</param>
    /// <param name="late">The member of the root, where it is a list.</param>
    internal static ParsedDocument Read(ReadOnlyMemory<byte> bytes, string late) =>
        Utf8Text.Examine(bytes.Span, out var text) is { } foreign
        ? ParsedDocument.Failed(foreign)
        : Read(text, new JsonDocumentBuilder(bytes[^text.Length..], late));

    private static ParsedDocument Read(ReadOnlySpan<byte> text, JsonDocumentBuilder builder)
    {
        var cursor = new Utf8Cursor(text);
        var reader = new Utf8JsonReader(text, Options);
        var last = JsonTokenType.None;
        var consumed = 0;
        try
        {
            while (reader.Read())
            {
                builder.Add(ref reader, cursor.MoveTo((int)reader.TokenStartIndex));
                last = reader.TokenType;
                consumed = (int)reader.BytesConsumed;
            }

            return builder.Finish();
        }
        catch (JsonException)
        {
            var (offset, message) = new JsonMistake(text, builder.InObject, builder.Depth).Find(last, consumed);
            var place = new Utf8Cursor(text).MoveTo(offset);
            return ParsedDocument.Failed(new Problem(builder.Path.ToString(), place, message), builder.Warnings);
        }
        catch (InvalidOperationException)
        {
            // The reader checks the digits of an escape, but not that surrogates come in pairs.
            var place = new Utf8Cursor(text).MoveTo((int)reader.TokenStartIndex);
            const string message = @"this text holds half of a surrogate pair (an escape \uD800 to \uDFFF without its partner)";
            return ParsedDocument.Failed(new Problem(builder.Path.ToString(), place, message), builder.Warnings);
        }
    }
}
