namespace Turbulence.Reports.Runs;

/// <summary>Why a run was asked to stop.</summary>
/// <param name="Message">Why, in one line.</param>
/// <param name="Cause">What asked, in the journal's word: <c>keyboard</c>; null where it does not say.</param>
/// <param name="At">When, in seconds from the start of the run; null where nobody knows.</param>
public sealed record ReportedInterruption(string Message, string? Cause, double? At);
