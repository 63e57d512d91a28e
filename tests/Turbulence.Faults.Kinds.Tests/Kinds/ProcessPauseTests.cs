using System.Text.Json.Nodes;
using Turbulence.Faults.Contracts;
using Turbulence.Platform.Processes;
using Turbulence.Values;

namespace Turbulence.Faults.Kinds.Tests.Kinds;

public sealed class ProcessPauseTests : IDisposable
{
    private readonly Room room = new();

    public void Dispose() => room.Dispose();

    [Fact]
    public async Task A_secret_on_the_command_line_of_a_target_is_masked_before_the_line_is_cut()
    {
        const string Secret = "correct-horse-battery-sta";
        for (var before = 20; before < 60; before += 4)
        {
            // A program that starts no other: a shell's child has its command line for a moment.
            room.Start("tail", "-f", "/dev/null", new string('x', before) + Secret);
            var arguments = new JsonObject { ["command"] = $"^\\S*tail -f /dev/null x{{{before}}}{Secret}$" };
            var planning = await FaultCase.PlanAsync(
                "process.pause", new FaultRequest("f", arguments, room.Path) { Mask = SecretMask.Of([Secret]) });
            Assert.True(planning.Problem is null, planning.Problem);
            Assert.DoesNotContain(
                Secret[..3], planning.Plan!.Text + planning.Plan.UndoText + planning.Plan.Targets[0].Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task With_its_tree_every_descendant_is_stopped_and_goes_on()
    {
        await StartFamilyAsync();
        var family = room.Processes;
        await using var fault = await PlanAsync(tree: true);
        await fault.InjectAsync();
        await fault.SeeEffectAsync();
        Assert.All(family, process => Assert.Equal('T', ProcessTable.Find(process.Id)!.State));
        await fault.RevertAsync();
        await fault.SeeItBackAsync();
        Assert.All(family, process => Assert.NotEqual('T', ProcessTable.Find(process.Id)!.State));
    }

    [Fact]
    public async Task A_child_that_does_not_run_its_own_program_yet_is_stopped_after_its_parent()
    {
        var parent = await StartSpawnerAsync();
        await using var fault = await PlanAsync(tree: true);
        var injecting = fault.InjectAsync();
        await Eventually.HoldsAsync(() => Spawner.IsBeingStopped(parent.Id));
        Assert.Equal('S', ChildOf(parent.Id).State);
        Spawner.Release(room["fifo"]);
        await injecting;
        await fault.SeeEffectAsync();
        Assert.All(room.Processes, process => Assert.Equal('T', process.State));
        await fault.RevertAsync();
        await fault.SeeItBackAsync();
    }

    [Fact]
    public async Task While_it_waits_for_one_that_does_not_stop_it_can_be_cancelled()
    {
        var parent = await StartSpawnerAsync();
        await using var fault = await PlanAsync(tree: true);
        using var stopping = new CancellationTokenSource();
        var injecting = fault.TryInjectAsync(stopping.Token);
        await Eventually.HoldsAsync(() => Spawner.IsBeingStopped(parent.Id));
        await stopping.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => injecting);
        await fault.RevertAsync();
        await fault.SeeItBackAsync();
        Spawner.Release(room["fifo"]);
        await Eventually.HoldsAsync(() => ChildOf(parent.Id).Name == "sleep");
        Assert.DoesNotContain(room.Processes, process => process.State == 'T');
    }

    [Fact]
    public async Task A_process_of_this_program_among_the_descendants_is_spared()
    {
        await Spawner.MakeFifoAsync(room);
        var parent = room.Start(
            "sh", "-c", "sleep 1001 & exec 3<>fifo; \"$0\" stress threads count=1 seconds=3600 <fifo; :", OtherProcess.Self[0]);
        await Eventually.HoldsAsync(() => room.Processes.Any(process => ProcessTable.ProgramFile(process.Id) == Environment.ProcessPath));
        File.WriteAllText(room["pid"], $"{parent.Id}");
        await using var fault = await PlanAsync(tree: true);
        await fault.InjectAsync();
        await fault.SeeEffectAsync();
        Assert.NotEqual(
            'T', Assert.Single(room.Processes, process => ProcessTable.ProgramFile(process.Id) == Environment.ProcessPath).State);
        Assert.Equal(2, room.Processes.Count(process => process.State == 'T'));
    }

    [Fact]
    public async Task Without_its_tree_only_the_process_is_stopped()
    {
        var parent = await StartFamilyAsync();
        await using var fault = await PlanAsync(tree: false);
        await fault.InjectAsync();
        await fault.SeeEffectAsync();
        Assert.Equal(parent, Assert.Single(room.Processes, process => process.State == 'T').Id);
    }

    [Fact]
    public async Task A_descendant_that_was_stopped_before_stays_stopped()
    {
        var parent = await StartFamilyAsync();
        var child = room.Processes.First(process => process.ParentId == parent);
        Signal(child.Identity, PosixSignalNumber.Stop);
        await Eventually.HoldsAsync(() => ProcessTable.Find(child.Id)!.State == 'T');
        await using var fault = await PlanAsync(tree: true);
        await fault.InjectAsync();
        await fault.SeeEffectAsync();
        await fault.RevertAsync();
        await fault.SeeItBackAsync();
        Assert.Equal(child.Id, Assert.Single(room.Processes, process => process.State == 'T').Id);
    }

    [Fact]
    public async Task What_is_stopped_already_is_refused()
    {
        var sleeper = room.StartSleeper();
        Signal(sleeper.Identity, PosixSignalNumber.Stop);
        await Eventually.HoldsAsync(() => ProcessTable.Find(sleeper.Id)!.State == 'T');
        File.WriteAllText(room["pid"], $"{sleeper.Id}");
        var planning = await FaultCase.PlanAsync("process.pause", FaultCase.Request(new() { ["pid_file"] = "pid" }, room.Path));
        Assert.Contains("already stopped, and not by this fault", planning.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_process_that_died_while_it_was_stopped_is_not_missed()
    {
        var sleeper = room.StartSleeper();
        File.WriteAllText(room["pid"], $"{sleeper.Id}");
        await using var fault = await PlanAsync(tree: false);
        await fault.InjectAsync();
        Signal(sleeper.Identity, PosixSignalNumber.Kill);
        await sleeper.Exited;
        Assert.False((await fault.ObserveAsync()).Seen);
        await fault.RevertAsync();
        Assert.Contains("gone meanwhile", (await fault.CheckAsync()).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_id_that_belongs_to_another_process_by_now_is_neither_stopped_nor_continued()
    {
        var sleeper = room.StartSleeper();
        File.WriteAllText(room["pid"], $"{sleeper.Id}");
        await using var fault = await PlanAsync(tree: false);
        fault.Record.Undo["processes"]![0]!["start"] = sleeper.Identity.StartTime - 1;
        Assert.Contains("ended before it was stopped", await fault.TryInjectAsync(), StringComparison.Ordinal);
        Signal(sleeper.Identity, PosixSignalNumber.Stop);
        await Eventually.HoldsAsync(() => ProcessTable.Find(sleeper.Id)!.State == 'T');
        await fault.RevertAsync();
        Assert.Equal('T', ProcessTable.Find(sleeper.Id)!.State);
    }

    private ProcessStatus ChildOf(int parent) => Assert.Single(room.Processes, process => process.ParentId == parent);

    private static void Signal(ProcessIdentity process, PosixSignalNumber signal)
    {
        Assert.True(ProcessHandle.TryOpen(process, out var handle, out _));
        using (handle)
        {
            Assert.True(handle.Signal(signal));
        }
    }

    private async Task<int> StartFamilyAsync()
    {
        var parent = room.Start("sh", "-c", "sleep 1001 & sleep 1002 & sh -c 'sleep 1003; :' & wait");
        await Eventually.HoldsAsync(() => room.Processes.Count == 5);
        File.WriteAllText(room["pid"], $"{parent.Id}");
        return parent.Id;
    }

    /// <summary>A shell whose child waits inside the system for its own child; the child.</summary>
    private async Task<ProcessStatus> StartSpawnerAsync()
    {
        await Spawner.MakeFifoAsync(room);

        // By dotnet, because a process of the runner's own program would be spared.
        var shell = room.Start(
            "sh", "-c", "\"$0\" \"$1\" spawn fifo; :", ExecutableSearch.Find("dotnet")!, typeof(Spawner).Assembly.Location);
        await Eventually.HoldsAsync(() => room.Processes.Count == 3 && ChildOf(shell.Id).State == 'D');
        File.WriteAllText(room["pid"], $"{shell.Id}");
        return ChildOf(shell.Id);
    }

    private Task<FaultCase> PlanAsync(bool tree) =>
        FaultCase.MakeAsync("process.pause", FaultCase.Request(new() { ["pid_file"] = "pid", ["tree"] = tree }, room.Path));
}
