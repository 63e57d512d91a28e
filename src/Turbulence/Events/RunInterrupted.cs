using Turbulence.Interruptions;

namespace Turbulence.Events;

/// <summary>Something asked the run to stop.</summary>
/// <param name="At">When.</param>
/// <param name="Interruption">What, and why.</param>
public sealed record RunInterrupted(DateTimeOffset At, Interruption Interruption) : RunEvent(At);
