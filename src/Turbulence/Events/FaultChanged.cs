namespace Turbulence.Events;

/// <summary>A fault made a step on its way, or something was seen of it.</summary>
/// <param name="At">When.</param>
/// <param name="Fault">All that is known of it by now.</param>
/// <param name="Before">Where it was on its way before.</param>
public sealed record FaultChanged(DateTimeOffset At, FaultReport Fault, FaultProgress Before) : RunEvent(At);
