using Turbulence.Faults.Contracts;
using Turbulence.Faults.Ledgers;
using Turbulence.Faults.Recoveries;
using Turbulence.Faults.Targets;
using Turbulence.Platform.Processes;
using Turbulence.Services;
using Turbulence.Values;

namespace Turbulence.Faults.Tests.Recoveries;

/// <summary>
/// A child whose runner died between its fork and its exec: it has the runner's environment still, without a mark, and is known by its name
/// alone. A shell that renames itself stands for it.
/// </summary>
public sealed class UnexecutedChildTests
{
    [Fact]
    public async Task What_a_dead_run_was_just_starting_is_left_of_it_and_is_ended()
    {
        var run = new RunRecord("run", "t", RunnerIdentity.Of(new ProcessIdentity(int.MaxValue, 1)), DateTimeOffset.UnixEpoch)
        {
            Mark = RunMark.New(),
        };
        await using var child = await StartAsync(RunEnvironment.NameOf(run.Mark)!);
        await using var other = await StartAsync(RunEnvironment.NameOf(RunMark.New())!);

        var remains = RunRemains.Of(run);

        Assert.Equal([child.Id], remains.Processes.Select(process => process.Id));
        Assert.Empty((await remains.EndAsync(TimeProvider.System)).Processes);
        Assert.False(other.Exited.IsCompleted);
    }

    [Fact]
    public async Task What_was_just_being_started_for_a_fault_is_the_faults()
    {
        await using var child = await StartAsync(FaultMark.NameBeforeExec("abc123"));
        Assert.Equal([child.Id], FaultMark.Processes("abc123").Select(process => process.Id));
        Assert.Empty(FaultMark.Processes("abc124"));
    }

    private static async Task<ChildProcess> StartAsync(string name)
    {
        Assert.True(ChildProcess.TryStart(
            new ProcessStartOptions
            {
                FileName = "/bin/sh",
                Arguments = ["-c", "printf %s \"$1\" > /proc/$$/comm && echo named && read -r line", "sh", name],
                StandardInput = ChildInput.Stream,
                StandardOutput = ChildOutput.Stream,
            },
            out var child,
            out var failure), failure?.Message);
        using var output = new StreamReader(child.StandardOutput);
        Assert.Equal("named", await output
            .ReadLineAsync(TestContext.Current.CancellationToken)
            .AsTask()
            .WaitAsync(RunnerProcess.Deadline, TestContext.Current.CancellationToken));
        return child;
    }
}
