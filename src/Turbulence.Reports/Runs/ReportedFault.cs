using Turbulence.Events;

namespace Turbulence.Reports.Runs;

/// <summary>One fault of a run, as <c>turbulence.faults</c> and the timeline tell it.</summary>
/// <param name="Id">Names it on the machine that it was on.</param>
/// <param name="Kind">Its kind: <c>process.kill</c>.</param>
/// <param name="Activity">The name of the activity that asked for it.</param>
public sealed record ReportedFault(string Id, string Kind, string Activity)
{
    /// <summary>
    /// Where it is on its way, in the journal's word: <c>planned</c>, <c>injecting</c>, <c>active</c>, <c>reverting</c>, <c>reverted</c>,
    /// <c>confirmed</c>.
    /// </summary>
    public string State { get; init; } = "";

    /// <summary>What it hits, for people.</summary>
    public IReadOnlyList<string> Targets { get; init; } = [];

    /// <summary>How it is taken back, for people; null where the journal does not say.</summary>
    public string? Undo { get; init; }

    /// <summary>Whether it cannot be taken back, which the experiment has allowed.</summary>
    public bool IsIrreversible { get; init; }

    /// <summary>What was seen of its effect; null where nobody looked.</summary>
    public Evidence? Effect { get; init; }

    /// <summary>What was seen after it was taken back; null where nobody looked.</summary>
    public Evidence? Confirmation { get; init; }

    /// <summary>Who took it back in place of the run; null where the run did, or nobody.</summary>
    public string? RevertedBy { get; init; }

    /// <summary>What was seen when its effect was gone too early; null where nobody saw that.</summary>
    public string? Lost { get; init; }

    /// <summary>Whether its duration was over before anybody looked.</summary>
    public bool WasOverUnseen { get; init; }

    /// <summary>Why the last step did not work; null where it did.</summary>
    public string? Problem { get; init; }

    /// <summary>When it is taken back at the latest; null for the end of the run.</summary>
    public DateTimeOffset? Due { get; init; }

    /// <summary>When it came to each step.</summary>
    public FaultTimes Times { get; init; }

    /// <summary>Whether something of it may be left: it was begun, and nobody has seen yet that everything is as it was.</summary>
    public bool IsOutstanding => State is not ("planned" or "confirmed");

    /// <summary>Whether it was in at some time.</summary>
    public bool WasIn => Times.Active is not null || State is "active" or "reverting" or "reverted" or "confirmed";
}
