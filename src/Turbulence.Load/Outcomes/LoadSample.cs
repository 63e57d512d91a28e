namespace Turbulence.Load.Outcomes;

/// <summary>A request that has ended. Times are nanoseconds from the beginning of the load.</summary>
/// <param name="Due">When it was to leave.</param>
/// <param name="Sent">
/// When it was given a connection, or began to wait for one: what is later than <paramref name="Due"/> is the generator's own lag.
/// </param>
/// <param name="Ended">When it ended.</param>
/// <param name="Outcome">What became of it.</param>
/// <param name="Class">The place of its class among those of the load, where it was answered; otherwise 0.</param>
public readonly record struct LoadSample(long Due, long Sent, long Ended, RequestOutcome Outcome, int Class)
{
    /// <summary>The trace that it began; default where it was never sent, or named a trace itself. Default: none.</summary>
    public RequestTrace Trace { get; init; }

    /// <summary>How long a user waited: from the moment at which it was due, whenever it was really sent.</summary>
    public long Latency => Ended - Due;

    /// <summary>Whether the user has nothing of it.</summary>
    public bool IsLost => Outcome is not (RequestOutcome.Answered or RequestOutcome.Cancelled);
}
