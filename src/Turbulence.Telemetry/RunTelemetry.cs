using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using Turbulence.Activities;
using Turbulence.Events;
using Turbulence.Telemetry.Logs;
using Turbulence.Telemetry.Metrics;
using Turbulence.Telemetry.Spans;

namespace Turbulence.Telemetry;

/// <summary>
/// Makes spans, measurements and log records of one run, for whoever listens in this process to the source, the meter and the logger: an
/// observer of the run. Where it observes a run of the library, http activities send the <c>traceparent</c> of their span.
/// </summary>
public sealed class RunTelemetry : IRunObserver, ITraceSource, IDisposable
{
    /// <summary>The name of the source and of the meter: <c>Turbulence</c>.</summary>
    public const string Name = "Turbulence";

    private readonly Lock gate = new();
    private readonly RunSpans spans;
    private readonly RunMetrics metrics;
    private readonly RunLogs? logs;

    /// <summary>Begins to listen, when the run begins.</summary>
    /// <param name="parent">
    /// What the run's span belongs to, such as a step of a pipeline. Default: the span of the code that the run is started from, if any.
    /// </param>
    /// <param name="logger">Takes the log records. Default: null, none are made.</param>
    /// <param name="version">The version of the instrumentation. Default: that of this library.</param>
    public RunTelemetry(ActivityContext parent = default, ILogger? logger = null, string? version = null)
    {
        version ??= typeof(RunTelemetry).Assembly.GetName().Version?.ToString(3);
        Source = new ActivitySource(Name, version);
        Meter = new Meter(Name, version);
        spans = new RunSpans(new SpanSource(Source), parent);
        metrics = new RunMetrics(Meter);
        logs = logger is null ? null : new RunLogs(logger);
    }

    /// <summary>The source of the run's spans, apart from that of every other run.</summary>
    internal ActivitySource Source { get; }

    /// <summary>The meter of the run, apart from that of every other run.</summary>
    internal Meter Meter { get; }

    /// <summary>Whether requests name their trace. Default: yes.</summary>
    internal bool Propagates { get; init; } = true;

    /// <inheritdoc/>
    public void On(RunEvent happened)
    {
        ArgumentNullException.ThrowIfNull(happened);
        lock (gate)
        {
            spans.Begin(happened);
            logs?.Take(happened, spans.ContextOf(happened));
            metrics.Take(happened);
            spans.End(happened);
        }
    }

    /// <inheritdoc/>
    public string? ParentFor(long activity)
    {
        if (!Propagates)
        {
            return null;
        }

        lock (gate)
        {
            var context = spans.ContextOf(activity);
            return context == default
                ? null
                : $"00-{context.TraceId.ToHexString()}-{context.SpanId.ToHexString()}-0{(int)(context.TraceFlags & ActivityTraceFlags.Recorded)}";
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Source.Dispose();
        Meter.Dispose();
    }
}
