namespace Turbulence.Journals;

/// <summary>
/// Decides when a file that is replaced is replaced again: a small one each time; a large one as long as all that was written for it is not
/// more than three times what it has, so that the end, which writes it as a whole, makes it four at most. What had to wait is written after
/// eight seconds all the same (after one, a run of twenty seconds wrote six times what it had), and after longer where that would take more
/// than a twentieth of the time. Its user locks around every call.
/// </summary>
internal sealed class RewritePace : IDisposable
{
    private const int Share = 3;
    private const int ShareOfTime = 20;
    private const long SmallBytes = 32 * 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);

    private readonly TimeProvider time;
    private readonly Action replace;
    private readonly ITimer late;
    private long lastWritten;
    private long free;
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

    /// <summary>Whether a file of <paramref name="length"/> bytes is replaced at each event.</summary>
    public static bool IsSmall(long length) => length < SmallBytes;

    /// <summary>Replaces the file, now or when it is due.</summary>
    /// <param name="length">How many bytes it has.</param>
    /// <param name="written">How many were written for it, ever, if it is replaced now; what is certain to be written as well counts
    /// already.</param>
    /// <param name="now">Whether it must not wait.</param>
    public void Write(long length, long written, bool now)
    {
        if (IsSmall(length))
        {
            // What was written for it until it became large does not count.
            free = written;
        }

        var due = now || written - free <= Share * length ? TimeSpan.Zero : Wait() - time.GetElapsedTime(lastWritten);
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

    private TimeSpan Wait() => lastCost * ShareOfTime is var share && share > Patience ? share : Patience;
}
