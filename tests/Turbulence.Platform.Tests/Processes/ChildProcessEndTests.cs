using Microsoft.Extensions.Time.Testing;
using Turbulence.Platform.Processes;

namespace Turbulence.Platform.Tests.Processes;

public sealed class ChildProcessEndTests
{
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(200);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_signal_reaches_the_child()
    {
        await using var process = Children.Start(
            Children.Script("trap 'exit 7' USR1; echo ready; while :; do sleep 0.01; done") with { StandardOutput = ChildOutput.Stream });
        await Children.ReadLineAsync(process.StandardOutput);

        Assert.True(process.Signal(PosixSignalNumber.User1));

        Assert.Equal(7, (await process.WaitForExitAsync(Token)).ExitCode);
        Assert.False(process.Signal(PosixSignalNumber.User1));
    }

    [Fact]
    public async Task Who_was_killed_has_ended_whether_or_not_anybody_was_told()
    {
        for (var round = 0; round < 50; round++)
        {
            await using var process = Children.Start(new() { FileName = "/bin/sleep", Arguments = ["1000"] });
            Assert.False(process.HasEnded);
            Assert.True(process.Signal(PosixSignalNumber.Kill));
            Assert.True(process.HasEnded);
            Assert.Equal(PosixSignalNumber.Kill, (await process.WaitForExitAsync(Token)).Signal);
            Assert.True(process.HasEnded);
        }
    }

    [Fact]
    public async Task A_stopped_child_goes_on_when_told()
    {
        await using var process = Children.Start(new() { FileName = "/bin/cat", StandardInput = ChildInput.Stream });
        Assert.True(process.Signal(PosixSignalNumber.Stop));
        Assert.True(SpinWait.SpinUntil(() => ProcessTable.Find(process.Id)?.State == 'T', Children.Deadline));

        Assert.True(process.Signal(PosixSignalNumber.Continue));
        await process.StandardInput.DisposeAsync();

        Assert.True((await process.WaitForExitAsync(Token)).IsSuccess);
    }

    [Fact]
    public async Task Ending_the_group_ends_the_grandchildren()
    {
        await using var process = Children.Start(
            Children.Script("sh -c 'sleep 300 & echo $!; wait' & wait") with { StandardOutput = ChildOutput.Stream });
        var grandchild = await Children.ReadNumberAsync(process.StandardOutput);
        Assert.True(Children.IsAlive(grandchild));

        var status = await process.TerminateGroupAsync(Children.Deadline, TimeProvider.System).WaitAsync(Children.Deadline, Token);

        Assert.Equal(PosixSignalNumber.Terminate, status.Signal);
        Assert.False(Children.IsAlive(grandchild));
    }

    [Fact]
    public async Task A_group_that_does_not_listen_is_killed_after_the_grace()
    {
        var clock = new FakeTimeProvider();
        await using var process = Children.Start(
            Children.Script("trap '' TERM; echo ready; while :; do sleep 1; done") with { StandardOutput = ChildOutput.Stream });
        await Children.ReadLineAsync(process.StandardOutput);

        var ending = process.TerminateGroupAsync(Grace, clock);
        clock.Advance(Grace - TimeSpan.FromMilliseconds(1));
        Assert.True(Children.IsAlive(process.Id));
        clock.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Equal(PosixSignalNumber.Kill, (await ending.WaitAsync(Children.Deadline, Token)).Signal);
    }

    [Fact]
    public async Task A_grandchild_that_does_not_listen_is_killed_though_the_child_has_ended()
    {
        await using var process = Children.Start(Children.Script("sh -c 'trap \"\" TERM; echo $$; while :; do sleep 1; done' & wait") with
        {
            StandardOutput = ChildOutput.Stream,
        });
        var grandchild = await Children.ReadNumberAsync(process.StandardOutput);

        var status = await process.TerminateGroupAsync(Grace, TimeProvider.System).WaitAsync(Children.Deadline, Token);
        await Children.WaitForEndAsync(grandchild);

        Assert.Equal(PosixSignalNumber.Terminate, status.Signal);
        Assert.False(Children.IsAlive(grandchild));
    }

    [Fact]
    public async Task A_stopped_group_hears_that_it_is_to_end()
    {
        await using var process = Children.Start(new() { FileName = "/bin/sleep", Arguments = ["300"] });
        process.SignalGroup(PosixSignalNumber.Stop);

        Assert.Equal(
            PosixSignalNumber.Terminate,
            (await process.TerminateGroupAsync(Children.Deadline, TimeProvider.System).WaitAsync(Children.Deadline, Token)).Signal);
    }

    [Fact]
    public async Task What_a_child_left_behind_can_still_be_ended()
    {
        await using var process = Children.Start(
            Children.Script("sleep 300 >/dev/null 2>&1 & echo $!") with { StandardOutput = ChildOutput.Stream });
        var grandchild = await Children.ReadNumberAsync(process.StandardOutput);
        await process.WaitForExitAsync(Token);
        Assert.True(Children.IsAlive(grandchild));

        Assert.True(process.SignalGroup(PosixSignalNumber.Kill));
        await Children.WaitForEndAsync(grandchild);

        Assert.False(Children.IsAlive(grandchild));
    }

    [Fact]
    public async Task Who_left_for_a_session_of_its_own_is_not_touched()
    {
        await using var process = Children.Start(
            Children.Script("setsid sh -c 'echo $$; exec sleep 300' & wait") with { StandardOutput = ChildOutput.Stream });
        var daemon = await Children.ReadNumberAsync(process.StandardOutput);
        try
        {
            await process.TerminateGroupAsync(Grace, TimeProvider.System).WaitAsync(Children.Deadline, Token);

            Assert.True(Children.IsAlive(daemon));
        }
        finally
        {
            Children.Kill(daemon);
        }
    }

    [Fact]
    public async Task Ending_a_group_that_has_ended_gives_its_status()
    {
        await using var process = Children.Start(Children.Script("exit 4"));
        await process.WaitForExitAsync(Token);

        Assert.Equal(4, (await process.TerminateGroupAsync(Grace, TimeProvider.System)).ExitCode);
        Assert.False(process.SignalGroup(PosixSignalNumber.Kill));
    }

    [Fact]
    public async Task Letting_go_of_a_running_child_kills_its_group()
    {
        int grandchild;
        await using (var process = Children.Start(
            Children.Script("sleep 300 & echo $!; wait") with { StandardOutput = ChildOutput.Stream }))
        {
            grandchild = await Children.ReadNumberAsync(process.StandardOutput);
        }

        await Children.WaitForEndAsync(grandchild);
        Assert.False(Children.IsAlive(grandchild));
    }

    [Fact]
    public async Task Letting_go_of_an_ended_child_leaves_alone_what_it_left_behind()
    {
        int grandchild;
        await using (var process = Children.Start(
            Children.Script("sleep 300 >/dev/null 2>&1 & echo $!") with { StandardOutput = ChildOutput.Stream }))
        {
            grandchild = await Children.ReadNumberAsync(process.StandardOutput);
            await process.WaitForExitAsync(Token);
        }

        Assert.True(Children.IsAlive(grandchild));
        Children.Kill(grandchild);
    }

    [Fact]
    public async Task Cancelling_the_waiting_leaves_the_child_running()
    {
        await using var process = Children.Start(new() { FileName = "/bin/sleep", Arguments = ["300"] });
        using var cancelled = new CancellationTokenSource();
        var waiting = process.ReadOutputAsync(TimeProvider.System, cancelled.Token);
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.True(process.Identity.IsAlive);
    }

    [Fact]
    public async Task No_zombie_is_left()
    {
        await using var process = Children.Start(new() { FileName = "/bin/true" });
        await process.WaitForExitAsync(Token);

        Assert.Null(ProcessTable.Find(process.Id));
    }
}
