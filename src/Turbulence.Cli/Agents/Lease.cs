namespace Turbulence.Cli.Agents;

/// <summary>Runs out unless somebody renews it in time, once and for ever.</summary>
internal sealed class Lease : IDisposable
{
    private readonly Lock gate = new();
    private readonly TimeSpan length;
    private readonly ITimer timer;
    private bool hasRunOut;

    /// <summary>Begins.</summary>
    /// <param name="length">How long it is good for, from each renewal.</param>
    /// <param name="time">Measures that.</param>
    /// <param name="ranOut">Told when it runs out.</param>
    public Lease(TimeSpan length, TimeProvider time, Action ranOut)
    {
        this.length = length;
        timer = time.CreateTimer(
            _ =>
            {
                lock (gate)
                {
                    hasRunOut = true;
                }

                ranOut();
            },
            null,
            length,
            Timeout.InfiniteTimeSpan);
    }

    /// <summary>How long it is good for, from each renewal.</summary>
    public TimeSpan Length => length;

    /// <summary>Whether it has run out.</summary>
    public bool HasRunOut
    {
        get
        {
            lock (gate)
            {
                return hasRunOut;
            }
        }
    }

    /// <summary>Makes it good for its whole length again; one that has run out stays so.</summary>
    public void Renew()
    {
        lock (gate)
        {
            if (!hasRunOut)
            {
                timer.Change(length, Timeout.InfiniteTimeSpan);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => timer.Dispose();
}
