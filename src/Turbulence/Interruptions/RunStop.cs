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
    private bool skipAtOnce;

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

    /// <summary>Asks the run to stop. Safe from any thread, any number of times.</summary>
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
        RequestOnce(interruption);
        overdue.Cancel();
    }

    private bool Take(Interruption interruption, bool once)
    {
        int number;
        bool skip;
        lock (gate)
        {
            if (once && requests > 0 && !skipAtOnce)
            {
                return false;
            }

            number = ++requests;
            Interruption ??= interruption;
            skip = skipAtOnce || number >= RequestsThatSkipRollbacks;
        }

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

        return true;
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
        run.Dispose();
        rollbacks.Dispose();
        insisted.Dispose();
        overdue.Dispose();
    }
}
