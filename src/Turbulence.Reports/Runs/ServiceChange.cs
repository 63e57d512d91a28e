namespace Turbulence.Reports.Runs;

/// <summary>A service came to a state.</summary>
/// <param name="At">When, in seconds from the start of the run.</param>
/// <param name="State">The state, in the journal's word: <c>ready</c>.</param>
public readonly record struct ServiceChange(double At, string State);
