namespace Turbulence.Events;

/// <summary>A control changed the entry of an activity that has ended.</summary>
/// <param name="At">When.</param>
/// <param name="Run">Its whole record, changed.</param>
public sealed record ActivityAmended(DateTimeOffset At, ActivityRun Run) : RunEvent(At);
