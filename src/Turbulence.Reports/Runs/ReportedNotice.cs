namespace Turbulence.Reports.Runs;

/// <summary>A line for people that the run has told.</summary>
/// <param name="At">When, in seconds from the start of the run.</param>
/// <param name="Level">How grave it is, in the journal's word: <c>warning</c>.</param>
/// <param name="Text">The line.</param>
public readonly record struct ReportedNotice(double At, string Level, string Text);
