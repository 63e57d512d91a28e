namespace Turbulence.Events;

/// <summary>The safeguards no longer watch.</summary>
/// <param name="At">When.</param>
/// <param name="Checks">How often they were checked, all together.</param>
/// <param name="Missed">The first that was missed or could not be read; null where all was well.</param>
public sealed record SafeguardsEnded(DateTimeOffset At, int Checks, ActivityRun? Missed) : RunEvent(At);
