using System.Text.Json;

namespace Turbulence.Events;

/// <summary>The steady state is not checked in this run.</summary>
/// <param name="At">When.</param>
/// <param name="Requested">True where the strategy asks for it; false where the experiment has no hypothesis.</param>
public sealed record HypothesisSkipped(DateTimeOffset At, bool Requested) : RunEvent(At)
{
    /// <inheritdoc/>
    public override string Word => "hypothesis-skipped";

    /// <inheritdoc/>
    internal override RunEvent Masked(EventMask mask) => this;

    /// <inheritdoc/>
    internal override void Describe(Utf8JsonWriter line)
    {
        line.WriteBoolean("requested", Requested);
    }
}
