namespace Turbulence.Load.Outcomes;

/// <summary>What became of all requests of a load.</summary>
/// <param name="Intended">How many were due; the sum of <paramref name="Outcomes"/> and <paramref name="InFlight"/>.</param>
/// <param name="InFlight">How many have not ended yet; 0 once the load is over.</param>
/// <param name="Outcomes">How many ended how, every outcome that there is.</param>
/// <param name="Lost">
/// How many users had nothing of theirs: all but those that were answered, and those that were cancelled or have not ended.
/// </param>
/// <param name="Latency">
/// How long users waited, from the moment at which the request was due. One that was lost counts as if it had taken the whole time limit,
/// however quickly it failed; one that was cancelled does not count.
/// </param>
/// <param name="LatencyByOutcome">The same of each outcome that there was, with the times that it really took.</param>
/// <param name="ScheduleLag">How much later than due requests left, which is the generator's own fault.</param>
/// <param name="OwnLatency">
/// How much of the p99 of those that were answered is the generator's: what it is less when counted from when requests left, in
/// milliseconds.
/// </param>
/// <param name="Timeout">How long a user waited at most.</param>
/// <param name="Elapsed">How long it went on.</param>
/// <param name="Shortage">What the system had no more of, for connections of ours; null where it had all that was needed.</param>
public sealed record LoadResult(
    long Intended,
    long InFlight,
    IReadOnlyList<KeyValuePair<string, long>> Outcomes,
    long Lost,
    LoadLatency Latency,
    IReadOnlyList<KeyValuePair<string, LoadLatency>> LatencyByOutcome,
    LoadLatency ScheduleLag,
    double OwnLatency,
    TimeSpan Timeout,
    TimeSpan Elapsed,
    string? Shortage)
{
    /// <summary>The p99 of those that were answered, in milliseconds, from the moment at which they were due.</summary>
    public double Answered { get; init; }

    /// <summary>
    /// How many of the lost ran out of time because the load itself was late: they left after a tenth of their time limit, or were looked
    /// at so much too late.
    /// </summary>
    public long OwnLost { get; init; }

    /// <summary>Why requests were lost, by outcome, the most frequent reason first; all together <see cref="Lost"/>.</summary>
    public IReadOnlyList<LossReason> Reasons { get; init; } = [];

    /// <summary>How much of the p99 may be the generator's own, in milliseconds, or else a tenth of it.</summary>
    public const double MostOwnLatency = 10;

    /// <summary>Which part of its time limit a request may leave late.</summary>
    internal const double MostLateness = 0.1;

    private const double Part = 0.1;

    /// <summary>
    /// Why nothing that was measured says anything of the server: the load was another one than was asked for, or measured itself. Null
    /// where it was not.
    /// </summary>
    public string? Bottleneck =>
        Shortage is not null ? $"this machine had no more {Shortage} for the load"
        : ScheduleLag.P99 > MostLateness * Timeout.TotalMilliseconds
            ? FormattableString.Invariant(
                $"the load itself was late: one request in a hundred left after a tenth of its time limit or later ({ScheduleLag.P99:0.#} ms at p99)")
        : OwnLost * 100 > Lost
            ? FormattableString.Invariant(
                $"the load itself was late: {OwnLost:N0} of the {Lost:N0} lost requests left, or were looked at, after a tenth of their time limit or later")
        : null;

    /// <summary>
    /// Why only times that are short enough say something of the server: a part of the longer ones is the generator's own. Null where it is
    /// not worth a word.
    /// </summary>
    public string? Doubt => OwnLatency > MostOwnLatency && OwnLatency > Part * Answered
        ? FormattableString.Invariant($"the load itself was late: {OwnLatency:0.#} ms of the p99 of {Answered:0.#} ms are its own")
        : null;
}
