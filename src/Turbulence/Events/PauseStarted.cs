using Turbulence.Experiments;

namespace Turbulence.Events;

/// <summary>A pause of an activity begins.</summary>
/// <param name="At">When.</param>
/// <param name="Activity">The activity that it belongs to.</param>
/// <param name="Before">True for the pause before the activity, false for the one after it.</param>
/// <param name="Duration">How long it takes.</param>
/// <param name="DurationText">How long it takes in seconds, as the experiment writes it.</param>
public sealed record PauseStarted(DateTimeOffset At, Activity Activity, bool Before, TimeSpan Duration, string DurationText) : RunEvent(At);
