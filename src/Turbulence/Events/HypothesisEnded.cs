namespace Turbulence.Events;

/// <summary>A check of the steady state ended.</summary>
/// <param name="At">When.</param>
/// <param name="Run">Its record.</param>
public sealed record HypothesisEnded(DateTimeOffset At, HypothesisRun Run) : RunEvent(At);
