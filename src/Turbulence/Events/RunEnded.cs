namespace Turbulence.Events;

/// <summary>The run is over; the last event.</summary>
/// <param name="At">When.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Duration">How long it took.</param>
public sealed record RunEnded(DateTimeOffset At, RunOutcome Outcome, TimeSpan Duration) : RunEvent(At);
