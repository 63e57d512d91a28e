namespace Turbulence.Reports.Runs;

/// <summary>What a fault cost the users of a load. Null is what nobody knows, or what did not happen.</summary>
/// <param name="Fault">The fault's id.</param>
public sealed record ReportedFaultCost(string Fault)
{
    /// <summary>When it began to be put in, in seconds from the beginning of the load.</summary>
    public double? Begun { get; init; }

    /// <summary>When it had been taken back, in seconds from the beginning of the load.</summary>
    public double? Ended { get; init; }

    /// <summary>When the last request was due that counts as this fault's, in seconds from the beginning of the load.</summary>
    public double? Until { get; init; }

    /// <summary>The faults that were in at the same time.</summary>
    public IReadOnlyList<string> Overlaps { get; init; } = [];

    /// <summary>Milliseconds until the first request was due that was lost.</summary>
    public double? FirstErrorMilliseconds { get; init; }

    /// <summary>Milliseconds from there until the next request after the last one that was lost.</summary>
    public double? ErrorWindowMilliseconds { get; init; }

    /// <summary>Milliseconds until somebody else answered.</summary>
    public double? FailoverMilliseconds { get; init; }

    /// <summary>Milliseconds until requests took no longer than before again.</summary>
    public double? SlowMilliseconds { get; init; }

    /// <summary>Milliseconds from its undo until the last request was due that was lost or answered by somebody else than before.</summary>
    public double? RecoveredMilliseconds { get; init; }

    /// <summary>How many requests were lost.</summary>
    public long Lost { get; init; }

    /// <summary>How many were slow.</summary>
    public long Slow { get; init; }

    /// <summary>The distance between two requests, to which each time is known, in milliseconds.</summary>
    public double? SamplingMilliseconds { get; init; }

    /// <summary>The load without a fault in it.</summary>
    public LoadPhaseFigures? Before { get; init; }

    /// <summary>While it was in.</summary>
    public LoadPhaseFigures? During { get; init; }

    /// <summary>After it was taken back.</summary>
    public LoadPhaseFigures? After { get; init; }

    /// <summary>By how much it was otherwise while it was in than before.</summary>
    public IReadOnlyList<PhaseComparison> DuringAgainstBefore { get; init; } = [];

    /// <summary>By how much it was otherwise after it was taken back than before.</summary>
    public IReadOnlyList<PhaseComparison> AfterAgainstBefore { get; init; } = [];
}
