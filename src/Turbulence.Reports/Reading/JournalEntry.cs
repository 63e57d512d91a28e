using Turbulence.Reports.Runs;

namespace Turbulence.Reports.Reading;

/// <summary>An entry of an activity, as it stands in the journal's lists.</summary>
internal sealed class JournalEntry
{
    /// <summary>The activity's name; null where the entry has none.</summary>
    public string? Name { get; set; }

    /// <summary><c>probe</c> or <c>action</c>; null where the entry has none.</summary>
    public string? Type { get; set; }

    /// <summary>The type of its provider.</summary>
    public string? Provider { get; set; }

    /// <summary>Whether it was declared as one in the background.</summary>
    public bool Background { get; set; }

    /// <summary>The declared tolerance, shortened.</summary>
    public string? Tolerance { get; set; }

    /// <summary>When it began.</summary>
    public DateTimeOffset? Start { get; set; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? End { get; set; }

    /// <summary>How many seconds it took.</summary>
    public double? Duration { get; set; }

    /// <summary>The reference's status: <c>succeeded</c>, <c>failed</c>, or none.</summary>
    public string? Status { get; set; }

    /// <summary>Whether its output is within its tolerance.</summary>
    public bool? ToleranceMet { get; set; }

    /// <summary>Its output, shortened.</summary>
    public string? Output { get; set; }

    /// <summary>What went wrong.</summary>
    public string? Error { get; set; }

    /// <summary>What its requests came to, where it is a load.</summary>
    public ReportedLoad? Load { get; set; }

    /// <summary>Who called whom, where it is a probe that has watched that.</summary>
    public ReportedSpanMap? Spans { get; set; }

    /// <summary>How it ended, as far as the entry alone says.</summary>
    public ActivityStatus Ended => Status switch
    {
        "succeeded" => ActivityStatus.Succeeded,
        "failed" => ActivityStatus.Failed,
        _ => End is not null || Duration is not null ? ActivityStatus.Interrupted : ActivityStatus.Unfinished,
    };
}
