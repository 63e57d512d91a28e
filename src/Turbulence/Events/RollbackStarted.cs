namespace Turbulence.Events;

/// <summary>One rollback begins.</summary>
/// <param name="At">When.</param>
/// <param name="Name">The activity's name.</param>
public sealed record RollbackStarted(DateTimeOffset At, string Name) : RunEvent(At);
