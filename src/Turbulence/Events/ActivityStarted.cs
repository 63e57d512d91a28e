using System.Text.Json;

namespace Turbulence.Events;

/// <summary>An activity begins.</summary>
/// <param name="At">When.</param>
/// <param name="Run">Its record so far.</param>
public sealed record ActivityStarted(DateTimeOffset At, ActivityRun Run) : RunEvent(At)
{
    /// <inheritdoc/>
    public override string Word => "activity-started";

    /// <inheritdoc/>
    internal override RunEvent Masked(EventMask mask) => this with { Run = Run.Masked(mask) };

    /// <inheritdoc/>
    internal override void Describe(Utf8JsonWriter line)
    {
        Run.Describe(line);
        line.WriteWord("type", Run.Activity.Type);
        line.WriteBoolean("background", Run.Background);
    }
}
