namespace Turbulence.Events;

/// <summary>The steady state is checked again and again from now on.</summary>
/// <param name="At">When.</param>
/// <param name="Frequency">The gap between two checks.</param>
public sealed record ContinuousStarted(DateTimeOffset At, TimeSpan Frequency) : RunEvent(At);
