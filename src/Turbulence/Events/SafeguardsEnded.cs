using System.Text.Json;

namespace Turbulence.Events;

/// <summary>The safeguards no longer watch.</summary>
/// <param name="At">When.</param>
/// <param name="Checks">How often they were checked, all together.</param>
/// <param name="Missed">The first that was missed or could not be read; null where all was well.</param>
public sealed record SafeguardsEnded(DateTimeOffset At, int Checks, ActivityRun? Missed) : RunEvent(At)
{
    /// <inheritdoc/>
    public override string Word => "safeguards-ended";

    /// <inheritdoc/>
    internal override RunEvent Masked(EventMask mask) => this with { Missed = Missed?.Masked(mask) };

    /// <inheritdoc/>
    internal override void Describe(Utf8JsonWriter line)
    {
        line.WriteNumber("checks", Checks);
        if (Missed is { } missed)
        {
            line.WriteString("missed", missed.Activity.Name);
        }
    }
}
