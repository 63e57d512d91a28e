namespace Turbulence.Load.Outcomes;

/// <summary>What became of all requests of a load.</summary>
/// <param name="Intended">How many were due; the sum of <paramref name="Outcomes"/> and <paramref name="InFlight"/>.</param>
/// <param name="InFlight">How many have not ended yet; 0 once the load is over.</param>
/// <param name="Outcomes">How many ended how, every outcome that there is.</param>
/// <param name="Lost">How many users had nothing of theirs: all but those that were answered, and those that were cancelled or have not ended.</param>
/// <param name="Latency">
/// How long users waited, from the moment at which the request was due. One that was lost counts as if it had taken the whole time limit, however quickly it failed; one that was
/// cancelled does not count.
/// </param>
/// <param name="LatencyByOutcome">The same of each outcome that there was, with the times that it really took.</param>
/// <param name="ScheduleLag">How much later than due requests left, which is the generator's own fault.</param>
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
    TimeSpan Elapsed,
    string? Shortage)
{
    /// <summary>How late 1 in 100 requests may leave before nothing that was measured says anything of the server, in milliseconds.</summary>
    public const double MostLag = 10;

    /// <summary>Why the load was less than was asked for, or measured itself: the generator was the bottleneck, and not the server. Null where it was not.</summary>
    public string? Bottleneck =>
        Shortage is not null ? $"this machine had no more {Shortage} for the load"
        : ScheduleLag.P99 > MostLag ? FormattableString.Invariant($"the load itself was late: one request in a hundred left more than {MostLag} ms after it was due ({ScheduleLag.P99:0.#} ms at p99)")
        : null;
}
