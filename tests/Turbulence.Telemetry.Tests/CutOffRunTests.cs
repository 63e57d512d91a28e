using System.Globalization;
using Turbulence.Platform.Processes;

namespace Turbulence.Telemetry.Tests;

/// <summary>What a collector sees of a run that does not come to its end, and what is loaded where nobody asked for telemetry.</summary>
public sealed class CutOffRunTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task An_interrupted_run_is_sent_whole_and_says_what_was_interrupted()
    {
        await using var collector = await Collector.StartAsync();
        await using var program = await WaitingAsync(collector);
        program.Signal(PosixSignalNumber.Interrupt);
        var (exit, said) = await program.EndAsync();
        Assert.True(exit == 4, said);

        var run = Assert.Single(collector.Spans, span => span.Parent.Length == 0);
        Assert.Equal(("interrupted", 4L, 2), (run["turbulence.run.verdict"], run["turbulence.run.exit_code"], run.Status));
        Assert.Contains(run.Events, one => one.Name == "run-interrupted");
        var wait = Assert.Single(collector.Spans, span => span.Name == "action wait");
        Assert.Equal(("interrupted", 2), (wait["turbulence.activity.status"], wait.Status));
        Assert.Contains(collector.Logs, log => log.Event == "turbulence.run-interrupted" && log.Trace == run.Trace);
        Assert.DoesNotContain("elemetry", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_a_run_that_is_killed_what_had_ended_was_sent_and_its_log_says_which_faults_were_in()
    {
        await using var collector = await Collector.StartAsync();
        await using var program = await WaitingAsync(collector, ("OTEL_BSP_SCHEDULE_DELAY", "50"), ("OTEL_BLRP_SCHEDULE_DELAY", "50"));
        await Eventually.HoldsAsync(() => collector.Spans.Count == 1
            && collector.Logs.Any(log => log.Event == "turbulence.activity-started" && log.Body == "Action 'wait' begins"));
        program.Signal(PosixSignalNumber.Kill);
        await program.EndAsync();

        Assert.Equal("action take-it-away", Assert.Single(collector.Spans).Name);
        Assert.Contains(collector.Logs, log => log.Event == "turbulence.fault-changed" && Equals(log.Attributes["turbulence.fault.state"], "effective"));
        await Eventually.HoldsAsync(() => File.Exists(folder["there"]));
    }

    [Theory]
    [InlineData(false)]
    [GateData(true)]
    public async Task The_SDK_is_loaded_where_it_is_asked_for_alone(bool isOn)
    {
        // What is shipped is one file; this is the program in its parts.
        await using var collector = await Collector.StartAsync();
        folder.Write("experiment.json", """
            { "title": "t", "description": "d", "method": [
              { "type": "action", "name": "look", "provider": { "type": "process", "path": "sh", "arguments": ["-c", "cat /proc/$PPID/maps > maps"] } } ] }
            """);
        await using var program = ChaosProgram.StartProgram(
            BuiltProgram.Built("Turbulence.Cli", "chaos"),
            folder,
            isOn ? new Dictionary<string, string> { ["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Endpoint } : [],
            "run",
            "experiment.json");
        var (exit, said) = await program.EndAsync();
        Assert.True(exit == 0, said);
        var maps = File.ReadAllText(folder["maps"]);
        Assert.Contains("/Turbulence.Runs.dll", maps, StringComparison.Ordinal);
        Assert.Equal(isOn, maps.Contains("/OpenTelemetry.dll", StringComparison.Ordinal));
        Assert.Equal(isOn, maps.Contains("/Microsoft.Extensions.DependencyInjection", StringComparison.Ordinal));
    }

    private async Task<ChaosProgram> WaitingAsync(Collector collector, params (string Name, string Value)[] more)
    {
        var file = folder.Write("there", "");
        folder.Write("experiment.json", string.Create(CultureInfo.InvariantCulture, $$"""
            { "title": "t", "description": "d", "method": [
              { "type": "action", "name": "take-it-away", "provider": { "type": "fault", "kind": "file.missing", "arguments": { "path": "{{file}}" } } },
              { "type": "action", "name": "wait", "provider": { "type": "process", "path": "sh", "arguments": ["-c", "touch waiting; exec sleep 600"] } } ] }
            """));
        var environment = more.Append(("OTEL_EXPORTER_OTLP_ENDPOINT", collector.Endpoint)).ToDictionary(one => one.Item1, one => one.Item2);
        var program = ChaosProgram.Start(folder, environment, "run", "experiment.json");
        await Eventually.HoldsAsync(() => File.Exists(folder["waiting"]));
        return program;
    }
}
