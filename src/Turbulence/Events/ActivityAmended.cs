using System.Text.Json;

namespace Turbulence.Events;

/// <summary>A control changed the entry of an activity that has ended.</summary>
/// <param name="At">When.</param>
/// <param name="Run">Its whole record, changed.</param>
public sealed record ActivityAmended(DateTimeOffset At, ActivityRun Run) : RunEvent(At)
{
    /// <inheritdoc/>
    public override string Word => "activity-amended";

    /// <inheritdoc/>
    internal override RunEvent Masked(EventMask mask) => this with { Run = Run.Masked(mask) };

    /// <inheritdoc/>
    internal override void Describe(Utf8JsonWriter line)
    {
        Run.Describe(line);
    }
}
