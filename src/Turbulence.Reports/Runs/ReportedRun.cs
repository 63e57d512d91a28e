namespace Turbulence.Reports.Runs;

/// <summary>
/// All that a journal tells of a run, ours or the reference runner's. What a journal does not say is null or empty, and never made up;
/// times without a date are in seconds from the start of the run.
/// </summary>
/// <param name="File">The journal's file, as it was named.</param>
public sealed record ReportedRun(string File)
{
    /// <summary>The experiment's title; empty where it has none.</summary>
    public string Title { get; init; } = "";

    /// <summary>The experiment's description; null for none.</summary>
    public string? Description { get; init; }

    /// <summary>The experiment's tags.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>The experiment as it stands in the journal: JSON in UTF-8; empty where there is none.</summary>
    public ReadOnlyMemory<byte> Experiment { get; init; }

    /// <summary>
    /// The experiment's file as it was given to the run, or its URL; null where the journal does not say. Nobody has looked whether it is
    /// still there.
    /// </summary>
    public string? Source { get; init; }

    /// <summary>What a rehearsal left out, in the journal's word; null for a run that is real.</summary>
    public string? Dry { get; init; }

    /// <summary>Whether the journal is of the reference runner, or of another program that writes as it does.</summary>
    public bool IsReference { get; init; }

    /// <summary>The journal's <c>status</c>; null where there is none.</summary>
    public string? Status { get; init; }

    /// <summary>The journal's <c>deviated</c>.</summary>
    public bool Deviated { get; init; }

    /// <summary>What the run has shown.</summary>
    public ReportedVerdict Verdict { get; init; } = ReportedVerdict.Unfinished;

    /// <summary>
    /// Whether the verdict follows from what stands in the journal by the rules of our default mode, since the journal itself has none.
    /// </summary>
    public bool IsVerdictDerived { get; init; }

    /// <summary>The run's exit code; null where the journal does not say.</summary>
    public int? ExitCode { get; init; }

    /// <summary>Whether something was not seen to be taken back, whatever the verdict says.</summary>
    public bool NeedsAPerson { get; init; }

    /// <summary>Why the verdict is what it is, one line each.</summary>
    public IReadOnlyList<string> Reasons { get; init; } = [];

    /// <summary>What else has to be known to judge the verdict, one line each.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>When the run began; null where the journal does not say.</summary>
    public DateTimeOffset? Started { get; init; }

    /// <summary>When it ended; null where it has no end.</summary>
    public DateTimeOffset? Ended { get; init; }

    /// <summary>How many seconds it took; null where it has no end.</summary>
    public double? Duration { get; init; }

    /// <summary>The run's id; null for the reference's.</summary>
    public string? RunId { get; init; }

    /// <summary>Where its random choices began; null for the reference's.</summary>
    public int? Seed { get; init; }

    /// <summary>The machine that it was made on.</summary>
    public ReportedMachine Machine { get; init; } = new(null, null, null, null);

    /// <summary>The version of the program that made it; null where the journal does not say.</summary>
    public string? Version { get; init; }

    /// <summary>Whose rules applied: <c>chaostoolkit</c>; null for ours, and for a journal of the reference.</summary>
    public string? Compatibility { get; init; }

    /// <summary>When the rollbacks were to be played, in the journal's word.</summary>
    public string? RollbackStrategy { get; init; }

    /// <summary>When the steady state was to be checked, in the journal's word.</summary>
    public string? HypothesisStrategy { get; init; }

    /// <summary>Whether the rollbacks were played; null where it did not come to that, or nobody knows.</summary>
    public bool? RollbacksPlayed { get; init; }

    /// <summary>Why the rollbacks were played or not; null where the journal does not say.</summary>
    public string? RollbacksReason { get; init; }

    /// <summary>The stages that the run came to, in the order in which they began.</summary>
    public IReadOnlyList<ReportedPhase> Phases { get; init; } = [];

    /// <summary>Every check of the steady state, in their order.</summary>
    public IReadOnlyList<ReportedCheck> Checks { get; init; } = [];

    /// <summary>Every activity, in the order in which their turn came.</summary>
    public IReadOnlyList<ReportedActivity> Activities { get; init; } = [];

    /// <summary>Every fault, in the order in which they were planned.</summary>
    public IReadOnlyList<ReportedFault> Faults { get; init; } = [];

    /// <summary>The services that the run knew.</summary>
    public IReadOnlyList<ReportedService> Services { get; init; } = [];

    /// <summary>The safeguards; null where there were none.</summary>
    public ReportedSafeguards? Safeguards { get; init; }

    /// <summary>Why it was asked to stop; null where it was not.</summary>
    public ReportedInterruption? Interruption { get; init; }

    /// <summary>What the users and each load felt: the users first.</summary>
    public IReadOnlyList<ReportedLoad> Loads { get; init; } = [];

    /// <summary>What processes did that were watched from the inside: who called whom.</summary>
    public IReadOnlyList<ReportedSpanMap> SpanMaps { get; init; } = [];

    /// <summary>The lines for people, warnings and worse.</summary>
    public IReadOnlyList<ReportedNotice> Notices { get; init; } = [];

    /// <summary>What the run's guardian did; null where it had nothing to do.</summary>
    public ReportedGuardian? Guardian { get; init; }
}
