namespace Turbulence.Events;

/// <summary>Something that happened in a run.</summary>
/// <param name="At">When, by the run's clock.</param>
public abstract record RunEvent(DateTimeOffset At);
