using System.Globalization;
using System.Text.Json.Nodes;

namespace Turbulence.Telemetry.Tests;

/// <summary>A fault is linked to the requests of users that were lost while it was in.</summary>
public sealed class HurtTracesTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_fault_is_linked_to_the_traces_of_requests_that_were_lost_meanwhile()
    {
        var file = folder.Write("there", "");
        await using var collector = await Collector.StartAsync();
        await using var service = await Collector.StartAsync();
        service.Status = () => File.Exists(file) ? 200 : 503;
        var (exit, said) = await ChaosProgram.RunAsync(
            folder,
            string.Create(CultureInfo.InvariantCulture, $$"""
                { "title": "t", "description": "d", "method": [
                  { "type": "action", "name": "users", "background": true,
                    "provider": { "type": "load", "url": "{{service.Endpoint}}/", "rate": 50, "duration": 3 } },
                  { "type": "action", "name": "take-it-away", "pauses": { "before": 1, "after": 1 },
                    "provider": { "type": "fault", "kind": "file.missing", "arguments": { "path": "{{file}}" }, "duration": 0.5 } } ] }
                """),
            ("OTEL_EXPORTER_OTLP_ENDPOINT", collector.Endpoint));
        Assert.True(exit == 0, said);

        var fault = Assert.Single(collector.Spans, span => span.Name == "fault file.missing");
        var links = fault.Links.Where(static link => Equals(link.Attributes["turbulence.link"], "lost")).ToList();
        Assert.Equal(16, links.Count);
        Assert.All(links, link => Assert.Contains($"00-{link.Trace}-{link.Span}-01", service.Traces));
        Assert.DoesNotContain(links, link => link.Trace == fault.Trace);
        var cost = JsonNode.Parse(File.ReadAllText(folder["journal.json"]))!["run"]![0]!["output"]!["faults"]![0]!;
        Assert.Equal(links.Select(static link => $"00-{link.Trace}-{link.Span}-01"), cost["lost_traces"]!.AsArray().Select(static one => (string?)one));

        var requests = collector.Metrics.Single(static metric => metric.Name == "turbulence.load.requests").Points;
        Assert.Equal(150, requests.Sum(static point => point.Value));
        Assert.All(requests, static point => Assert.Equal("users", point.Attributes["turbulence.load.name"]));
    }
}
