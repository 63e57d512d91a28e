namespace Turbulence.Events;

/// <summary>The method ended, its background activities included.</summary>
/// <param name="At">When.</param>
public sealed record MethodEnded(DateTimeOffset At) : RunEvent(At)
{
    /// <inheritdoc/>
    public override string Word => "method-ended";

    /// <inheritdoc/>
    internal override RunEvent Masked(EventMask mask) => this;
}
