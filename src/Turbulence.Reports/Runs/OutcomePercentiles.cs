namespace Turbulence.Reports.Runs;

/// <summary>How long the requests of an outcome took.</summary>
/// <param name="Outcome">The outcome, in the journal's word.</param>
/// <param name="Latency">How long.</param>
public readonly record struct OutcomePercentiles(string Outcome, LoadPercentiles Latency);
