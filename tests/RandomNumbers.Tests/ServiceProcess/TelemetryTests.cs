using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using RandomNumbers.ServiceProcess;

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

    [Fact]
    public async Task A_receiver_that_hangs_is_not_waited_for_at_the_end()
    {
        // OpenTelemetry blocks the thread on which it is disposed of.
        using var isHeard = new ManualResetEventSlim();
        var blocked = new TaskCompletionSource();
        await ServiceHost.CloseAsync(new Blocking(isHeard, blocked), TimeSpan.FromMilliseconds(1));
        isHeard.Set();
        await blocked.Task.WaitAsync(Deadline.Token);
    }

    [Fact]
    public async Task Variables_that_cannot_be_done_are_told_in_one_line()
    {
        var end = await Programs.RunAsync(folder.Path, Programs.RandServer, new()
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = "http://127.0.0.1:1",
            ["OTEL_EXPORTER_OTLP_HEADERS"] = "no header",
        }, ["0", "primary"]);
        Assert.Equal((1, ""), (end.ExitCode, end.Output));
        Assert.StartsWith(
            "primary cannot start: what the variables OTEL_… say cannot be done: ",
            Assert.Single(end.Error.TrimEnd().Split('\n')),
            StringComparison.Ordinal);
    }

    private sealed class Blocking(ManualResetEventSlim end, TaskCompletionSource ended) : IAsyncDisposable
    {
        public ValueTask DisposeAsync()
        {
            end.Wait(Deadline.Token);
            ended.SetResult();
            return ValueTask.CompletedTask;
        }
    }
}
