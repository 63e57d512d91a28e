namespace Turbulence.Events;

/// <summary>A line for people that no other event says.</summary>
/// <param name="At">When.</param>
/// <param name="Level">How much it weighs.</param>
/// <param name="Text">One line.</param>
public sealed record Notice(DateTimeOffset At, NoticeLevel Level, string Text) : RunEvent(At);
