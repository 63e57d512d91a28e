namespace Turbulence.Events;

/// <summary>What was seen when somebody looked.</summary>
/// <param name="Seen">Whether it is as it should be: the fault in effect, or everything as before.</param>
/// <param name="Text">What was seen, in one line.</param>
public sealed record FaultSight(bool Seen, string Text)
{
    /// <summary>The same without secrets.</summary>
    internal FaultSight Masked(EventMask mask) => this with { Text = mask.Of(Text) };
}
