namespace Turbulence.Events;

/// <summary>Safeguards watch over the run from now on.</summary>
/// <param name="At">When.</param>
/// <param name="Count">How many there are.</param>
public sealed record SafeguardsStarted(DateTimeOffset At, int Count) : RunEvent(At);
