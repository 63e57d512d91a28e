namespace Turbulence.Activities;

/// <summary>
/// A turn among the activities of a run, from the last byte of a large output to its record: read as text and masked, an output takes many
/// times its bytes, so this is done for one at a time, however many end together. A small one needs none.
/// </summary>
/// <param name="gate">Lets one through; null where nobody else is there.</param>
/// <param name="time">Measures how long one that is told to end still waits.</param>
public sealed class OutputTurn(SemaphoreSlim? gate, TimeProvider time) : IDisposable
{
    private const int LargeBytes = 1024 * 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private bool isTaken;

    /// <summary>Waits for it, and keeps it until it is left.</summary>
    /// <param name="bytes">How much came.</param>
    /// <param name="cancellationToken"> Told to end, as by a time limit that is over only now: the work is done, so that this waits some
    /// seconds more, and then goes on without a turn. Never throws.
    /// </param>
    public async ValueTask TakeAsync(long bytes, CancellationToken cancellationToken)
    {
        if (gate is null || isTaken || bytes < LargeBytes)
        {
            return;
        }

        using var impatient = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        await using var told = cancellationToken.UnsafeRegister(
            static state => ((CancellationTokenSource)state!).CancelAfter(Patience), impatient);
        try
        {
            await gate.WaitAsync(impatient.Token);
            isTaken = true;
        }
        catch (OperationCanceledException)
        {
            // More memory for a moment is better than work that is lost.
        }
    }

    /// <summary>Lets the next one through: the record is made, or something begins that may take long.</summary>
    public void Leave()
    {
        if (isTaken)
        {
            isTaken = false;
            gate!.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Leave();
}
