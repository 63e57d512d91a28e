namespace Turbulence.Reports.Runs;

/// <summary>The safeguards that watched beside the method.</summary>
/// <param name="Count">How many there were.</param>
/// <param name="Checks">How often they were checked, all together; null where the journal has no end of them.</param>
/// <param name="Missed">The first that was missed or could not be read; null where all was well.</param>
/// <param name="Begin">When they began to watch, in seconds from the start of the run; null where nobody knows.</param>
/// <param name="End">When they no longer watched; null where nobody knows.</param>
public sealed record ReportedSafeguards(int Count, int? Checks, ReportedActivity? Missed, double? Begin, double? End);
