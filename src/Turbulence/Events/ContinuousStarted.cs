using System.Text.Json;

namespace Turbulence.Events;

/// <summary>The steady state is checked again and again from now on.</summary>
/// <param name="At">When.</param>
/// <param name="Frequency">The gap between two checks.</param>
public sealed record ContinuousStarted(DateTimeOffset At, TimeSpan Frequency) : RunEvent(At)
{
    /// <inheritdoc/>
    public override string Word => "continuous-started";

    /// <inheritdoc/>
    internal override RunEvent Masked(EventMask mask) => this;

    /// <inheritdoc/>
    internal override void Describe(Utf8JsonWriter line)
    {
        line.WriteSeconds("frequency", Frequency);
    }
}
