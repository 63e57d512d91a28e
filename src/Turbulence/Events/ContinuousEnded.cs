using System.Text.Json;

namespace Turbulence.Events;

/// <summary>The steady state is no longer checked again and again.</summary>
/// <param name="At">When.</param>
/// <param name="Iterations">How often it was checked.</param>
/// <param name="Missed">How often it was not met.</param>
/// <param name="FailedFast">True where a miss ended the method.</param>
public sealed record ContinuousEnded(DateTimeOffset At, int Iterations, int Missed, bool FailedFast) : RunEvent(At)
{
    /// <inheritdoc/>
    public override string Word => "continuous-ended";

    /// <inheritdoc/>
    internal override RunEvent Masked(EventMask mask) => this;

    /// <inheritdoc/>
    internal override void Describe(Utf8JsonWriter line)
    {
        line.WriteNumber("checks", Iterations);
        line.WriteNumber("missed", Missed);
        line.WriteBoolean("failed_fast", FailedFast);
    }
}
