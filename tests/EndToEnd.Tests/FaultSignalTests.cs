using Turbulence.Platform.Processes;

namespace EndToEnd.Tests;

/// <summary>
/// A signal, once or twice, in every phase of a run that has a fault in: it is taken back, the journal is whole, and the exit code is 4.
/// </summary>
public sealed class FaultSignalTests : IDisposable
{
    // Promised are two seconds and the rollbacks' own time; what a loaded machine adds is its own.
    private static readonly TimeSpan Promise = TimeSpan.FromSeconds(Environment.GetEnvironmentVariable("STRICT_TIMES") is null ? 20 : 2);

    private readonly Room room = new();

    // With five of these steps each phase is met, each signal, and both numbers.
    public static IEnumerable<TheoryDataRow<string, PosixSignalNumber, int>> Cases =>
        Share.Of<TheoryDataRow<string, PosixSignalNumber, int>[]>(
        [.. from phase in (string[])["gate", "method", "pause", "after", "rollbacks", "closing"]
            from signal in (PosixSignalNumber[])[PosixSignalNumber.Interrupt, PosixSignalNumber.Terminate, PosixSignalNumber.Hangup]
            from times in (int[])[1, 2]
            select new TheoryDataRow<string, PosixSignalNumber, int>(phase, signal, times)],
        7);

    public void Dispose() => room.Dispose();

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task What_was_injected_is_taken_back_and_the_journal_is_whole(string phase, PosixSignalNumber signal, int times)
    {
        await using var victim = await Victim.StartAsync(room);
        room.Write("e.yaml", Experiment(phase));
        await using var run = ChaosRun.Start(room, "run", "e.yaml");
        await run.UntilAsync(() => File.Exists(room.File("waiting")));
        Assert.Equal(phase is not ("gate" or "closing"), victim.IsStopped);

        var began = TimeProvider.System.GetTimestamp();
        for (var i = 0; i < times; i++)
        {
            run.Signal(signal);
        }

        room.Write("go", "");
        var end = await run.EndAsync();
        var took = TimeProvider.System.GetElapsedTime(began);

        Assert.True(end.ExitCode == 4, end.Said);
        Assert.True(took < Promise, $"{took}");
        Assert.False(victim.IsStopped);
        var journal = room.Journal();
        Assert.Equal("interrupted", journal["status"]!.GetValue<string>());
        Assert.Equal("ended", journal["turbulence"]!["state"]!.GetValue<string>());
        if (phase != "gate")
        {
            Assert.Equal("confirmed", journal["turbulence"]!["faults"]![0]!["state"]!.GetValue<string>());
            Assert.True(File.Exists(room.File("rolled-back")));
        }

        Assert.Empty(Directory.Exists(Path.Combine(room.State, "faults")) ? Directory.GetFiles(Path.Combine(room.State, "faults")) : []);
        Assert.Empty(room.Processes());
    }

    [Fact]
    public async Task A_service_without_an_address_that_an_undo_started_again_is_stopped_with_the_run()
    {
        room.Write("e.yaml", """
            title: t
            description: d
            extensions: [{ name: turbulence, services: { sleeper: { run: [sleep, "1000"] } } }]
            method:
              - { type: action, name: kill, provider: { type: fault, kind: process.kill, arguments: { service: sleeper } } }
              - { type: probe, name: look, tolerance: 0, provider: { type: process, path: "true" } }
            """);
        var end = await ChaosRun.RunAsync(room, "run", "e.yaml");
        Assert.True(end.ExitCode == 0, end.Said);
        Assert.Contains("is taken back", end.Said, StringComparison.Ordinal);
        Assert.Empty(room.Processes());
    }

    // The probe is asked before the method, after it, and after everything was taken back: it hangs the time that the phase says.
    private static string Experiment(string phase)
    {
        var hanging = phase switch { "gate" => 1, "after" => 2, "closing" => 3, _ => 0 };
        const string Hang = "{ touch waiting; exec sleep 1000; }";
        return $$"""
            title: t
            description: d
            steady-state-hypothesis:
              title: h
              probes:
                - type: probe
                  name: p
                  tolerance: 0
                  provider: { type: process, path: sh, arguments: [-c, 'echo x >> asked; [ $(wc -l < asked) != {{hanging}} ] || {{Hang}}'] }
            method:
            {{Victim.Pause}}  - { type: action, name: m, provider: { type: process, path: sh, arguments: [-c, '{{(phase == "method" ? Hang : phase == "pause" ? "touch waiting" : "true")}}'] }, pauses: { after: {{(phase == "pause" ? 1000 : 0)}} } }
            rollbacks:
              - { type: action, name: r, provider: { type: process, path: sh, arguments: [-c, '{{(phase == "rollbacks" ? "touch waiting; while [ ! -e go ]; do sleep 0.01; done; " : "")}}touch rolled-back'] } }
            """;
    }
}
