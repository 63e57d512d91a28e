using System.Diagnostics;

namespace Turbulence.Resident.Http;

/// <summary>A time that begins when this is made, and is over early when the fault is. Who cancels what waits ends his wait.</summary>
/// <param name="time">How long.</param>
/// <param name="over">The fault is taken back.</param>
internal sealed class Waiting(TimeSpan time, CancellationToken over)
{
    private readonly long begun = Stopwatch.GetTimestamp();

    /// <summary>What is left of it; nothing when it is over.</summary>
    public TimeSpan Left =>
        over.IsCancellationRequested || time - Stopwatch.GetElapsedTime(begun) is var left && left <= TimeSpan.Zero
            ? TimeSpan.Zero
            : time - Stopwatch.GetElapsedTime(begun);

    /// <summary>Waits for the rest without a thread.</summary>
    public async Task OfAsync(CancellationToken cancellationToken)
    {
        if (Left is var left && left > TimeSpan.Zero)
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, over);
            await Task.Delay(left, TimeProvider.System, either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    /// <summary>The same for who waits on his own thread anyway.</summary>
    public void Of(CancellationToken cancellationToken)
    {
        if (Left is var left && left > TimeSpan.Zero)
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, over);
            either.Token.WaitHandle.WaitOne(left);
            cancellationToken.ThrowIfCancellationRequested();
        }
    }
}
