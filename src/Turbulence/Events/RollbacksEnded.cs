namespace Turbulence.Events;

/// <summary>The rollbacks ended, their background activities included.</summary>
/// <param name="At">When.</param>
public sealed record RollbacksEnded(DateTimeOffset At) : RunEvent(At)
{
    /// <inheritdoc/>
    public override string Word => "rollbacks-ended";

    /// <inheritdoc/>
    internal override RunEvent Masked(EventMask mask) => this;
}
