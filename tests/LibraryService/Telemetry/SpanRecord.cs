using System.Diagnostics;

namespace LibraryService.Telemetry;

/// <summary>A span that the service's own telemetry exported.</summary>
/// <param name="Source">The activity source.</param>
/// <param name="Operation">The operation.</param>
/// <param name="Name">What is shown.</param>
/// <param name="Kind">The kind.</param>
/// <param name="Trace">The trace.</param>
/// <param name="Id">The span.</param>
/// <param name="Parent">Its parent, or zeros.</param>
/// <param name="Status">Its status.</param>
/// <param name="Tags">Its tags, as texts.</param>
internal sealed record SpanRecord(
    string Source, string Operation, string Name, string Kind, string Trace, string Id, string Parent, string Status,
    SortedDictionary<string, string> Tags)
{
    public static SpanRecord Of(Activity span) => new(
        span.Source.Name, span.OperationName, span.DisplayName, span.Kind.ToString(), span.TraceId.ToHexString(), span.SpanId.ToHexString(),
        span.ParentSpanId.ToHexString(), span.Status.ToString(),
        new SortedDictionary<string, string>(
            span.TagObjects.GroupBy(tag => tag.Key).ToDictionary(tags => tags.Key, tags => tags.Last().Value?.ToString() ?? ""),
            StringComparer.Ordinal));
}
