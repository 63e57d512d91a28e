using Turbulence.Platform.Processes;

namespace Turbulence.Platform.Tests.Processes;

public sealed class ProcessHandleTests
{
    [Fact]
    public async Task A_process_that_is_not_our_child_is_signalled_and_waited_for()
    {
        await using var shell = Children.Start(Children.Script("sleep 300 & echo $!; wait") with { StandardOutput = ChildOutput.Stream });
        var id = await Children.ReadNumberAsync(shell.StandardOutput);
        Assert.True(ProcessHandle.TryOpen(id, out var handle, out var failure), failure?.Message);
        using (handle)
        {
            Assert.True(handle.Identity.IsAlive);
            var waiting = new[]
            {
                handle.WaitForExitAsync(TestContext.Current.CancellationToken),
                handle.WaitForExitAsync(TestContext.Current.CancellationToken),
            };
            Assert.All(waiting, task => Assert.False(task.IsCompleted));

            Assert.True(handle.Signal(PosixSignalNumber.Kill));

            await Task.WhenAll(waiting).WaitAsync(Children.Deadline, TestContext.Current.CancellationToken);
            Assert.False(handle.Identity.IsAlive);
        }
    }

    [Fact]
    public async Task An_id_that_was_used_again_is_not_taken_for_the_process_that_was_meant()
    {
        await using var process = Children.Start(new() { FileName = "/bin/sleep", Arguments = ["300"] });
        var earlier = process.Identity with { StartTime = process.Identity.StartTime - 1 };

        Assert.False(earlier.IsAlive);
        Assert.False(ProcessHandle.TryOpen(earlier, out _, out var failure));
        Assert.Equal($"process {process.Id} is not the one that was meant: No such process", failure.Message);
        Assert.True(ProcessHandle.TryOpen(process.Identity, out var handle, out _));
        handle.Dispose();
        Assert.True(process.Identity.IsAlive);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(int.MaxValue)]
    public void A_process_that_does_not_exist_cannot_be_held(int id)
    {
        Assert.False(ProcessHandle.TryOpen(id, out _, out var failure));
        Assert.Equal(3, failure.ErrorNumber);
    }

    [Fact]
    public async Task Waiting_can_be_cancelled()
    {
        await using var process = Children.Start(new() { FileName = "/bin/sleep", Arguments = ["300"] });
        Assert.True(ProcessHandle.TryOpen(process.Id, out var handle, out _));
        using var cancellation = new CancellationTokenSource();
        var waiting = handle.WaitForExitAsync(cancellation.Token);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);

        var second = handle.WaitForExitAsync(TestContext.Current.CancellationToken);
        handle.Dispose();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        Assert.True(process.Identity.IsAlive);
    }
}
