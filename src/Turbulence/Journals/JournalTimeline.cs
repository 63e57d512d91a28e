using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Turbulence.Events;
using Turbulence.Json;

namespace Turbulence.Journals;

/// <summary>
/// The timeline of a run in the journal, <c>turbulence.timeline</c>, its brackets included: one line for each event, in the order in which
/// they were told. A line is finished when it is written, so all of them are in the spool; the last one, the end of the run, is written
/// with the whole journal only, since a control may be shown an end that is not the last.
/// </summary>
internal sealed class JournalTimeline : JournalPiece, IDisposable
{
    private const int Depth = 2;

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly byte[] First = IndentedStream.LineStart(Depth + 1);
    private static readonly byte[] Next = [(byte)',', .. First];
    private static readonly byte[] End = [.. IndentedStream.LineStart(Depth), (byte)']'];

    private readonly JournalSpool lines;

    // One buffer and one writer for all lines.
    private readonly ArrayBufferWriter<byte> line = new(1024);
    private readonly Utf8JsonWriter json;

    /// <summary>Begins an empty one.</summary>
    /// <param name="directory">Where the file of what is not held in memory would be.</param>
    public JournalTimeline(string directory)
    {
        lines = new JournalSpool(directory);
        json = new Utf8JsonWriter(line, Options);
    }

    /// <inheritdoc/>
    public override long Length => ClosingAt + Closing.Length;

    /// <summary>How many bytes were written to the disk, ever, to keep them out of memory.</summary>
    public long Written => lines.Written;

    private long ClosingAt => 1 + lines.Length;

    private ReadOnlySpan<byte> Closing => lines.Length == 0 ? "]"u8 : End;

    /// <summary>Whether a picture needs the event: of the lines for people it needs those that somebody should look at.</summary>
    public static bool Has(RunEvent happened) => happened is not (RunEnded or Notice { Level: < NoticeLevel.Warning });

    /// <summary>Adds the line of an event.</summary>
    /// <returns>The first byte that has changed.</returns>
    public long Add(RunEvent happened)
    {
        var at = ClosingAt;
        lines.Add(Line(happened));
        return at;
    }

    /// <inheritdoc/>
    public override void CopyTo(Stream target, long from)
    {
        CopyLines(target, from);
        target.Write(Closing[(int)Math.Max(0, from - ClosingAt)..]);
    }

    /// <summary>Writes the timeline of a run that has ended.</summary>
    public void CopyFinalTo(Stream target, RunEnded end)
    {
        CopyLines(target, from: 0);
        target.Write(Line(end));
        target.Write(End);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lines.Dispose();
        json.Dispose();
    }

    private void CopyLines(Stream target, long from)
    {
        if (from == 0)
        {
            target.WriteByte((byte)'[');
        }

        if (from < ClosingAt)
        {
            lines.CopyTo(target, Math.Max(0, from - 1));
        }
    }

    private ReadOnlySpan<byte> Line(RunEvent happened)
    {
        line.ResetWrittenCount();
        line.Write(lines.Length == 0 ? First : Next);
        json.Reset();
        happened.WriteTo(json);
        json.Flush();
        return line.WrittenSpan;
    }
}
