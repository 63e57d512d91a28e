using Turbulence.Faults.Sessions;
using Turbulence.Faults.Stress;
using Turbulence.Platform.Processes;

namespace Turbulence.Faults.Kinds.Tests.Stress;

public sealed class StressProgramTests : IDisposable
{
    private readonly Room room = new();

    public static TheoryData<string> Programs { get; } = [Environment.ProcessPath!, BuiltPrograms.Chaos];

    public void Dispose() => room.Dispose();

    [Theory]
    [MemberData(nameof(Programs))]
    public async Task A_child_ends_by_itself_when_its_time_is_over(string program)
    {
        var child = Start(program, "fd", "count=10", "seconds=0.2");
        await child.StandardInput.WriteAsync("go\n"u8.ToArray(), TestContext.Current.CancellationToken);
        using var output = new StreamReader(child.StandardOutput);
        Assert.Equal("ready", await output.ReadLineAsync(TestContext.Current.CancellationToken));
        Assert.Equal(0, (await child.Exited.WaitAsync(TestContext.Current.CancellationToken)).ExitCode);
    }

    [Fact]
    public async Task A_child_that_runs_out_of_descriptors_can_still_say_so()
    {
        var child = room.Start(new ProcessStartOptions
        {
            FileName = ExecutableSearch.Find("sh")!,
            Arguments = ["-c", "ulimit -n 200; exec \"$0\" stress fd count=1000 seconds=60", Environment.ProcessPath!],
            StandardInput = ChildInput.Bytes("go\n"u8.ToArray()),
            StandardOutput = ChildOutput.Stream,
        });
        using var output = new StreamReader(child.StandardOutput);
        Assert.StartsWith("only 1", await output.ReadLineAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal(1, (await child.Exited.WaitAsync(TestContext.Current.CancellationToken)).ExitCode);
    }

    [Theory]
    [MemberData(nameof(Programs))]
    public async Task A_child_that_is_never_told_to_begin_ends_at_once(string program)
    {
        var child = Start(program, "memory", "bytes=1000000000", "limit=false", "seconds=3600");
        child.StandardInput.Dispose();
        Assert.Equal(0, (await child.Exited.WaitAsync(TestContext.Current.CancellationToken)).ExitCode);
    }

    [Fact]
    public async Task A_child_lives_on_when_its_runner_is_gone_and_is_the_first_that_runs_out_of_memory()
    {
        await using var fault = await Scene.PlayAsync("stress.threads", room);
        await fault.ElsewhereAsync("inject");
        var child = Assert.Single(Marked(fault));
        Assert.Equal("1000", File.ReadAllText($"/proc/{child.Id}/oom_score_adj").Trim());
        Assert.Equal(child.Id, child.SessionId);
        await fault.SeeEffectAsync();
        await fault.ElsewhereAsync("revert");
        Assert.Empty(Marked(fault));
    }

    [Fact]
    public async Task A_child_that_cannot_take_what_it_is_to_take_says_so()
    {
        await using var fault = await FaultCase.MakeAsync(
            "stress.disk", FaultCase.Request(new() { ["path"] = room.Path, ["bytes"] = "1MiB" }));
        fault.Record.Undo["load"]!["folder"] = room["not-there"];
        var problem = await fault.TryInjectAsync();
        Assert.Contains("cannot fill", problem, StringComparison.Ordinal);
        Assert.False((await fault.ObserveAsync()).Seen);
        await fault.RevertAsync();
        await fault.SeeItBackAsync();
    }

    [Fact]
    public async Task A_child_that_was_killed_by_somebody_is_no_effect_and_nothing_to_take_back()
    {
        await using var fault = await Scene.PlayAsync("stress.io", room);
        await fault.InjectAsync();
        await fault.SeeEffectAsync();
        Assert.True(ProcessHandle.TryOpen(Assert.Single(Marked(fault)).Identity, out var handle, out _));
        using (handle)
        {
            handle.Signal(PosixSignalNumber.Kill);
            await handle.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        Assert.False((await fault.ObserveAsync()).Seen);
        await fault.RevertAsync();
        await fault.SeeItBackAsync();
    }

    [Theory]
    [InlineData("stress.cpu")]
    [InlineData("stress.disk")]
    [InlineData("stress.fd")]
    [InlineData("stress.io")]
    [InlineData("stress.memory")]
    [InlineData("stress.threads")]
    public async Task A_stress_longer_than_an_hour_is_refused(string name)
    {
        Assert.True(BuiltInKinds.All.TryGet(name, out var kind));
        var order = new FaultOrder("a fault of a test", kind, FaultCase.Request([]) with { Duration = TimeSpan.FromHours(2) }, false);
        Assert.Contains(
            "at most 60 minutes",
            (await FaultPlanner.PlanAsync(order, TestContext.Current.CancellationToken)).Problem,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_child_outlives_its_fault_by_a_little_only()
    {
        var planning = await FaultCase.PlanAsync("stress.cpu", FaultCase.Request([]) with { Duration = TimeSpan.FromSeconds(30) });
        Assert.Equal("35", (string?)planning.Plan!.Undo["load"]!["seconds"]);
        planning = await FaultCase.PlanAsync("stress.cpu", FaultCase.Request([]));
        Assert.Equal("3600", (string?)planning.Plan!.Undo["load"]!["seconds"]);
    }

    private static IReadOnlyList<ProcessStatus> Marked(FaultCase fault) => Targets.FaultMark.Processes(fault.Record.Id);

    private ChildProcess Start(string program, params string[] arguments) => room.Start(new ProcessStartOptions
    {
        FileName = program,
        Arguments = [StressProgram.Verb, .. arguments],
        StandardInput = ChildInput.Stream,
        StandardOutput = ChildOutput.Stream,
    });
}
