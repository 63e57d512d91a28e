using System.Globalization;
using System.Text.Json.Nodes;

namespace Turbulence.Telemetry.Tests;

/// <summary>A collector sees the spans, the metrics and the logs of a real run; and nothing where nobody asked for it.</summary>
public sealed class SentTelemetryTests : IDisposable
{
    private const string CiTrace = "0af7651916cd43dd8448eb211c80319c";
    private const string CiSpan = "b7ad6b7169203331";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(false)]
    [GateData(true)]
    public async Task A_collector_sees_run_phases_activities_and_faults_as_one_trace_over_http_and_over_grpc(bool isGrpc)
    {
        await using var collector = await Collector.StartAsync(isGrpc);
        await using var service = await Collector.StartAsync();
        var before = Now();
        var (exit, said) = await ChaosProgram.RunAsync(
            folder,
            Experiment(service),
            ("OTEL_EXPORTER_OTLP_ENDPOINT", collector.Endpoint),
            ("OTEL_EXPORTER_OTLP_PROTOCOL", isGrpc ? "grpc" : "http/protobuf"),
            ("OTEL_EXPORTER_OTLP_HEADERS", "x-key=a%20key"),
            ("OTEL_SERVICE_NAME", "nightly"),
            ("OTEL_RESOURCE_ATTRIBUTES", "deployment.environment.name=test,service.name=other"));
        Assert.True(exit == 0, said);
        Assert.DoesNotContain("elemetry", said, StringComparison.Ordinal);

        var spans = collector.Spans;
        var run = Assert.Single(spans, span => span.Parent.Length == 0);
        Assert.Equal("run A file that is missing is noticed", run.Name);
        Assert.All(spans, span => Assert.Equal(run.Trace, span.Trace));
        Assert.Equal(("passed", 0L, 7L, "completed"), (run["turbulence.run.verdict"], run["turbulence.run.exit_code"], run["turbulence.run.seed"], run["turbulence.run.status"]));
        Assert.Equal(0, run.Status);
        Assert.InRange(run.Start, before, Now());
        Assert.InRange(run.End, run.Start, Now());

        var method = Assert.Single(spans, span => span.Name == "method");
        Assert.Equal(run.Id, method.Parent);
        var action = Assert.Single(spans, span => span.Name == "action take-it-away");
        Assert.Equal((method.Id, "fault", "succeeded", "method"), (
            action.Parent, action["turbulence.activity.provider"], action["turbulence.activity.status"], action["turbulence.phase"]));
        var gate = Assert.Single(spans, span => span.Name == "gate");
        var probe = Assert.Single(spans, span => span.Name == "probe is-well" && span.Parent == gate.Id);
        Assert.Equal((true, "exit status of the process: expected 0, got 0"), (
            probe["turbulence.activity.tolerance_met"], probe["turbulence.activity.tolerance"]));
        Assert.All(spans, span => Assert.True(span.Start >= run.Start && span.End <= run.End, span.Name));

        var fault = Assert.Single(spans, span => span.Name == "fault file.missing");
        Assert.Equal(run.Id, fault.Parent);
        Assert.Equal(
            ["planned", "injecting", "effective", "reverting", "reverted", "confirmed"], fault.Events.Select(one => one.Name).Distinct());
        Assert.Equal(("confirmed", false), (fault["turbulence.fault.state"], fault["turbulence.fault.outstanding"]));
        Assert.InRange(fault.Start, action.Start, action.End);
        Assert.InRange(fault.End, method.Start, run.End);
        Assert.Equal(fault.Events[^1].At, fault.End);

        var asked = Assert.Single(spans, span => span.Name == "probe ask");
        Assert.Equal(3, asked.Kind);
        Assert.Equal([$"00-{asked.Trace}-{asked.Id}-01"], service.Traces);

        var metrics = collector.Metrics.ToDictionary(metric => metric.Name);
        Assert.Equal("s", metrics["turbulence.activity.duration"].Unit);
        var took = Assert.Single(metrics["turbulence.activity.duration"].Points, point => Equals(point.Attributes["turbulence.activity.name"], "ask"));
        Assert.Equal((1UL, "succeeded"), (took.Count, took.Attributes["turbulence.activity.status"]));
        Assert.Equal(("{run}", 1d), (metrics["turbulence.runs"].Unit, Assert.Single(metrics["turbulence.runs"].Points).Value));
        Assert.Equal(0d, Assert.Single(metrics["turbulence.fault.active"].Points).Value);
        Assert.Equal("effective", Assert.Single(metrics["turbulence.faults"].Points).Attributes["turbulence.fault.effect"]);

        var logs = collector.Logs;
        Assert.All(logs, log => Assert.Equal(run.Trace, log.Trace));
        var ended = Assert.Single(logs, log => log.Event == "turbulence.run-ended");
        Assert.Equal(("The run has ended: passed", 9, run.End, run.Id), (ended.Body, ended.Severity, ended.At, ended.Span));
        Assert.Single(logs, log => log.Event == "turbulence.activity-ended" && log.Span == asked.Id);
        Assert.Contains(logs, log => log.Event == "turbulence.fault-changed" && log.Span == fault.Id);

        Assert.Equal(("nightly", "test"), (collector.Resource["service.name"], collector.Resource["deployment.environment.name"]));
        Assert.All(collector.Requests, request => Assert.Contains("x-key: a key", request.Headers, StringComparison.Ordinal));
        Assert.All(collector.Requests, request => Assert.DoesNotContain("traceparent", request.Headers, StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData(null, null)]
    [GateData("OTEL_SDK_DISABLED", "true")]
    [InlineData("OTEL_TRACES_EXPORTER", "none")]
    public async Task Nothing_is_sent_and_no_request_names_a_trace_where_nobody_asked(string? name, string? value)
    {
        await using var collector = await Collector.StartAsync();
        await using var service = await Collector.StartAsync();
        (string, string)[] environment = name is null
            ? [("OTEL_SERVICE_NAME", "nightly"), ("TRACEPARENT", $"00-{CiTrace}-{CiSpan}-01")]
            : [("OTEL_EXPORTER_OTLP_ENDPOINT", collector.Endpoint), ("OTEL_METRICS_EXPORTER", "none"), ("OTEL_LOGS_EXPORTER", "none"), (name, value!)];
        if (name == "OTEL_SDK_DISABLED")
        {
            environment = [environment[0], environment[3]];
        }

        var (exit, said) = await ChaosProgram.RunAsync(folder, Experiment(service), environment);

        Assert.True(exit == 0, said);
        Assert.Equal([""], service.Traces);
        Assert.Empty(collector.Requests);
        Assert.DoesNotContain("elemetry", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("01", true)]
    [GateData("00", false)]
    public async Task The_run_belongs_to_what_the_environment_says_and_is_sampled_as_that_is(string flags, bool isSent)
    {
        await using var collector = await Collector.StartAsync();
        await using var service = await Collector.StartAsync();
        var (exit, said) = await ChaosProgram.RunAsync(
            folder,
            Experiment(service),
            ("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", $"{collector.Endpoint}/v1/traces"),
            ("TRACEPARENT", $"00-{CiTrace}-{CiSpan}-{flags}"));
        Assert.True(exit == 0, said);

        Assert.Equal(isSent, collector.Spans.Any(span => span.Parent == CiSpan && span.Name.StartsWith("run ", StringComparison.Ordinal)));
        Assert.All(collector.Spans, span => Assert.Equal(CiTrace, span.Trace));
        Assert.All(collector.Requests, request => Assert.Equal("/v1/traces", request.Path));
        Assert.StartsWith($"00-{CiTrace}-", Assert.Single(service.Traces), StringComparison.Ordinal);
        Assert.EndsWith($"-{flags}", service.Traces[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_traceparent_that_the_experiment_gives_wins_and_no_secret_is_sent()
    {
        const string Own = "00-11111111111111111111111111111111-2222222222222222-00";
        await using var collector = await Collector.StartAsync();
        await using var service = await Collector.StartAsync();
        var experiment = JsonNode.Parse(Experiment(service))!;
        experiment["secrets"] = JsonNode.Parse("""{ "app": { "word": "hunter22-long" } }""");
        var provider = experiment["method"]![1]!["provider"]!;
        provider["headers"] = new JsonObject { ["TraceParent"] = Own };
        provider["secrets"] = new JsonArray("app");
        provider["url"] = $"{service.Endpoint}/${{word}}";
        experiment["method"]![1]!["name"] = "ask hunter22-long";
        experiment["method"]![1]!["tolerance"] = 418;
        var (exit, said) = await ChaosProgram.RunAsync(
            folder, experiment.ToJsonString(), ("OTEL_EXPORTER_OTLP_ENDPOINT", collector.Endpoint));

        Assert.True(exit == 1, said);
        Assert.Equal([Own], service.Traces);
        Assert.DoesNotContain("hunter22", collector.Raw, StringComparison.Ordinal);
        var hurt = Assert.Single(collector.Spans, span => span.Name == "probe ask *****");
        Assert.Equal((2, "tolerance"), (hurt.Status, hurt["error.type"]));
        var fault = Assert.Single(collector.Spans, span => span.Name == "fault file.missing");
        Assert.Contains(fault.Links, link => link.Trace == hurt.Trace && link.Span == hurt.Id && Equals(link.Attributes["turbulence.link"], "missed-meanwhile"));
        Assert.Contains(collector.Logs, log => log.Severity == 17 && log.Body.StartsWith("The run has ended: deviated", StringComparison.Ordinal));
    }

    private static ulong Now() => (ulong)(TimeProvider.System.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * 100;

    private string Experiment(Collector service)
    {
        var file = folder.Write("there", "");
        return string.Create(CultureInfo.InvariantCulture, $$"""
            {
              "title": "A file that is missing is noticed",
              "description": "d",
              "steady-state-hypothesis": { "title": "there", "probes": [
                { "type": "probe", "name": "is-well", "tolerance": 0, "provider": { "type": "process", "path": "true" } } ] },
              "method": [
                { "type": "action", "name": "take-it-away", "provider": { "type": "fault", "kind": "file.missing", "arguments": { "path": "{{file}}" } } },
                { "type": "probe", "name": "ask", "tolerance": 200, "provider": { "type": "http", "url": "{{service.Endpoint}}/" } } ],
              "rollbacks": []
            }
            """);
    }
}
