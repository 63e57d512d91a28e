namespace Turbulence.Events;

/// <summary>Whether the rollbacks are played is decided.</summary>
/// <param name="At">When.</param>
/// <param name="Played">Whether they are.</param>
/// <param name="Reason">Why, in one line.</param>
/// <param name="Activities">How many there are.</param>
/// <param name="Announced">The line that the reference runner prints for this decision; null where it is silent.</param>
public sealed record RollbacksDecided(DateTimeOffset At, bool Played, string Reason, int Activities, string? Announced) : RunEvent(At);
