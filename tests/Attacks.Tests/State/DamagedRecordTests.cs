using Turbulence.Platform.Processes;

namespace Attacks.Tests.State;

/// <summary>What stands on disk is damaged while a fault is in: the process goes on all the same, however the run ends.</summary>
public sealed class DamagedRecordTests : IDisposable
{
    private const string Paused = $$"""
        title: t
        description: d
        method:
        {{Victim.Pause}}  - { type: action, name: wait, provider: { type: process, path: sh, arguments: [-c, 'touch waiting; while [ ! -e go ]; do sleep 0.01; done'] } }
          - { type: probe, name: look, tolerance: 0, provider: { type: process, path: 'true' } }
        """;

    private const int MostAttempts = 20;

    private readonly Room room = new();

    /// <summary>What is done to the record. Without the gate each is met by the run or by its guardian.</summary>
    /// <param name="who">Who meets it: 0 or 1.</param>
    public static TheoryData<string> Damages(int who) => Share.Of<TheoryData<string>>(
        ["emptied", "halved", "deleted", "another schema", "garbage", "a FIFO", "a folder", "a link to nothing", "a link to a device", "folder deleted", "folder a file", "state deleted"],
        4,
        who);

    public void Dispose() => room.Dispose();

    [Theory]
    [MemberData(nameof(Damages), 0)]
    public async Task A_run_that_goes_on_takes_its_fault_back_from_memory(string damage)
    {
        await using var victim = await Victim.StartAsync(room);
        await using var run = await PausedAsync();
        Assert.True(victim.IsStopped);
        await DamageAsync(damage);

        room.Write("go", "");
        var end = await run.EndAsync();

        Assert.False(victim.IsStopped, end.Said);
        Promises.IsToldForPeople(end, 0, 3, 5);
        Assert.Empty(room.Processes());
    }

    [Theory]
    [MemberData(nameof(Damages), 1)]
    public async Task The_guardian_of_a_killed_run_takes_its_fault_back_from_memory(string damage)
    {
        await using var victim = await Victim.StartAsync(room);
        await using var run = await PausedAsync();
        Assert.True(victim.IsStopped);
        await DamageAsync(damage);

        ProcessStatus[] children = [.. ProcessTable.List().Where(process => process.ParentId == run.Id)];
        Assert.Equal(2, children.Length);
        run.Signal(PosixSignalNumber.Kill);
        await run.EndAsync();

        await Eventually.HoldsAsync(() => !victim.IsStopped);

        // Its guardian goes on for a moment, to say what was wrong with the record.
        room.Write("go", "");
        await Eventually.HoldsAsync(() => !children.Any(child => child.Identity.IsAlive));
    }

    private async Task<ChaosRun> PausedAsync()
    {
        room.Write("e.yaml", Paused);
        var run = ChaosRun.Start(room, "run", "e.yaml");
        await run.UntilAsync(() => File.Exists(room.File("waiting")));
        return run;
    }

    private async Task DamageAsync(string damage)
    {
        var folder = Path.Combine(room.State, "faults");
        var record = Assert.Single(Directory.GetFiles(folder, "*.json"));
        var text = await File.ReadAllTextAsync(record, TestContext.Current.CancellationToken);

        // The run writes its record anew all the while, which may come between a deletion and what takes its place.
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await DamageAsync(damage, folder, record, text, attempt);
                return;
            }
            catch (Exception between) when (between is IOException or UnauthorizedAccessException && attempt < MostAttempts)
            {
                // Once more.
            }
        }
    }

    private async Task DamageAsync(string damage, string folder, string record, string text, int attempt)
    {
        if (Directory.Exists(folder))
        {
            File.Delete(record);
        }

        switch (damage)
        {
            case "emptied":
                await File.WriteAllTextAsync(record, "", TestContext.Current.CancellationToken);
                break;
            case "halved":
                await File.WriteAllTextAsync(record, text[..(text.Length / 2)], TestContext.Current.CancellationToken);
                break;
            case "another schema":
                await File.WriteAllTextAsync(record, text.Replace(
                    "\"schema\": 1", "\"schema\": 2", StringComparison.Ordinal), TestContext.Current.CancellationToken);
                break;
            case "garbage":
                await File.WriteAllBytesAsync(record, [0, 255, 254, 123, 10], TestContext.Current.CancellationToken);
                break;
            case "a FIFO":
                var pipe = room.File($"pipe-{attempt}");
                await Fifo.MakeAsync(pipe);
                File.Move(pipe, record, overwrite: true);
                break;
            case "a folder":
                Directory.CreateDirectory(record);
                break;
            case "a link to nothing":
                File.CreateSymbolicLink(record, "/nowhere/at/all");
                break;
            case "a link to a device":
                File.CreateSymbolicLink(record, "/dev/zero");
                break;
            case "folder deleted":
                Directory.Move(folder, room.File($"gone-{attempt}"));
                break;
            case "folder a file":
                Directory.Move(folder, room.File($"gone-{attempt}"));
                await File.WriteAllTextAsync(folder, "", TestContext.Current.CancellationToken);
                break;
            case "state deleted":
                Directory.Move(room.State, room.File($"gone-{attempt}"));
                break;
            default:
                Assert.Equal("deleted", damage);
                break;
        }
    }
}
