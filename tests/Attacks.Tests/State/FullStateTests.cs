namespace Attacks.Tests.State;

/// <summary>
/// The state folder's disk is full before or while a fault is in: what cannot be written down is not put in, and what is in is taken back.
/// </summary>
public sealed class FullStateTests : IDisposable
{
    private const int NotMounted = 99;
    private const string Fill =
        "  - { type: action, name: fill, provider: { type: process, path: sh, arguments: [-c, 'cat /dev/zero > state/fill; true'] } }\n";
    private const string Kill =
        "  - { type: action, name: kill, provider: { type: process, path: sh, arguments: [-c, 'kill -9 $PPID'] } }\n";
    private const string Looks =
        "steady-state-hypothesis: { title: h, probes: [{ type: probe, name: p, tolerance: 0, provider: { type: process, path: \"true\" } }] }\n";
    private const string Undo =
        "rollbacks:\n  - { type: action, name: undo, provider: { type: process, path: touch, arguments: [rolled-back] } }\n";

    private readonly Room room = new();

    public void Dispose() => room.Dispose();

    [Fact]
    public async Task Full_in_mid_run_costs_neither_the_undo_nor_the_verdict()
    {
        await using var victim = await Victim.StartAsync(room);

        var end = await RunAsync("", Victim.Pause + Fill);

        // What the ledger goes on saying of the fault, where it could not be changed, needs a person.
        Promises.AreKept(room, end, 0, 5);
        Assert.False(victim.IsStopped, end.Said);
        Assert.Equal("confirmed", (string?)room.Journal()["turbulence"]!["faults"]![0]!["state"]);
        Assert.True(File.Exists(room.File(Methods.RolledBack)), end.Said);
    }

    [Fact]
    public async Task Full_from_the_beginning_nothing_is_put_in_and_that_is_no_pass()
    {
        await using var victim = await Victim.StartAsync(room);

        var end = await RunAsync("cat /dev/zero > state/fill;", Victim.Pause +
            "  - { type: action, name: look, provider: { type: process, path: touch, arguments: [looked] } }\n");

        Promises.IsToldForPeople(end, 2, 3, 4, 5);
        Assert.False(victim.IsStopped, end.Said);
        Assert.Contains("space", end.Said, StringComparison.OrdinalIgnoreCase);
        Assert.Empty(room.Processes());
    }

    [Fact]
    public async Task Full_when_the_runner_is_killed_its_guardian_takes_back_from_memory()
    {
        await using var victim = await Victim.StartAsync(room);

        var end = await RunAsync("", Victim.Pause + Fill + Kill);

        Assert.True(end.ExitCode is -9 or 137, end.Said);
        await Eventually.HoldsAsync(() => !victim.IsStopped);
        await Eventually.HoldsAsync(() => room.Processes().Count == 0);
    }

    /// <summary>Runs in a mount namespace of its own, so that nobody else sees the disk and nothing of it is left.</summary>
    private async Task<ChaosEnd> RunAsync(string before, string method)
    {
        Needs.Root("to mount a small disk");
        room.Write("e.yaml", $"title: t\ndescription: d\n{Looks}method:\n{method}{Undo}");
        Directory.CreateDirectory(room.State);
        var script = $"mount -t tmpfs -o size=128k,mode=700 none state || exit {NotMounted}; {before} exec \"$0\" \"$@\"";
        await using var run = ChaosRun.StartProgram(
            Needs.Program("unshare", "util-linux"), room, ["-m", "sh", "-c", script, BuiltPrograms.Chaos, "run", "e.yaml"]);
        var end = await run.EndAsync();
        Needs.That(
            end.ExitCode != NotMounted && !end.Said.Contains("unshare failed", StringComparison.Ordinal), "nothing can be mounted here");
        return end;
    }
}
