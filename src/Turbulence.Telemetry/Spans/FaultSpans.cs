using System.Diagnostics;
using Turbulence.Events;
using Turbulence.Telemetry.Conventions;
using Span = System.Diagnostics.Activity;

namespace Turbulence.Telemetry.Spans;

/// <summary>
/// The spans of a run's faults: each from when it was put in until it was seen to be taken back, with an event for each step and each look,
/// and links to what it hurt. They are ended with the run, at the times of their events.
/// </summary>
/// <param name="source">Makes the spans.</param>
internal sealed class FaultSpans(SpanSource source)
{
    // As many as SDKs keep of one span.
    private const int MostLinks = 128;

    private readonly OrderedDictionary<string, FaultSpan> spans = [];

    /// <summary>The trace and the span of a fault; null where it has none yet.</summary>
    public ActivityContext? ContextOf(string fault) => spans.GetValueOrDefault(fault)?.Span?.Context;

    /// <summary>A fault made a step, or somebody looked.</summary>
    public void Change(FaultChanged changed, ActivityContext run)
    {
        var fault = changed.Fault;
        if (!spans.TryGetValue(fault.Id, out var known))
        {
            spans[fault.Id] = known = new FaultSpan();
        }

        if (known.Span is null && fault.State == FaultState.Planned)
        {
            known.Planned = changed.At;
            return;
        }

        if (known.Span is null)
        {
            known.Span = Begin(fault, changed.At, run);
            if (known.Planned is { } planned)
            {
                SpanSource.Tell(known.Span, "planned", planned, AttributeName.FaultUndo.With(fault.Undo));
            }
        }

        known.Last = changed.At;
        known.IsIn = fault.State is FaultState.Injecting or FaultState.Active or FaultState.Reverting;
        var seen = fault.State is FaultState.Reverted or FaultState.Confirmed ? fault.Confirmation : fault.Effect;
        SpanSource.Tell(known.Span, fault.Standing, changed.At, Details(fault, seen));
        foreach (var trace in fault.Effect?.Traces ?? [])
        {
            if (ActivityContext.TryParse(trace, null, isRemote: true, out var context))
            {
                Link(known, context, "hit");
            }
        }
    }

    /// <summary>An activity went wrong: whatever is in may be why.</summary>
    public void Hurt(ActivityContext activity, string name)
    {
        foreach (var fault in spans.Values.Where(static fault => fault.IsIn))
        {
            Link(fault, activity, "missed-meanwhile", AttributeName.Activity.With(name));
        }
    }

    /// <summary>Requests of users were lost.</summary>
    public void Hurt(IEnumerable<LostRequest> lost)
    {
        foreach (var (id, trace) in lost)
        {
            if (spans.TryGetValue(id, out var fault))
            {
                Link(fault, trace, "lost");
            }
        }
    }

    /// <summary>The run has ended.</summary>
    /// <param name="reports">All that is known of its faults at the end.</param>
    /// <param name="at">When.</param>
    public void End(IReadOnlyList<FaultReport> reports, DateTimeOffset at)
    {
        foreach (var report in reports)
        {
            if (!spans.Remove(report.Id, out var fault) || fault.Span is not { } span)
            {
                continue;
            }

            span.SetTag(AttributeName.FaultState, report.Standing);
            span.SetTag(AttributeName.FaultOutstanding, report.IsOutstanding);
            span.SetTag(AttributeName.FaultEffect, report.Effect?.Text);
            span.SetTag(AttributeName.FaultHits, report.Effect?.Hits);
            span.SetTag(AttributeName.RevertedBy, report.RevertedBy);
            SpanSource.End(span, report.IsOutstanding ? at : fault.Last, Words.ProblemOf(report));
        }

        foreach (var fault in spans.Values)
        {
            SpanSource.End(fault.Span, at, "nothing is known of it at the end of the run");
        }

        spans.Clear();
    }

    private Span? Begin(FaultReport fault, DateTimeOffset at, ActivityContext run) => source.Begin(
        $"fault {fault.Kind}",
        ActivityKind.Internal,
        run,
        at,
        AttributeName.FaultId.With(fault.Id),
        AttributeName.FaultKind.With(fault.Kind),
        AttributeName.Activity.With(fault.Activity),
        AttributeName.FaultTargets.With(fault.Targets.ToArray()),
        AttributeName.FaultUndo.With(fault.Undo));

    private static IEnumerable<KeyValuePair<string, object?>> Details(FaultReport fault, Evidence? seen)
    {
        if (seen is not null)
        {
            yield return AttributeName.Text.With(seen.Text);
        }

        if (fault.Effect?.Hits is { } hits)
        {
            yield return AttributeName.FaultHits.With(hits);
        }

        if (fault.RevertedBy is { } by)
        {
            yield return AttributeName.RevertedBy.With(by);
        }

        if ((fault.Problem ?? fault.Lost) is { } problem)
        {
            yield return AttributeName.ErrorType.With(problem);
        }
    }

    private static void Link(FaultSpan fault, ActivityContext to, string relation, params IEnumerable<KeyValuePair<string, object?>> more)
    {
        if (fault.Span is { } span && fault.Linked.Count < MostLinks && fault.Linked.Add((to.TraceId, to.SpanId)))
        {
            span.AddLink(new ActivityLink(
                to, new ActivityTagsCollection([AttributeName.Relation.With(relation), .. more])));
        }
    }

    private sealed class FaultSpan
    {
        public Span? Span { get; set; }

        public DateTimeOffset? Planned { get; set; }

        public DateTimeOffset Last { get; set; }

        public bool IsIn { get; set; }

        public HashSet<(ActivityTraceId Trace, ActivitySpanId Span)> Linked { get; } = [];
    }
}
