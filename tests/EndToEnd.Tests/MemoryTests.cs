using System.Globalization;

namespace EndToEnd.Tests;

/// <summary>What a run takes of the machine that it shares with the system under test.</summary>
public sealed class MemoryTests : IDisposable
{
    private readonly Room room = new();

    public void Dispose() => room.Dispose();

    [GateFact]
    public async Task Large_outputs_that_come_together_are_made_records_one_after_another()
    {
        Needs.That(OperatingSystem.IsLinux(), "only Linux tells what a process held at most");
        const int Outputs = 20;
        const long Kilobytes = 8 * 1024;
        room.Write("lines", string.Concat(Enumerable.Repeat($"{new string('x', 90)} \"hunter22\"\n", 1 + (int)(Kilobytes * 1024 / 102)))[
            ..(int)(Kilobytes * 1024)]);
        var probes = string.Join(",\n", Enumerable.Range(0, Outputs).Select(i =>
            $$"""{ "type": "probe", "name": "p{{i}}", "background": true, "provider": { "type": "process", "path": "cat", "arguments": "lines" } }"""));
        room.Write("e.json", $$"""
            { "title": "t", "description": "d", "secrets": { "all": { "password": "hunter22" } },
              "method": [ {{probes}} ],
              "rollbacks": [{ "type": "action", "name": "look", "provider": { "type": "process", "path": "sh", "arguments": ["-c", "grep VmHWM /proc/$PPID/status"] } }] }
            """);

        var end = await ChaosRun.RunAsync(room, "run", "e.json");

        Assert.True(end.ExitCode == 0, end.Said);
        var peak = room.Journal()["rollbacks"]![0]!["output"]!["stdout"]!
            .GetValue<string>()
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)[1];

        // What came is held as bytes, which is one time all of it, and one of them as text. The program alone takes a bit more than 100 MB
        // when its code is compiled as it runs.
        Assert.InRange(long.Parse(
            peak.Split('\t')[^1], CultureInfo.InvariantCulture), Outputs * Kilobytes / 2, (200 * 1024) + (3 * Outputs * Kilobytes));
    }
}
