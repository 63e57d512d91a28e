using OpenTelemetry;
using OpenTelemetry.Logs;
using Turbulence.Telemetry.Delivery;
using Turbulence.Telemetry.Logs;
using Turbulence.Telemetry.Settings;

namespace Turbulence.Telemetry.Sdk;

/// <summary>Sends the log records of a run with the times and the spans of their events.</summary>
internal sealed class RunLogProcessor(BaseExporter<LogRecord> exporter, DeliveryTally tally, TelemetrySettings settings)
    : BatchLogRecordExportProcessor(
        exporter,
        settings.Number("OTEL_BLRP_MAX_QUEUE_SIZE", QueueSize.Usual),
        settings.Number("OTEL_BLRP_SCHEDULE_DELAY", 1000),
        settings.Number("OTEL_BLRP_EXPORT_TIMEOUT", 30_000),
        Math.Min(settings.Number("OTEL_BLRP_MAX_EXPORT_BATCH_SIZE", 512), settings.Number("OTEL_BLRP_MAX_QUEUE_SIZE", QueueSize.Usual)))
{
    /// <inheritdoc/>
    public override void OnEnd(LogRecord data)
    {
        if (data.Attributes is EventLog said)
        {
            data.Timestamp = said.At.UtcDateTime;
            data.TraceId = said.Context.TraceId;
            data.SpanId = said.Context.SpanId;
            data.TraceFlags = said.Context.TraceFlags;
        }

        tally.Give();
        base.OnEnd(data);
    }
}
