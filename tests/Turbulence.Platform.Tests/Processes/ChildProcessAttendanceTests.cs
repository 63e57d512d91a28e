using Turbulence.Platform.Processes;

namespace Turbulence.Platform.Tests.Processes;

/// <summary>
/// A child that is attended to by the thread that starts it. The times are limits for what must come, and nothing waits for them.
/// </summary>
public sealed class ChildProcessAttendanceTests
{
    [Fact]
    public async Task One_that_ends_meanwhile_is_over_when_it_is_started_and_nobody_was_needed_to_watch_it()
    {
        await using var process = Children.Start(Children.Script("echo out; echo err >&2; exit 3") with { Attendance = Children.Deadline });

        Assert.True(process.Exited.IsCompletedSuccessfully);

        // Another child that is just being started may hold the pipes for a moment.
        var output = await process
            .ReadOutputAsync(TimeProvider.System, TestContext.Current.CancellationToken)
            .WaitAsync(Children.Deadline, TestContext.Current.CancellationToken);
        Assert.Equal((3, "out\n", "err\n"), (output.Status.ExitCode, output.StandardOutput.Text(), output.StandardError.Text()));
        Assert.True(output.StandardOutput.Ended);
        Assert.False(process.Signal(PosixSignalNumber.Kill));
        Assert.False(process.SignalGroup(PosixSignalNumber.Kill));
    }

    [Fact]
    public async Task What_it_left_behind_is_read_on_and_can_be_ended_with_its_group()
    {
        await using var process = Children.Start(Children.Script("cat /dev/zero & echo $!") with { Attendance = Children.Deadline });

        Assert.True(process.Exited.IsCompletedSuccessfully);
        var output = await process.ReadOutputAsync(TimeProvider.System, TestContext.Current.CancellationToken);
        Assert.False(output.StandardOutput.Ended);
        Assert.True(process.SignalGroup(PosixSignalNumber.Kill));
    }

    [Fact]
    public async Task One_that_goes_on_is_watched_like_any_other()
    {
        await using var process = Children.Start(new ProcessStartOptions
        {
            FileName = "/bin/cat",
            StandardInput = ChildInput.Stream,
            StandardOutput = ChildOutput.Capture(100),
            Attendance = TimeSpan.FromMilliseconds(1),
        });

        Assert.False(process.Exited.IsCompleted);
        Assert.True(process.Identity.IsAlive);
        await process.StandardInput.WriteAsync("late"u8.ToArray(), TestContext.Current.CancellationToken);
        await process.StandardInput.DisposeAsync();
        var output = await process
            .ReadOutputAsync(TimeProvider.System, TestContext.Current.CancellationToken)
            .WaitAsync(Children.Deadline, TestContext.Current.CancellationToken);
        Assert.Equal((0, "late"), (output.Status.ExitCode, output.StandardOutput.Text()));
    }

    [Fact]
    public async Task What_does_not_fit_into_a_pipe_is_read_as_ever()
    {
        await using var process = Children.Start(
            Children.Script("head -c 300000 /dev/zero") with { Attendance = TimeSpan.FromMilliseconds(10) });

        var output = await process
            .ReadOutputAsync(TimeProvider.System, TestContext.Current.CancellationToken)
            .WaitAsync(Children.Deadline, TestContext.Current.CancellationToken);
        Assert.Equal(300_000, output.StandardOutput.Length);
    }
}
