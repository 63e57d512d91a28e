using System.Text.Json;

namespace Turbulence.Events;

/// <summary>The method begins.</summary>
/// <param name="At">When.</param>
/// <param name="Activities">How many activities it has.</param>
public sealed record MethodStarted(DateTimeOffset At, int Activities) : RunEvent(At)
{
    /// <inheritdoc/>
    public override string Word => "method-started";

    /// <inheritdoc/>
    internal override RunEvent Masked(EventMask mask) => this;

    /// <inheritdoc/>
    internal override void Describe(Utf8JsonWriter line)
    {
        line.WriteNumber("activities", Activities);
    }
}
