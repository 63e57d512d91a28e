using Turbulence.Faults.Guardians;
using Turbulence.Faults.Ledgers;
using Turbulence.Platform.Processes;
using Turbulence.Services;
using Turbulence.Values;

namespace Turbulence.Faults.Tests.Guardians;

/// <summary>
/// The system closes the pipe of a runner that is killed before it calls the runner dead; on a busy machine there is time enough between
/// the two for a whole guardian. What the run has started is ended all the same. A process that is killed when the guardian has begun
/// stands for the runner.
/// </summary>
public sealed class DyingRunnerTests : IDisposable
{
    private readonly Room room = new();

    public void Dispose() => room.Dispose();

    [Fact]
    public async Task A_runner_that_is_still_dying_when_its_pipe_is_closed_leaves_nothing()
    {
        var mark = RunMark.New();
        await using var runner = Start([]);
        await using var service = Start(new Dictionary<string, string> { [RunEnvironment.MarkVariable] = mark });
        var run = Records.Run(runner: runner.Identity) with { Mark = mark };
        room.Ledger.SaveRun(run);
        var guarded = new GuardedRun();
        guarded.Take(new PipeFrame(PipeFrame.Run, RunRecordJson.Write(run)));
        var guardian = new Guardian(
            room.Ledger, BuiltInKinds.All, [], TimeProvider.System, new GuardianLog(room.State, TimeProvider.System));

        var taking = guardian.TakeOverAsync(guarded, new PeerLoss("the runner died", IsEnd: true));
        await Eventually.HoldsAsync(() => room.Ledger.LossOf(run.Id) is not null);
        Assert.True(runner.Signal(PosixSignalNumber.Kill));
        await taking;

        Assert.Equal(
            PosixSignalNumber.Terminate,
            (await service.Exited.WaitAsync(RunnerProcess.Deadline, TestContext.Current.CancellationToken)).Signal);
        Assert.Empty(room.Records());
    }

    [Fact]
    public async Task One_that_closed_its_pipe_and_lives_on_is_waited_for_half_a_minute_and_keeps_its_run()
    {
        var time = new WaitedTime();
        await using var runner = Start([]);
        var run = Records.Run(runner: runner.Identity);
        room.Ledger.SaveRun(run);
        var guarded = new GuardedRun();
        guarded.Take(new PipeFrame(PipeFrame.Run, RunRecordJson.Write(run)));

        var taking = new Guardian(room.Ledger, BuiltInKinds.All, [], time, new GuardianLog(room.State, time)).TakeOverAsync(
            guarded, new PeerLoss("the runner died", IsEnd: true));
        Assert.NotSame(taking, await Task.WhenAny(taking, time.WaitedForAsync(TimeSpan.FromSeconds(30))));
        time.Advance(TimeSpan.FromSeconds(30));
        await taking;

        Assert.NotNull(room.Ledger.FindRun(run.Id));
        Assert.False(runner.Exited.IsCompleted);
    }

    [Fact]
    public async Task One_that_only_sleeps_keeps_its_run()
    {
        await using var runner = Start([]);
        var run = Records.Run(runner: runner.Identity);
        room.Ledger.SaveRun(run);
        var guarded = new GuardedRun();
        guarded.Take(new PipeFrame(PipeFrame.Run, RunRecordJson.Write(run)));

        await new Guardian(room.Ledger, BuiltInKinds.All, [], TimeProvider.System, new GuardianLog(room.State, TimeProvider.System))
            .TakeOverAsync(guarded, new PeerLoss("the runner was stopped", IsEnd: false));

        Assert.NotNull(room.Ledger.FindRun(run.Id));
        Assert.False(runner.Exited.IsCompleted);
    }

    private static ChildProcess Start(Dictionary<string, string> environment)
    {
        var options = new ProcessStartOptions { FileName = "/bin/sleep", Arguments = ["1000"], Environment = environment };
        Assert.True(ChildProcess.TryStart(options, out var child, out var failure), failure?.Message);
        return child;
    }
}
