namespace Turbulence.Events;

/// <summary>An activity begins.</summary>
/// <param name="At">When.</param>
/// <param name="Run">Its record so far.</param>
public sealed record ActivityStarted(DateTimeOffset At, ActivityRun Run) : RunEvent(At);
