using Turbulence.Events;

namespace Turbulence.Runs.Scopes;

/// <summary>
/// A fault of a scope was not what was asked for: it could not be put in, had no effect, lost it early, or was not seen to be taken back.
/// </summary>
/// <param name="asked">What was asked for.</param>
/// <param name="outcome">How its run ended.</param>
/// <param name="fault">What was seen of it; null where it was never planned.</param>
public sealed class FaultScopeException(ScopedFault asked, RunOutcome outcome, FaultReport? fault)
    : Exception($"{asked.Name}{(asked.Name == asked.Kind ? "" : $" ({asked.Kind})")}: {outcome.Word}: {Why(outcome)}{Hint(asked, fault)}")
{
    /// <summary>How its run ended.</summary>
    public RunOutcome Outcome { get; } = outcome;

    /// <summary>What was seen of it; null where it was never planned.</summary>
    public FaultReport? Fault { get; } = fault;

    private static string Hint(ScopedFault asked, FaultReport? fault) =>
        asked.Hint is { } hint && fault is { WasIn: true, Effect.Hits: null or 0 } ? $"; {hint}" : "";

    private static string Why(RunOutcome outcome) => outcome.Reasons.Count > 0 ? string.Join("; ", outcome.Reasons) : "it has said no reason";
}
