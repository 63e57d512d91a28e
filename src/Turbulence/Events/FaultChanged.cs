using System.Text.Json;

namespace Turbulence.Events;

/// <summary>A fault made a step on its way, or something was seen of it.</summary>
/// <param name="At">When.</param>
/// <param name="Fault">All that is known of it by now.</param>
/// <param name="Before">Where it was on its way before.</param>
public sealed record FaultChanged(DateTimeOffset At, FaultReport Fault, FaultState Before) : RunEvent(At)
{
    /// <inheritdoc/>
    public override string Word => "fault-changed";

    /// <inheritdoc/>
    internal override RunEvent Masked(EventMask mask) => this with { Fault = Fault.Masked(mask) };

    /// <inheritdoc/>
    internal override void Describe(Utf8JsonWriter line)
    {
        line.WriteString("fault", Fault.Id);
        line.WriteString("kind", Fault.Kind);
        line.WriteString("name", Fault.Activity);
        line.WriteString("state", Fault.Standing);
        if (Fault.RevertedBy is { } by)
        {
            line.WriteString("by", by);
        }
    }
}
