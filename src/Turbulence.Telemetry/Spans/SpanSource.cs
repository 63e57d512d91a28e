using System.Diagnostics;
using Span = System.Diagnostics.Activity;

namespace Turbulence.Telemetry.Spans;

/// <summary>Makes spans that begin and end when their events happened, and are never what the code around them belongs to.</summary>
/// <param name="source">The source of one run.</param>
internal sealed class SpanSource(ActivitySource source)
{
    /// <summary>Begins a span.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="kind">Its kind.</param>
    /// <param name="parent">What it belongs to; null for a trace of its own, or that of the code around.</param>
    /// <param name="at">When it began.</param>
    /// <param name="attributes">What is known of it by now.</param>
    /// <returns>Null where nobody listens, or its trace is not sampled.</returns>
    public Span? Begin(
        string name,
        ActivityKind kind,
        ActivityContext parent,
        DateTimeOffset at,
        params ReadOnlySpan<KeyValuePair<string, object?>> attributes)
    {
        var around = Span.Current;
        try
        {
            return source.StartActivity(name, kind, parent, attributes.ToArray(), links: null, at);
        }
        finally
        {
            Span.Current = around;
        }
    }

    /// <summary>Ends a span.</summary>
    /// <param name="span">The span; null for none.</param>
    /// <param name="at">When it ended.</param>
    /// <param name="problem">What went wrong, in one line; null where nothing did.</param>
    public static void End(Span? span, DateTimeOffset at, string? problem = null)
    {
        if (span is null)
        {
            return;
        }

        if (problem is not null)
        {
            span.SetStatus(ActivityStatusCode.Error, problem);
        }

        var around = Span.Current;
        span.SetEndTime(at.UtcDateTime);
        span.Stop();
        Span.Current = around;
    }

    /// <summary>Something happened in a span.</summary>
    public static void Tell(Span? span, string name, DateTimeOffset at, params IEnumerable<KeyValuePair<string, object?>> attributes)
    {
        if (span is { IsAllDataRequested: true })
        {
            span.AddEvent(new ActivityEvent(name, at, new ActivityTagsCollection(attributes)));
        }
    }
}
