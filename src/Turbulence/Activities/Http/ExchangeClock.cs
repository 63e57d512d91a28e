namespace Turbulence.Activities.Http;

/// <summary>
/// Tells how long each wait of one conversation may take: connections, retries and redirects included. By the rules of the reference each
/// wait starts anew; by ours the whole exchange has to end, so that a server that sends a byte now and then cannot hold a run.
/// </summary>
/// <param name="limits">The limits of the order.</param>
/// <param name="time">Measures them.</param>
internal sealed class ExchangeClock(TimeLimits limits, TimeProvider time)
{
    private readonly long began = time.GetTimestamp();
    private long? sent;

    /// <summary>The clock that measures.</summary>
    public TimeProvider Time => time;

    /// <summary>Whether a request of the conversation went out already.</summary>
    public bool HasSent => sent is not null;

    /// <summary>For a connection that is to be made now; null for no limit.</summary>
    public TimeSpan? ForConnection => limits.Connect is { } connect && Left is { } left ? Least(connect, left) : limits.Connect ?? Left;

    /// <summary>For an answer, or the next piece of its body, that is waited for now; null for no limit.</summary>
    public TimeSpan? ForAnswer => limits.EachPiece ? limits.Read : Left;

    /// <summary>Notes that a request goes out.</summary>
    public void Send() => sent ??= time.GetTimestamp();

    private TimeSpan? Left => limits switch
    {
        { EachPiece: true } => null,
        { Whole: { } whole } => Least(whole, whole - time.GetElapsedTime(began)),
        { Read: { } read } when sent is { } since => Least(read, read - time.GetElapsedTime(since)),
        _ => null,
    };

    private static TimeSpan Least(TimeSpan one, TimeSpan other)
    {
        var least = one < other ? one : other;
        return least < TimeSpan.Zero ? TimeSpan.Zero : least;
    }
}
