using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;
using Turbulence.Platform.Processes;

namespace Turbulence.Telemetry.Tests;

/// <summary>A collector that is not as it should be changes nothing of a run but what is said of it.</summary>
public sealed class BadCollectorTests : IDisposable
{
    private const string Experiment = """
        { "title": "t", "description": "d", "method": [
          { "type": "action", "name": "first", "provider": { "type": "process", "path": "true" } },
          { "type": "probe", "name": "second", "tolerance": 1, "provider": { "type": "process", "path": "true" } } ] }
        """;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task One_that_is_not_there_is_not_waited_for_and_what_was_lost_is_said()
    {
        var endpoint = $"http://127.0.0.1:{FreePort.Next()}";
        var said = await RunAsync(endpoint);
        Assert.Contains($"Telemetry was lost: 4 of 4 spans were not taken by {endpoint}/v1/traces: Connection refused", said, StringComparison.Ordinal);
        Assert.Matches($"Telemetry was lost: ([0-9]+) of \\1 log records were not taken by {endpoint}/v1/logs", said);
        Assert.Matches($"Telemetry was lost: ([0-9]+) of \\1 metrics were not taken by {endpoint}/v1/metrics", said);
    }

    [Theory]
    [InlineData(500, "it answered with status 500")]
    [GateData(400, "it answered with status 400")]
    [InlineData(401, "it answered with status 401")]
    public async Task What_one_refuses_is_lost_and_not_sent_again(int status, string problem)
    {
        await using var collector = await Collector.StartAsync();
        var asked = 0;
        collector.Instead = context =>
        {
            Interlocked.Increment(ref asked);
            context.Response.StatusCode = status;
            return Task.FromResult(true);
        };

        // Each signal sends once, at the end, however long the run takes on a busy machine.
        var said = await RunAsync(
            collector.Endpoint, ("OTEL_BSP_SCHEDULE_DELAY", "600000"), ("OTEL_BLRP_SCHEDULE_DELAY", "600000"));
        Assert.Contains($"4 of 4 spans were not taken by {collector.Endpoint}/v1/traces: {problem}", said, StringComparison.Ordinal);
        Assert.Equal(3, asked);
    }

    [Theory]
    [InlineData(429, "0")]
    [GateData(503, null)]
    public async Task What_one_has_no_time_for_is_sent_again(int status, string? after)
    {
        await using var collector = await Collector.StartAsync();
        HashSet<string> refused = [];
        collector.Instead = context => Task.FromResult(RefuseOnce(context));
        var said = await RunAsync(collector.Endpoint);
        Assert.DoesNotContain("Telemetry was lost", said, StringComparison.Ordinal);
        Assert.Equal(4, collector.Spans.Count);
        Assert.Equal(3, refused.Count);

        bool RefuseOnce(HttpContext context)
        {
            lock (refused)
            {
                if (!refused.Add(context.Request.Path))
                {
                    return false;
                }
            }

            context.Response.StatusCode = status;
            context.Response.Headers.RetryAfter = after;
            return true;
        }
    }

    [Fact]
    public async Task One_that_wants_more_time_than_there_is_is_not_waited_for()
    {
        await using var collector = await Collector.StartAsync();
        collector.Instead = context =>
        {
            (context.Response.StatusCode, context.Response.Headers.RetryAfter) = (429, "3600");
            return Task.FromResult(true);
        };
        Assert.Contains("4 of 4 spans were not taken", await RunAsync(collector.Endpoint), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_one_rejects_of_a_request_that_it_takes_is_lost_and_no_credential_that_it_repeats_is_shown()
    {
        await using var collector = await Collector.StartAsync();

        // partial_success { rejected: 1, error_message: "no room for Bearer swordfish" }
        collector.Answer = [0x0a, 0x20, 0x08, 0x01, 0x12, 0x1c, .. "no room for Bearer swordfish"u8];
        var said = await RunAsync(collector.Endpoint, ("OTEL_EXPORTER_OTLP_HEADERS", "authorization=Bearer%20swordfish"));
        Assert.Contains(
            $"1 of 4 spans were not taken by {collector.Endpoint}/v1/traces: it rejected 1: no room for *****", said, StringComparison.Ordinal);
        Assert.DoesNotContain("swordfish", said, StringComparison.Ordinal);
        Assert.Contains("authorization: Bearer swordfish", collector.Requests[0].Headers, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData(false)]
    [GateData(true)]
    public async Task One_that_takes_and_says_nothing_holds_a_run_up_for_a_while_and_Ctrl_C_ends_that(bool isInterrupted)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var endpoint = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");
        folder.Write("experiment.json", Experiment);
        await using var program = ChaosProgram.Start(
            folder, new Dictionary<string, string> { ["OTEL_EXPORTER_OTLP_ENDPOINT"] = endpoint }, "run", "experiment.json");
        List<Socket> taken = [];
        if (isInterrupted)
        {
            // The end has begun when all three signals have connected: nothing was sent before.
            for (var i = 0; i < 3; i++)
            {
                taken.Add(await listener.AcceptSocketAsync(TestContext.Current.CancellationToken));
            }

            program.Signal(PosixSignalNumber.Interrupt);
        }

        var (exit, said) = await program.EndAsync();
        Assert.True(exit == 1, said);
        Assert.Contains($"4 of 4 spans were not taken by {endpoint}/v1/traces", said, StringComparison.Ordinal);
        taken.ForEach(static socket => socket.Dispose());
    }

    [Fact]
    public async Task One_that_closes_and_one_that_speaks_something_else_lose_what_they_were_sent()
    {
        await using var collector = await Collector.StartAsync();
        collector.Instead = context =>
        {
            context.Abort();
            return Task.FromResult(true);
        };
        Assert.Contains("4 of 4 spans were not taken", await RunAsync(collector.Endpoint), StringComparison.Ordinal);
        Assert.Contains(
            "4 of 4 spans were not taken", await RunAsync(collector.Endpoint, ("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "collector:4318", "OTEL_EXPORTER_OTLP_ENDPOINT is no URL of http or https; traces are not sent")]
    [GateData("OTEL_EXPORTER_OTLP_CERTIFICATE", "/no/such/file", "Telemetry is not sent: Could not find")]
    [InlineData("OTEL_EXPORTER_OTLP_PROTOCOL", "http/json", "OTEL_EXPORTER_OTLP_PROTOCOL is 'http/json', which is not known here; http/protobuf is used")]
    [GateData("OTEL_BSP_MAX_QUEUE_SIZE", "-1", "OTEL_BSP_MAX_QUEUE_SIZE is '-1', which is no whole number above 0; 16384 is used")]
    [InlineData("OTEL_TRACES_EXPORTER", "zipkin", "OTEL_TRACES_EXPORTER is 'zipkin', which is not known here; traces are not sent")]
    public async Task What_cannot_be_followed_is_said_and_the_run_goes_on(string name, string value, string expected)
    {
        await using var collector = await Collector.StartAsync();
        var said = await RunAsync(collector.Endpoint, (name, value));
        Assert.Contains(expected, said, StringComparison.Ordinal);
    }

    private async Task<string> RunAsync(string endpoint, params (string Name, string Value)[] more)
    {
        var environment = more.Any(static one => one.Name == "OTEL_EXPORTER_OTLP_ENDPOINT")
            ? more
            : [("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint), .. more];
        var (exit, said) = await ChaosProgram.RunAsync(folder, Experiment, environment);
        Assert.True(exit == 1, said);
        return said;
    }
}
