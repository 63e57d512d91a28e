namespace Turbulence.Load.Outcomes;

/// <summary>Why requests were lost, and how many for just that.</summary>
/// <param name="Outcome">The name of their outcome.</param>
/// <param name="Reason">Why, in one line without an end: <c>nobody listens there</c>, <c>status 503</c>.</param>
/// <param name="Count">How many.</param>
public sealed record LossReason(string Outcome, string Reason, long Count);
