using Turbulence.Interruptions;

namespace Turbulence.Reports.Runs;

/// <summary>One activity that a run carried out. All times are in seconds from the start of the run.</summary>
/// <param name="Number">
/// Counts the activities from 1 in the order in which their turn came, as the journal's timeline does; of what has no line there, behind
/// those that have one.
/// </param>
/// <param name="Name">Its name.</param>
/// <param name="Phase">The stage that it belongs to.</param>
public sealed record ReportedActivity(int Number, string Name, RunPhase Phase)
{
    /// <summary><c>probe</c> or <c>action</c>; whatever else the journal says.</summary>
    public string Type { get; init; } = "";

    /// <summary>
    /// Which check of its stage it belongs to: from 1 beside the method, from 0 elsewhere; null where it belongs to none.
    /// </summary>
    public int? Iteration { get; init; }

    /// <summary>Whether the run went on while it ran.</summary>
    public bool Background { get; init; }

    /// <summary>When it began; null where nobody knows.</summary>
    public double? Begin { get; init; }

    /// <summary>How many seconds its provider took; null where it has no end.</summary>
    public double? Duration { get; init; }

    /// <summary>How it ended.</summary>
    public ActivityStatus Status { get; init; } = ActivityStatus.Unfinished;

    /// <summary>Whether its output is within its tolerance; null where it was not asked.</summary>
    public bool? ToleranceMet { get; init; }

    /// <summary>The tolerance as it was declared, as JSON, shortened; null where there is none.</summary>
    public string? Tolerance { get; init; }

    /// <summary>What its provider returned, as JSON, shortened; null for nothing.</summary>
    public string? Output { get; init; }

    /// <summary>What went wrong, in one line; null where nothing did.</summary>
    public string? Error { get; init; }

    /// <summary>The type of its provider: <c>http</c>, <c>process</c>, <c>fault</c>; null where the journal does not say.</summary>
    public string? Provider { get; init; }

    /// <summary>When it ended; null where nobody knows.</summary>
    public double? End => Begin + Duration;

    /// <summary>Whether it is one of the reasons for which a run does not pass: it did not succeed, or missed its tolerance.</summary>
    public bool IsTrouble => Status is not (ActivityStatus.Succeeded or ActivityStatus.Dry) || ToleranceMet == false;
}
