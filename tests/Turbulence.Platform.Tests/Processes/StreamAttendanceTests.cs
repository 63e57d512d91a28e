using Turbulence.Platform.Processes;

namespace Turbulence.Platform.Tests.Processes;

/// <summary>
/// Who waits for an answer reads it himself: the stream's reader goes on on his thread. The times are limits for what must come.
/// </summary>
public sealed class StreamAttendanceTests : IAsyncLifetime
{
    private readonly ChildProcess echo = Children.Start(new ProcessStartOptions
    {
        FileName = "/bin/cat",
        StandardInput = ChildInput.Stream,
        StandardOutput = ChildOutput.Stream,
    });

    private IAttendable Output => (IAttendable)echo.StandardOutput;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => echo.DisposeAsync();

    [Fact]
    public async Task A_reader_goes_on_on_the_thread_of_who_attends()
    {
        var reading = ReadAsync();
        for (var round = 0; round < 3; round++)
        {
            using var attendance = Output.Attend();
            Assert.NotNull(attendance);
            Assert.Null(Output.Attend());
            Write("x");
            Assert.True(attendance.ReadNext(Children.Deadline));
            Assert.True(reading.IsCompletedSuccessfully);
            Assert.Equal(("x", Environment.CurrentManagedThreadId), await reading);
            reading = ReadAsync();
        }
    }

    [Fact]
    public async Task Afterwards_it_is_waited_for_without_a_thread_again()
    {
        var before = ReadAsync();
        using (Output.Attend())
        {
        }

        Write("a");
        Assert.Equal("a", (await before.WaitAsync(Children.Deadline, TestContext.Current.CancellationToken)).Text);

        Task<(string Text, int Thread)> meanwhile;
        using (Output.Attend())
        {
            meanwhile = ReadAsync();
            Write("b");
        }

        Assert.Equal("b", (await meanwhile.WaitAsync(Children.Deadline, TestContext.Current.CancellationToken)).Text);
    }

    [Fact]
    public async Task Where_nobody_reads_there_is_nothing_to_wait_for()
    {
        using (var attendance = Output.Attend())
        {
            Write("kept");
            Assert.False(attendance!.ReadNext(Children.Deadline));
        }

        Assert.Equal("kept", (await ReadAsync().WaitAsync(Children.Deadline, TestContext.Current.CancellationToken)).Text);
    }

    [Fact]
    public async Task A_reader_can_be_cancelled_while_somebody_attends_and_reads_on_later()
    {
        using var stop = new CancellationTokenSource();
        using (Output.Attend())
        {
            var cancelled = echo.StandardOutput.ReadAsync(new byte[10], stop.Token);
            await stop.CancelAsync();
            await Assert.ThrowsAsync<OperationCanceledException>(async () => await cancelled);
        }

        Write("later");
        Assert.Equal("later", (await ReadAsync().WaitAsync(Children.Deadline, TestContext.Current.CancellationToken)).Text);
    }

    [Fact]
    public async Task A_stream_that_is_closed_has_nobody_to_attend_to_and_its_reader_ends()
    {
        var reading = ReadAsync();
        await echo.StandardOutput.DisposeAsync();

        Assert.Null(Output.Attend());
        await Assert.ThrowsAsync<ObjectDisposedException>(
            () => reading.WaitAsync(Children.Deadline, TestContext.Current.CancellationToken));
    }

    private void Write(string text) => echo.StandardInput.Write(System.Text.Encoding.UTF8.GetBytes(text));

    private async Task<(string Text, int Thread)> ReadAsync()
    {
        var bytes = new byte[100];
        var count = await echo.StandardOutput.ReadAsync(bytes);
        return (System.Text.Encoding.UTF8.GetString(bytes, 0, count), Environment.CurrentManagedThreadId);
    }
}
