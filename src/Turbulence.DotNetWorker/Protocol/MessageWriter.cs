using System.Buffers;
using System.Text.Json;

namespace Turbulence.DotNetWorker.Protocol;

/// <summary>Writes messages, each as one line and in one piece, from any thread.</summary>
internal sealed class MessageWriter(Stream output)
{
    private readonly Lock turn = new();

    /// <summary>Answers a request.</summary>
    public void Result(long id, Action<Utf8JsonWriter> write)
    {
        var message = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(message, JsonText.Writing))
        {
            json.WriteStartObject();
            json.WriteString("jsonrpc"u8, "2.0"u8);
            json.WriteNumber("id"u8, id);
            json.WritePropertyName("result"u8);
            write(json);
            json.WriteEndObject();
        }

        Send(message);
    }

    /// <summary>Says that the protocol was used wrongly, or that the worker made a mistake.</summary>
    /// <param name="id">The request's; null where it has none that can be read.</param>
    /// <param name="code">As JSON-RPC 2.0 defines it.</param>
    /// <param name="text">What was wrong.</param>
    public void Error(long? id, int code, string text)
    {
        var message = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(message, JsonText.Writing))
        {
            json.WriteStartObject();
            json.WriteString("jsonrpc"u8, "2.0"u8);
            if (id is { } known)
            {
                json.WriteNumber("id"u8, known);
            }
            else
            {
                json.WriteNull("id"u8);
            }

            json.WriteStartObject("error"u8);
            json.WriteNumber("code"u8, code);
            json.WriteString("message"u8, text);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        Send(message);
    }

    /// <summary>Says what was set in the environment, or removed from it.</summary>
    public void Environment(IEnumerable<KeyValuePair<string, string?>> changes)
    {
        var message = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(message, JsonText.Writing))
        {
            json.WriteStartObject();
            json.WriteString("jsonrpc"u8, "2.0"u8);
            json.WriteString("method"u8, "environment"u8);
            json.WriteStartObject("params"u8);
            json.WriteStartObject("changes"u8);
            foreach (var (name, value) in changes)
            {
                json.WriteString(name, value);
            }

            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndObject();
        }

        Send(message);
    }

    /// <summary>Sends a line for people.</summary>
    public void Log(string level, string logger, string text)
    {
        var message = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(message, JsonText.Writing))
        {
            json.WriteStartObject();
            json.WriteString("jsonrpc"u8, "2.0"u8);
            json.WriteString("method"u8, "log"u8);
            json.WriteStartObject("params"u8);
            json.WriteString("level"u8, level);
            json.WriteString("logger"u8, logger);
            json.WriteString("message"u8, text);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        Send(message);
    }

    private void Send(ArrayBufferWriter<byte> message)
    {
        message.GetSpan(1)[0] = (byte)'\n';
        message.Advance(1);
        lock (turn)
        {
            output.Write(message.WrittenSpan);
        }
    }
}
