using System.Diagnostics;
using System.Security.Cryptography;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Exporter;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Turbulence.Telemetry.Delivery;
using Turbulence.Telemetry.Sdk;
using Turbulence.Telemetry.Settings;

namespace Turbulence.Telemetry;

/// <summary>
/// Sends the telemetry of one run by OTLP, where the standard variables of the environment ask for it: for programs without OpenTelemetry
/// of their own. Nothing of it holds a run up: queues are bounded, what does not fit is lost and counted, and the end waits five seconds at
/// most.
/// </summary>
public sealed class TelemetryExport : IAsyncDisposable
{
    private readonly DeliveryEnding ending = new();
    private readonly List<DeliveryTally> tallies = [];
    private readonly TimeProvider time;
    private readonly TelemetrySettings settings;
    private TracerProvider? traces;
    private MeterProvider? metrics;
    private ILoggerFactory? logs;
    private bool hasEnded;

    private TelemetryExport(TelemetrySettings settings, TimeProvider time, string version)
    {
        this.settings = settings;
        this.time = time;
        var resource = ResourceBuilder
            .CreateEmpty()
            .AddTelemetrySdk()
            .AddService("turbulence", serviceVersion: version, serviceInstanceId: Guid.NewGuid().ToString("D"))
            .AddAttributes(ResourceAttributes.In(settings));
        var logger = settings.Logs is { } target ? Logger(target, resource) : null;
        ActivityContext.TryParse(settings.Parent, settings.ParentState, isRemote: true, out var parent);
        Observer = new RunTelemetry(parent, logger, version) { Propagates = settings.Propagates };
        if (settings.Traces is { } tracing)
        {
            traces = Tracer(tracing, resource);
        }

        if (settings.Metrics is { } metering)
        {
            metrics = Meterer(metering, resource);
        }
    }

    /// <summary>Observes the run.</summary>
    public RunTelemetry Observer { get; }

    /// <summary>Makes ready what the environment asks for.</summary>
    /// <param name="environment">The environment, by OpenTelemetry's specification.</param>
    /// <param name="warn">Told what of it cannot be followed, one line each.</param>
    /// <param name="time">The clock. Default: the system's.</param>
    /// <param name="version">The version of the program. Default: that of this library.</param>
    /// <returns>Null where nothing is asked for: the SDK is not touched then.</returns>
    public static TelemetryExport? Begin(
        IReadOnlyDictionary<string, string> environment, Action<string> warn, TimeProvider? time = null, string? version = null)
    {
        ArgumentNullException.ThrowIfNull(environment);
        ArgumentNullException.ThrowIfNull(warn);
        var settings = TelemetrySettings.Read(environment);
        TelemetryExport? export = null;
        if (settings.IsOn)
        {
            try
            {
                version ??= typeof(TelemetryExport).Assembly.GetName().Version?.ToString(3) ?? "0.0.0";
                export = new TelemetryExport(settings, time ?? TimeProvider.System, version);
            }
            catch (Exception problem) when (problem
                is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
            {
                warn($"Telemetry is not sent: {problem.Message}");
            }
        }

        foreach (var problem in settings.Problems.Distinct())
        {
            warn(problem);
        }

        return export;
    }

    /// <summary>Sends what is left, within five seconds.</summary>
    /// <param name="cancellationToken">Ends the waiting at once.</param>
    /// <returns>What was lost, one line for each signal; empty where everything was taken.</returns>
    public async Task<IReadOnlyList<string>> EndAsync(CancellationToken cancellationToken = default)
    {
        if (hasEnded)
        {
            return [];
        }

        hasEnded = true;
        Observer.Dispose();
        ending.Begin();
        var milliseconds = (int)DeliveryEnding.Patience.TotalMilliseconds;
        Action[] parts =
        [
            () => traces?.Shutdown(milliseconds),
            () => metrics?.Shutdown(milliseconds),
            () => logs?.Dispose(),
        ];

        // Each on a thread of its own: what waits for a collector waits on it.
        var all = Task.WhenAll(parts.Select(static part => Task.Factory.StartNew(
            part, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)));
        await all.WaitAsync(DeliveryEnding.Patience, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        ending.Finish();
        return [.. tallies.Select(static tally => tally.Loss).OfType<string>()];
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        ending.Finish();
    }

    private TracerProvider Tracer(OtlpTarget target, ResourceBuilder resource)
    {
        var tally = Tally("spans", target);
        return OpenTelemetry.Sdk
            .CreateTracerProviderBuilder()
            .ConfigureServices(services => services.AddSingleton(Configuration()))
            .SetResourceBuilder(resource)
            .AddSource(RunTelemetry.Name)
            .AddProcessor(new RunSpanProcessor(
                new OtlpTraceExporter(OtlpOptions.Of(target, tally, ending, time)), Observer.Source, tally, settings))
            .Build();
    }

    private MeterProvider Meterer(OtlpTarget target, ResourceBuilder resource)
    {
        var temporality = settings.Text("OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE")?.ToUpperInvariant();
        var tally = Tally("metrics", target, isWhole: true);
        var meter = Observer.Meter;
        return OpenTelemetry.Sdk
            .CreateMeterProviderBuilder()
            .ConfigureServices(services => services.AddSingleton(Configuration()))
            .SetResourceBuilder(resource)
            .AddMeter(RunTelemetry.Name)

            // Not those of another run that goes on in the same process.
            .AddView(instrument => ReferenceEquals(instrument.Meter, meter) ? null : MetricStreamConfiguration.Drop)
            .AddReader(new PeriodicExportingMetricReader(
                new OtlpMetricExporter(OtlpOptions.Of(target, tally, ending, time)),
                settings.Number("OTEL_METRIC_EXPORT_INTERVAL", 60_000),
                settings.Number("OTEL_METRIC_EXPORT_TIMEOUT", 30_000))
            {
                TemporalityPreference = temporality switch
                {
                    "DELTA" => MetricReaderTemporalityPreference.Delta,
                    "LOWMEMORY" => MetricReaderTemporalityPreference.LowMemory,
                    _ => MetricReaderTemporalityPreference.Cumulative,
                },
            })
            .Build();
    }

    private ILogger Logger(OtlpTarget target, ResourceBuilder resource)
    {
        var tally = Tally("log records", target);
        logs = LoggerFactory.Create(building => building.AddOpenTelemetry(options =>
        {
            options.IncludeFormattedMessage = true;
            options.SetResourceBuilder(resource);
            options.AddProcessor(new RunLogProcessor(new OtlpLogExporter(OtlpOptions.Of(target, tally, ending, time)), tally, settings));
        }));
        return logs.CreateLogger(RunTelemetry.Name);
    }

    private DeliveryTally Tally(string name, OtlpTarget target, bool isWhole = false)
    {
        var tally = new DeliveryTally(name, target, isWhole);
        tallies.Add(tally);
        return tally;
    }

    private IConfiguration Configuration() => new ConfigurationBuilder().AddInMemoryCollection(settings.ForSdk).Build();
}
