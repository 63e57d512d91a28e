namespace Turbulence.Tolerances;

/// <summary>What came of holding a probe's output against its tolerance.</summary>
/// <param name="Met">Whether the output is within the tolerance. A tolerance that could not be evaluated is not met.</param>
/// <param name="Rule">The rule that was applied, in a few words: <c>status equals</c>, <c>matches the regular expression</c>.</param>
/// <param name="Expected">What the rule asks for, as JSON text, shortened where it is long.</param>
/// <param name="Actual">What came, as JSON text, shortened where it is long.</param>
/// <param name="Explanation">Why the tolerance could not be evaluated, in one line; null when it could.</param>
public sealed record ToleranceOutcome(bool Met, string Rule, string Expected, string Actual, string? Explanation = null);
