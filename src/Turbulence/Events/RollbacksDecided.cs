using System.Text.Json;

namespace Turbulence.Events;

/// <summary>Whether the rollbacks are played is decided.</summary>
/// <param name="At">When.</param>
/// <param name="Played">Whether they are.</param>
/// <param name="Reason">Why, in one line.</param>
/// <param name="Activities">How many there are.</param>
/// <param name="Announced">The line that the reference runner prints for this decision; null where it is silent.</param>
public sealed record RollbacksDecided(DateTimeOffset At, bool Played, string Reason, int Activities, string? Announced) : RunEvent(At)
{
    /// <inheritdoc/>
    public override string Word => "rollbacks-decided";

    /// <inheritdoc/>
    internal override RunEvent Masked(EventMask mask) => this with { Reason = mask.Of(Reason), Announced = mask.Of(Announced) };

    /// <inheritdoc/>
    internal override void Describe(Utf8JsonWriter line)
    {
        line.WriteBoolean("played", Played);
        line.WriteNumber("activities", Activities);
    }
}
