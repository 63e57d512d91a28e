namespace Turbulence.Reports.Runs;

/// <summary>How many requests ended in an outcome.</summary>
/// <param name="Outcome">The outcome, in the journal's word: <c>ok</c>, a class, <c>refused</c>.</param>
/// <param name="Requests">How many.</param>
public readonly record struct OutcomeCount(string Outcome, long Requests);
