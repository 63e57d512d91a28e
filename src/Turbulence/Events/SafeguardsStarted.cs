using System.Text.Json;

namespace Turbulence.Events;

/// <summary>Safeguards watch over the run from now on.</summary>
/// <param name="At">When.</param>
/// <param name="Count">How many there are.</param>
public sealed record SafeguardsStarted(DateTimeOffset At, int Count) : RunEvent(At)
{
    /// <inheritdoc/>
    public override string Word => "safeguards-started";

    /// <inheritdoc/>
    internal override RunEvent Masked(EventMask mask) => this;

    /// <inheritdoc/>
    internal override void Describe(Utf8JsonWriter line)
    {
        line.WriteNumber("count", Count);
    }
}
