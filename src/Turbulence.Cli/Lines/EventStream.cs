using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Turbulence.Events;

namespace Turbulence.Cli.Lines;

/// <summary>
/// <c>chaos run --output json</c>: each event of a run as it happens, one line of JSON, as it stands in the journal's timeline.
/// </summary>
/// <param name="writer">Where to; flushed after each event.</param>
internal sealed class EventStream(TextWriter writer) : IRunObserver
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly ArrayBufferWriter<byte> line = new(1024);

    /// <inheritdoc/>
    public void On(RunEvent happened)
    {
        line.ResetWrittenCount();
        using (var json = new Utf8JsonWriter(line, Options))
        {
            happened.WriteTo(json);
        }

        // One write an event, so that a reader never finds a half of one.
        line.Write("\n"u8);
        writer.Write(Encoding.UTF8.GetString(line.WrittenSpan));
        writer.Flush();
    }
}
