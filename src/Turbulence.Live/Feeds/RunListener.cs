using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Turbulence.Events;

namespace Turbulence.Live.Feeds;

/// <summary>Puts the events of a run in this process into a feed. It waits for nobody.</summary>
/// <param name="feed">The feed.</param>
internal sealed class RunListener(RunFeed feed) : IRunObserver
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly ArrayBufferWriter<byte> line = new(1024);
    private Utf8JsonWriter? json;

    /// <inheritdoc/>
    public void On(RunEvent happened)
    {
        if (happened is Notice { Level: < NoticeLevel.Warning })
        {
            return;
        }

        if (happened is RunStarted started)
        {
            feed.Add(FeedHead.Line(started.Experiment.Title));
        }

        line.ResetWrittenCount();
        json ??= new Utf8JsonWriter(line, Options);
        json.Reset();
        happened.WriteTo(json);
        json.Flush();
        feed.Add(FeedLine.Of(line.WrittenSpan));
    }
}
