using System.Collections.Concurrent;
using System.Diagnostics;
using OpenTelemetry;

namespace LibraryService.Telemetry;

/// <summary>Keeps the spans that the service exported last.</summary>
internal sealed class SpanKeeper : BaseExporter<Activity>
{
    private const int Most = 10_000;

    private readonly ConcurrentQueue<SpanRecord> spans = new();

    /// <summary>What was exported since it was last asked.</summary>
    public IReadOnlyList<SpanRecord> Take()
    {
        List<SpanRecord> taken = [];
        while (spans.TryDequeue(out var span))
        {
            taken.Add(span);
        }

        return taken;
    }

    public override ExportResult Export(in Batch<Activity> batch)
    {
        foreach (var span in batch)
        {
            spans.Enqueue(SpanRecord.Of(span));
            if (spans.Count > Most)
            {
                spans.TryDequeue(out _);
            }
        }

        return ExportResult.Success;
    }
}
