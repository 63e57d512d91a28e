using System.Net;
using LibraryService.Answers;
using LibraryService.Libraries;
using LibraryService.Telemetry;
using LibraryService.Words;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using OpenTelemetry;
using OpenTelemetry.Instrumentation.StackExchangeRedis;
using OpenTelemetry.Trace;

// library-service [--port N] [--words-port N] [--grpc-port N] [--telemetry true] [--sqlite FILE] [--postgres ...] [--mysql ...]
//                 [--redis ...] [--rabbitmq ...] [--nats ...]
// Prints "ready PORT WORDS-PORT GRPC-PORT". A port of 0, the default, is any. A library whose server is not named has no path.
var builder = WebApplication.CreateSlimBuilder(args);
var settings = builder.Configuration;
builder.Logging.SetMinimumLevel(LogLevel.Critical);
builder.WebHost.ConfigureKestrel(server =>
{
    server.Listen(IPAddress.Loopback, settings.GetValue("port", 0));
    server.Listen(IPAddress.Loopback, settings.GetValue("words-port", 0));
    server.Listen(IPAddress.Loopback, settings.GetValue("grpc-port", 0), listening => listening.Protocols = HttpProtocols.Http2);
});
builder.Services.AddHttpClient();
builder.Services.AddGrpc();
var isTelling = settings.GetValue("telemetry", false);
using var spans = new SpanKeeper();
if (isTelling)
{
    builder.Services.AddOpenTelemetry().WithTracing(traces => traces
        .SetSampler(new AlwaysOnSampler())
        .AddAspNetCoreInstrumentation()
        .AddHttpClientInstrumentation()
        .AddRedisInstrumentation(redis => redis.FlushInterval = TimeSpan.FromMilliseconds(50))
        .AddSource(OwnSpanUse.Source, "Npgsql", "MySqlConnector", "NATS.Net", "RabbitMQ.Client.*", "MassTransit", "Grpc.Net.Client")
        .AddProcessor(new SimpleActivityExportProcessor(spans)));
}

await using var service = builder.Build();
Uri[] addresses = [];
var clients = service.Services.GetRequiredService<IHttpClientFactory>();
var uses = LibraryUses.Of(
    settings, clients, () => addresses[1], () => addresses[2],
    isTelling ? service.Services.GetRequiredService<StackExchangeRedisInstrumentation>() : null).ToList();
service.MapGet("/words/{word}", (string word) => word);
service.MapPost("/echo", async (HttpRequest request, CancellationToken cancelling) =>
{
    using var reader = new StreamReader(request.Body);
    return await reader.ReadToEndAsync(cancelling);
});
service.MapGrpcService<WordsService>();
service.MapGet("/traceparent", (HttpRequest request) => request.Headers.TraceParent.ToString());
service.MapGet("/traceparent-sent", (CancellationToken cancelling) =>
    clients.CreateClient().GetStringAsync(new Uri(addresses[1], "/traceparent"), cancelling));
service.MapGet("/spans", () => TypedResults.Json(spans.Take()));
service.MapGet("/uses", () => string.Join('\n', uses.Select(use => use.Name)));
foreach (var use in uses)
{
    service.MapGet($"/{use.Name}", (CancellationToken cancelling) => UseAnswer.OfAsync(use, cancelling));
}

await service.StartAsync();
addresses = [.. service.Urls.Select(url => new Uri(url))];
Console.WriteLine($"ready {string.Join(' ', addresses.Select(address => address.Port))}");
await service.WaitForShutdownAsync();
foreach (var use in uses)
{
    await use.DisposeAsync();
}
