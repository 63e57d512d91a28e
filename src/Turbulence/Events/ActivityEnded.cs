namespace Turbulence.Events;

/// <summary>An activity ended.</summary>
/// <param name="At">When.</param>
/// <param name="Run">Its whole record.</param>
public sealed record ActivityEnded(DateTimeOffset At, ActivityRun Run) : RunEvent(At);
