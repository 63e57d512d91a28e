using Turbulence.Faults.Guardians;

namespace Turbulence.Faults.Tests.Guardians;

public sealed class GuardianPostTests : IDisposable
{
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(20);

    private readonly Room room = new();
    private readonly WaitedTime time = new();

    public void Dispose() => room.Dispose();

    [Fact]
    public async Task Who_waits_for_a_guardian_while_the_post_is_given_up_does_not_wait_for_ever()
    {
        // It is no guardian: it never says a word.
        var post = new GuardianPost(room.Ledger, Records.Run(), ["/bin/sh", "-c", "exec sleep 1000"], time);
        using var cancellation = new CancellationTokenSource();
        var starts = post.EnsureAsync(CancellationToken.None).AsTask();
        await time.WaitedForAsync(StartPatience);
        var ends = post.DisposeAsync().AsTask();
        var waits = post.EnsureAsync(cancellation.Token).AsTask();
        time.Advance(StartPatience);
        Assert.Contains("did not get ready within 20 s", await starts, StringComparison.Ordinal);
        await ends.WaitAsync(RunnerProcess.Deadline, TestContext.Current.CancellationToken);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => waits.WaitAsync(RunnerProcess.Deadline, TestContext.Current.CancellationToken));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => post.EnsureAsync(CancellationToken.None).AsTask());
    }
}
