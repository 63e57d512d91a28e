namespace Turbulence.Events;

/// <summary>The method begins.</summary>
/// <param name="At">When.</param>
/// <param name="Activities">How many activities it has.</param>
public sealed record MethodStarted(DateTimeOffset At, int Activities) : RunEvent(At);
