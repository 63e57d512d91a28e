using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Turbulence.Hosts.Protocol;

/// <summary>
/// One JSON-RPC 2.0 message from a worker, read in one pass: an answer (with an id and no method), a notification or a request.
/// </summary>
/// <param name="Id">The id; null where there is none.</param>
/// <param name="Method">The method; null for an answer.</param>
/// <param name="Parameters"><c>params</c>.</param>
/// <param name="Result"><c>result</c>.</param>
/// <param name="Error"><c>error</c>; null where there is none.</param>
internal readonly record struct RpcMessage(long? Id, string? Method, JsonNode? Parameters, JsonNode? Result, JsonNode? Error)
{
    // As deep as any other JSON that we read, inside of the message and its outcome.
    private static readonly JsonReaderOptions Reading = new() { MaxDepth = 66 };

    /// <summary>Reads a message.</summary>
    /// <param name="line">The line, without its end.</param>
    /// <param name="message">The message.</param>
    /// <param name="problem">Why the line is none.</param>
    public static bool TryRead(ReadOnlySpan<byte> line, out RpcMessage message, [NotNullWhen(false)] out string? problem)
    {
        message = default;
        try
        {
            var reader = new Utf8JsonReader(line, Reading);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                problem = "it is no JSON object";
                return false;
            }

            var (answered, versioned) = (false, false);
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (reader.ValueTextEquals("id"u8))
                {
                    reader.Read();
                    message = message with { Id = reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var id) ? id : null };
                }
                else if (reader.ValueTextEquals("result"u8))
                {
                    answered = true;
                    message = message with { Result = Value(ref reader) };
                }
                else if (reader.ValueTextEquals("error"u8))
                {
                    var error = Value(ref reader);
                    answered |= error is not null;
                    message = message with { Error = error };
                }
                else if (reader.ValueTextEquals("method"u8))
                {
                    message = message with
                    {
                        Method = reader.Read() && reader.TokenType == JsonTokenType.String ? reader.GetString() : null,
                    };
                }
                else if (reader.ValueTextEquals("params"u8))
                {
                    message = message with { Parameters = Value(ref reader) };
                }
                else if (reader.ValueTextEquals("jsonrpc"u8))
                {
                    versioned = reader.Read() && reader.TokenType == JsonTokenType.String && reader.ValueTextEquals("2.0"u8);
                }
                else
                {
                    reader.Skip();
                }
            }

            problem = reader.Read() ? "something follows the message"
                : !versioned ? "it is not of JSON-RPC 2.0"
                : message.Method is null && !(answered && message.Id is not null) ? "it is neither an answer nor a notification"
                : null;
            return problem is null;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            problem = "it is no JSON that can be read";
            return false;
        }
    }

    private static JsonNode? Value(ref Utf8JsonReader reader)
    {
        reader.Read();
        return JsonNode.Parse(ref reader);
    }
}
