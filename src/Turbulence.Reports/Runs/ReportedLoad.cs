namespace Turbulence.Reports.Runs;

/// <summary>What became of the requests of one load, or of the users of the whole run.</summary>
/// <param name="Name">The activity's name; <c>users</c> for the users.</param>
/// <param name="Activity">The number of the activity; null for the users.</param>
public sealed record ReportedLoad(string Name, int? Activity)
{
    /// <summary>Whether all figures are there: it came to its end. Otherwise only what was told on the way.</summary>
    public bool HasFigures { get; init; }

    /// <summary>When it began, in seconds from the start of the run, to some milliseconds; null where nobody knows.</summary>
    public double? Begin { get; init; }

    /// <summary>How many seconds it took; null where it has no end.</summary>
    public double? Elapsed { get; init; }

    /// <summary>How many requests there were; of a load without figures, how many had ended.</summary>
    public long Intended { get; init; }

    /// <summary>How many were lost.</summary>
    public long Lost { get; init; }

    /// <summary>How many ended in each outcome, in the journal's order.</summary>
    public IReadOnlyList<OutcomeCount> Outcomes { get; init; } = [];

    /// <summary>How long requests took, a lost one with its whole time limit; null where nobody knows.</summary>
    public LoadPercentiles? Latency { get; init; }

    /// <summary>How long those of each outcome took.</summary>
    public IReadOnlyList<OutcomePercentiles> LatencyByOutcome { get; init; } = [];

    /// <summary>By how much requests left late; null where nobody knows.</summary>
    public LoadPercentiles? ScheduleLag { get; init; }

    /// <summary>Why requests were lost.</summary>
    public IReadOnlyList<LostRequests> Reasons { get; init; } = [];

    /// <summary>Why the load itself was the bottleneck, or is in doubt; null where it was not.</summary>
    public string? Bottleneck { get; init; }

    /// <summary>Why there are no figures; null where there are some, or the run has no end.</summary>
    public string? Problem { get; init; }

    /// <summary>What the users may feel, as it was declared, as JSON; null for no tolerance, and for a load of an activity.</summary>
    public string? Tolerance { get; init; }

    /// <summary>Whether they felt no more than that; null where nobody asked.</summary>
    public bool? ToleranceMet { get; init; }

    /// <summary>What each fault cost them.</summary>
    public IReadOnlyList<ReportedFaultCost> Faults { get; init; } = [];

    /// <summary>How many faults were not looked at.</summary>
    public int FaultsLeftOut { get; init; }

    /// <summary>
    /// The requests of each part of its time by when they were due: at most 600 parts, wider ones in a longer load; null where nobody
    /// knows.
    /// </summary>
    public LoadParts? ByDue { get; init; }

    /// <summary>
    /// The requests of each tenth of a second by when they ended, as it was told while it went on; null where nobody knows. Of an activity
    /// the run tells only some.
    /// </summary>
    public LoadParts? ByEnd { get; init; }

    /// <summary>How many there were and how long they took, as it was told on the way.</summary>
    public LoadProgress? Progress { get; init; }

    /// <summary>The file with a line for each request, beside the journal; null where there is none.</summary>
    public string? Samples { get; init; }
}
