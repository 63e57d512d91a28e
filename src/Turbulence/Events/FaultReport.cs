namespace Turbulence.Events;

/// <summary>All that a run tells of one fault, as it stands at one moment.</summary>
/// <param name="Id">Names it on this machine, for people to type.</param>
/// <param name="Kind">Its kind: <c>process.kill</c>.</param>
/// <param name="Activity">The name of the activity that asked for it.</param>
/// <param name="State">Where it is on its way.</param>
/// <param name="Targets">What it hits, for people.</param>
/// <param name="Undo">How it is taken back, for people, in one line and without secrets.</param>
public sealed record FaultReport(
    string Id, string Kind, string Activity, FaultState State, IReadOnlyList<string> Targets, string Undo)
{
    /// <summary>When it is taken back at the latest; null for the end of the run.</summary>
    public DateTimeOffset? Due { get; init; }

    /// <summary>Whether it cannot be taken back, which the experiment has allowed.</summary>
    public bool IsIrreversible { get; init; }

    /// <summary>What was seen of its effect; null before anybody looked.</summary>
    public Evidence? Effect { get; init; }

    /// <summary>What was seen after it was taken back; null before anybody looked.</summary>
    public Evidence? Confirmation { get; init; }

    /// <summary>
    /// Who took it back in place of this run, in words that follow "by": a person, its guardian. Null where this run did, and before.
    /// </summary>
    public string? RevertedBy { get; init; }

    /// <summary>What was seen when its effect was gone while it should have been in; null where nobody saw that.</summary>
    public string? Lost { get; init; }

    /// <summary>Whether a probe, a check of the steady state or load looked at the system while it was in.</summary>
    public bool WasLookedAt { get; init; }

    /// <summary>
    /// Whether its own duration was over before anybody looked: what was seen later is how the system recovers, not what it tolerates.
    /// </summary>
    public bool WasOverUnseen { get; init; }

    /// <summary>Whether it was in, in effect, at some time.</summary>
    public bool WasIn { get; init; }

    /// <summary>Whether a probe, a check of the steady state, load or a tolerance looked at the system while it was in or later.</summary>
    public bool WasLookedAtSince { get; init; }

    /// <summary>Why the last step did not work, in one line; null where it did.</summary>
    public string? Problem { get; init; }

    /// <summary>Whether something of it may be left: it was begun, and nobody has seen yet that everything is as it was.</summary>
    public bool IsOutstanding => State is not (FaultState.Planned or FaultState.Confirmed);

    /// <summary>
    /// Where it is on its way, and what was seen there, in one word: <c>planned</c>, <c>injecting</c>, <c>effective</c>,
    /// <c>without-effect</c>, <c>active</c> where nobody has looked yet, <c>lost</c>, <c>reverting</c>, <c>reverted</c>, <c>confirmed</c>.
    /// </summary>
    internal string Standing => this switch
    {
        { State: FaultState.Active, Lost: not null } => "lost",
        { State: FaultState.Active, Effect.Seen: true } => "effective",
        { State: FaultState.Active, Effect.Seen: false } => "without-effect",
        _ => State.ToString().ToLowerInvariant(),
    };

    /// <summary>The report without secrets.</summary>
    internal FaultReport Masked(EventMask mask) => mask.IsEmpty ? this : this with
    {
        Activity = mask.Of(Activity),
        Targets = mask.Of(Targets),
        Undo = mask.Of(Undo),
        Effect = Effect?.Masked(mask),
        Confirmation = Confirmation?.Masked(mask),
        RevertedBy = mask.Of(RevertedBy),
        Lost = mask.Of(Lost),
        Problem = mask.Of(Problem),
    };
}
