namespace Turbulence.Journals;

/// <summary>
/// Decides when a file that is replaced as a whole is replaced again: a small one each time, a large one so that replacing it
/// takes a twentieth of the time. Its user locks around every call.
/// </summary>
internal sealed class RewritePace : IDisposable
{
    private const int ShareOfTime = 20;
    private const long SmallBytes = 256 * 1024;

    private readonly TimeProvider time;
    private readonly Action replace;
    private readonly ITimer late;
    private long lastWritten;
    private TimeSpan lastCost;

    /// <summary>Prepares the pace.</summary>
    /// <param name="time">Measures what replacing costs.</param>
    /// <param name="replace">Replaces the file.</param>
    /// <param name="due">Called, on some thread, when a replacement that had to wait is due.</param>
    public RewritePace(TimeProvider time, Action replace, Action due)
    {
        this.time = time;
        this.replace = replace;
        late = time.CreateTimer(_ => due(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Whether a replacement has to wait.</summary>
    public bool IsWaiting { get; private set; }

    /// <summary>Replaces the file, now or when it is due.</summary>
    /// <param name="size">How many bytes it has, about.</param>
    /// <param name="now">Whether it must not wait.</param>
    public void Write(long size, bool now)
    {
        var due = now || size < SmallBytes ? TimeSpan.Zero : (lastCost * ShareOfTime) - time.GetElapsedTime(lastWritten);
        if (due > TimeSpan.Zero)
        {
            if (!IsWaiting)
            {
                IsWaiting = true;
                late.Change(due, Timeout.InfiniteTimeSpan);
            }

            return;
        }

        IsWaiting = false;
        var began = time.GetTimestamp();
        try
        {
            replace();
        }
        finally
        {
            lastWritten = time.GetTimestamp();
            lastCost = time.GetElapsedTime(began, lastWritten);
        }
    }

    /// <summary>Replacing did not work: it is due again after a while, if nothing brings it about before that.</summary>
    public void Retry(TimeSpan after)
    {
        IsWaiting = true;
        late.Change(after, Timeout.InfiniteTimeSpan);
    }

    /// <inheritdoc/>
    public void Dispose() => late.Dispose();
}
