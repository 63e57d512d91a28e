using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace RandomNumbers.ServiceProcess;

/// <summary>
/// Metrics and traces by OpenTelemetry, sent by OTLP to where <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> says; the other variables of
/// OpenTelemetry count as well. Without that one nothing of it is loaded, and no start is slower for it.
/// </summary>
internal static class Telemetry
{
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>True where somebody wants to hear.</summary>
    public static bool IsWanted => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(Endpoint));

    /// <summary>Adds what ASP.NET Core, HttpClient and Polly say of themselves.</summary>
    /// <param name="services">Where it goes.</param>
    /// <param name="name">The service's name.</param>
    public static void Add(IServiceCollection services, string name) => services.AddOpenTelemetry()
        .ConfigureResource(resource => resource.AddService(name))
        .WithMetrics(static metrics => metrics
            .AddMeter("Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Net.Http", "Polly")
            .AddOtlpExporter())
        .WithTracing(static traces => traces.AddSource("Microsoft.AspNetCore", "System.Net.Http").AddOtlpExporter());
}
