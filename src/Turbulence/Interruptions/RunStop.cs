namespace Turbulence.Interruptions;

/// <summary>
/// The one way to stop a run from outside. The first request ends everything up to the rollbacks at once; the rollbacks
/// are played to their end. Whoever insists (<see cref="RequestsThatSkipRollbacks"/>) leaves the rest of them out.
/// </summary>
public sealed class RunStop : IDisposable
{
    /// <summary>How many requests it takes until the remaining declared rollbacks are left out.</summary>
    public const int RequestsThatSkipRollbacks = 3;

    private readonly Lock gate = new();
    private readonly CancellationTokenSource run = new();
    private readonly CancellationTokenSource rollbacks = new();
    private readonly CancellationTokenSource insisted = new();
    private readonly CancellationTokenSource overdue = new();
    private int requests;
    private int taking;
    private bool skipAtOnce;
    private bool isDisposed;

    /// <summary>Cancelled by the first request.</summary>
    public CancellationToken Run => run.Token;

    /// <summary>Cancelled when the remaining declared rollbacks are to be left out.</summary>
    public CancellationToken Rollbacks => rollbacks.Token;

    /// <summary>
    /// Cancelled by request number <see cref="RequestsThatSkipRollbacks"/>: whatever is not a matter of safety ends, too.
    /// </summary>
    public CancellationToken Insisted => insisted.Token;

    /// <summary>
    /// Cancelled when the time limit of the experiment is over before its rollbacks began: what still holds them up ends, too.
    /// </summary>
    public CancellationToken Overdue => overdue.Token;

    /// <summary>The first request; null while nobody asked.</summary>
    public Interruption? Interruption { get; private set; }

    /// <summary>Raised after each request with its number, counted from 1, on the requester's thread.</summary>
    public event Action<Interruption, int>? Requested;

    /// <summary>
    /// Asks the run to stop. Safe from any thread, any number of times, and when the run is over: a signal may be on its way while whoever
    /// watches for them ends.
    /// </summary>
    /// <param name="interruption">Why.</param>
    public void Request(Interruption interruption) => Take(interruption, once: false);

    /// <summary>
    /// Asks the run to stop, unless somebody did: a program that asks again and again does not insist as a person does. While
    /// one request is enough to leave rollbacks out, it counts as any other.
    /// </summary>
    /// <param name="interruption">Why.</param>
    /// <returns>Whether the request counts.</returns>
    public bool RequestOnce(Interruption interruption) => Take(interruption, once: true);

    /// <summary>The time of the experiment is over: asks the run to stop, unless somebody did, and ends what holds up the stop.</summary>
    /// <param name="interruption">Why.</param>
    internal void EndOverdue(Interruption interruption)
    {
        lock (gate)
        {
            if (isDisposed)
            {
                return;
            }

            taking++;
        }

        try
        {
            RequestOnce(interruption);
            overdue.Cancel();
        }
        finally
        {
            Leave();
        }
    }

    private bool Take(Interruption interruption, bool once)
    {
        int number;
        bool skip;
        lock (gate)
        {
            if (isDisposed || (once && requests > 0 && !skipAtOnce))
            {
                return false;
            }

            taking++;
            number = ++requests;
            Interruption ??= interruption;
            skip = skipAtOnce || number >= RequestsThatSkipRollbacks;
        }

        try
        {
            // The listeners come first: what they say of the request is then said before anything that it causes.
            Requested?.Invoke(interruption, number);
            run.Cancel();
            if (skip)
            {
                rollbacks.Cancel();
            }

            if (!once && number >= RequestsThatSkipRollbacks)
            {
                insisted.Cancel();
            }
        }
        finally
        {
            Leave();
        }

        return true;
    }

    private void Leave()
    {
        lock (gate)
        {
            taking--;
            EndUnlessTaking();
        }
    }

    private void EndUnlessTaking()
    {
        if (isDisposed && taking == 0)
        {
            run.Dispose();
            rollbacks.Dispose();
            insisted.Dispose();
            overdue.Dispose();
        }
    }

    /// <summary>From now on one request is enough to leave the remaining rollbacks out: the reference's rule while they play.</summary>
    internal void LetOneRequestSkipRollbacks()
    {
        lock (gate)
        {
            skipAtOnce = true;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (gate)
        {
            isDisposed = true;
            EndUnlessTaking();
        }
    }
}
