using System.Diagnostics;
using OpenTelemetry;
using Turbulence.Telemetry.Delivery;
using Turbulence.Telemetry.Settings;

namespace Turbulence.Telemetry.Sdk;

/// <summary>Sends the spans of one run, and none of another that goes on in the same process.</summary>
internal sealed class RunSpanProcessor(
    BaseExporter<Activity> exporter, ActivitySource source, DeliveryTally tally, TelemetrySettings settings)
    : BatchActivityExportProcessor(
        exporter,
        settings.Number("OTEL_BSP_MAX_QUEUE_SIZE", QueueSize.Usual),
        settings.Number("OTEL_BSP_SCHEDULE_DELAY", 5000),
        settings.Number("OTEL_BSP_EXPORT_TIMEOUT", 30_000),
        Math.Min(settings.Number("OTEL_BSP_MAX_EXPORT_BATCH_SIZE", 512), settings.Number("OTEL_BSP_MAX_QUEUE_SIZE", QueueSize.Usual)))
{
    /// <inheritdoc/>
    public override void OnEnd(Activity data)
    {
        if (ReferenceEquals(data.Source, source) && data.Recorded)
        {
            tally.Give();
            base.OnEnd(data);
        }
    }
}
