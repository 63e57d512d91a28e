using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Turbulence.Events;

namespace Turbulence.Cli.Lines;

/// <summary>
/// The reference's JSON format (<c>--log-format json</c>): one object a line with its keys, so that its parsers go on working.
/// <c>module</c> is the room; <c>lineno</c> is always 0, since no line of code stands behind an event; <c>event</c> is ours.
/// </summary>
/// <param name="zone">The zone of the times.</param>
/// <param name="contextId">Tells the lines of one invocation from those of another.</param>
internal sealed class JsonLineFormat(TimeZoneInfo zone, Guid contextId) : ILineFormat
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly ArrayBufferWriter<byte> buffer = new(512);

    /// <inheritdoc/>
    public void Write(Line line, RunEvent happened, TextWriter writer)
    {
        var at = TimeZoneInfo.ConvertTime(happened.At, zone);
        buffer.ResetWrittenCount();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            json.WriteNumber("process", Environment.ProcessId);
            json.WriteString("asctime", at.ToString("yyyy-MM-dd HH:mm:ss,fff", CultureInfo.InvariantCulture));
            json.WriteString("levelname", LevelName.Of(line.Level));
            json.WriteString("module", EventOrigin.Room(happened));
            json.WriteNumber("lineno", 0);
            json.WriteString("event", EventOrigin.Event(happened));
            json.WriteString("message", line.Text);
            json.WriteString("timestamp", happened.At.ToUniversalTime());
            json.WriteString("context_id", contextId);
            json.WriteEndObject();
        }

        writer.Write(Encoding.UTF8.GetString(buffer.WrittenSpan));
        writer.Write('\n');
    }
}
