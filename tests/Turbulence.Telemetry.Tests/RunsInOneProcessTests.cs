using System.Diagnostics;
using Turbulence.Events;
using Turbulence.Runs;
using Turbulence.Runs.Requests;

namespace Turbulence.Telemetry.Tests;

/// <summary>The library's runs: several in one process, long ones, and one in a program with OpenTelemetry of its own.</summary>
public sealed class RunsInOneProcessTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private RunPlace Place => new() { Folder = folder.Path, StateFolder = folder["state"] };

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Two_runs_at_once_are_two_traces_and_each_is_sent_where_it_belongs()
    {
        await using var first = await Collector.StartAsync();
        await using var second = await Collector.StartAsync();
        using var both = new Barrier(2);
        var lost = await Task.WhenAll(SendAsync(first, "one", both), SendAsync(second, "two", both));

        Assert.Equal(["", ""], lost);
        foreach (var (collector, title) in new[] { (first, "one"), (second, "two") })
        {
            Assert.Single(collector.Spans, span => span.Parent.Length == 0);
            Assert.Equal($"run {title}", collector.Spans.Single(span => span.Parent.Length == 0).Name);
            Assert.Equal(3, collector.Spans.Count);
            Assert.All(collector.Logs, log => Assert.Equal(collector.Spans[0].Trace, log.Trace));
            Assert.Equal(1, collector.Metrics.Single(metric => metric.Name == "turbulence.runs").Points.Single().Value);
        }

        Assert.NotEqual(first.Spans[0].Trace, second.Spans[0].Trace);
    }

    [Fact]
    public async Task All_of_ten_thousand_activities_arrive()
    {
        const int Activities = 10_000;
        await using var collector = await Collector.StartAsync();
        var lost = await SendAsync(collector, "many", null, Activities);
        Assert.Equal("", lost);
        Assert.Equal(Activities + 2, collector.Spans.Count);
        Assert.Equal(Activities, collector.Spans.Select(static span => span.Id).Distinct().Count() - 2);
        var duration = collector.Metrics.Single(static metric => metric.Name == "turbulence.activity.duration");
        Assert.Equal((ulong)Activities, duration.Points.Aggregate(0UL, static (sum, point) => sum + point.Count));
    }

    [GateFact]
    public async Task What_does_not_fit_into_the_queue_is_counted()
    {
        await using var collector = await Collector.StartAsync();
        collector.Instead = async context =>
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, context.RequestAborted);
            return false;
        };
        var lost = await SendAsync(
            collector, "many", null, 5000, ("OTEL_BSP_MAX_QUEUE_SIZE", "64"), ("OTEL_BLRP_MAX_QUEUE_SIZE", "100000"));
        var arrived = collector.Spans.Count;
        Assert.InRange(arrived, 1, 5001);
        Assert.Contains($"{5002 - arrived} of 5002 spans were not taken", lost, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_with_telemetry_of_its_own_gets_the_run_within_its_span()
    {
        List<Activity> ended = [];
        using var listener = new ActivityListener
        {
            ShouldListenTo = static source => source.Name == RunTelemetry.Name,
            Sample = static (ref _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = span =>
            {
                lock (ended)
                {
                    ended.Add(span);
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
        await using var service = await Collector.StartAsync();
        using var around = new Activity("test").SetIdFormat(ActivityIdFormat.W3C).Start();
        using var telemetry = new RunTelemetry();
        await using var run = await Chaos.Experiment("mine")
            .Method(method => method.Http("ask", service.Endpoint, 200))
            .PrepareAsync(place: Place);
        var outcome = await run.RunAsync([telemetry], TestContext.Current.CancellationToken);

        Assert.Equal(Verdict.Passed, outcome.Verdict);
        Assert.Same(around, Activity.Current);
        var ours = ended.Where(span => span.TraceId == around.TraceId).ToList();
        Assert.Equal(["probe ask", "method", "run mine"], ours.Select(static span => span.DisplayName));
        Assert.Equal(around.SpanId, ours[2].ParentSpanId);
        Assert.Equal($"00-{around.TraceId}-{ours[0].SpanId}-01", Assert.Single(service.Traces));
    }

    [Fact]
    public async Task An_activity_that_asks_while_nobody_traces_has_no_trace()
    {
        await using var service = await Collector.StartAsync();
        await using var run = await Chaos.Experiment("t")
            .Method(method => method.Http("ask", service.Endpoint, 200))
            .PrepareAsync(place: Place);
        await run.RunAsync(cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal([""], service.Traces);
    }

    private async Task<string> SendAsync(
        Collector collector, string title, Barrier? both, int activities = 1, params (string Name, string Value)[] more)
    {
        Dictionary<string, string> environment = new() { ["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Endpoint };
        foreach (var (name, value) in more)
        {
            environment[name] = value;
        }

        await using var export = TelemetryExport.Begin(environment, Assert.Fail)!;
        await using var run = await Chaos.Experiment(title)
            .Method(method =>
            {
                for (var i = 0; i < activities; i++)
                {
                    method.Action($"act {i}", () => both?.SignalAndWait(TimeSpan.FromMinutes(1)));
                }
            })
            .PrepareAsync(place: Place with { StateFolder = folder[$"state-{title}"] });
        await run.RunAsync([export.Observer], TestContext.Current.CancellationToken);
        return string.Join('\n', await export.EndAsync(TestContext.Current.CancellationToken));
    }
}
