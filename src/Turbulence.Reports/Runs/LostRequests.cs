namespace Turbulence.Reports.Runs;

/// <summary>Why some requests were lost.</summary>
/// <param name="Outcome">The outcome, in the journal's word.</param>
/// <param name="Reason">Why.</param>
/// <param name="Requests">How many.</param>
public readonly record struct LostRequests(string Outcome, string Reason, long Requests);
