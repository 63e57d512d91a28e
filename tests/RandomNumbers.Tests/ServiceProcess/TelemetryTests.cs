using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace RandomNumbers.Tests.ServiceProcess;

public sealed class TelemetryTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Metrics_and_traces_go_where_the_standard_variable_says()
    {
        var paths = new ConcurrentDictionary<string, bool>();
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore();
        await using var collector = builder.Build();
        collector.Urls.Add("http://127.0.0.1:0");
        collector.Run(context =>
        {
            paths.TryAdd(context.Request.Path.Value!, true);
            return Task.CompletedTask;
        });
        await collector.StartAsync(Deadline.Token);

        await using var server = await RunningService.RandServerAsync(
            folder,
            environment: new()
            {
                ["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Urls.First(),
                ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
            });
        using var answer = await server.PostAsync("""{"content": 10}""");

        // What is left is sent when the service stops.
        Assert.Equal(0, await server.EndAsync("TERM"));
        Assert.Equal(["/v1/metrics", "/v1/traces"], paths.Keys.Order(StringComparer.Ordinal));
    }
}
