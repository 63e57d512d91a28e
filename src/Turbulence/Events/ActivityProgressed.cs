using System.Text.Json;
using System.Text.Json.Nodes;

namespace Turbulence.Events;

/// <summary>
/// An activity that goes on says how far it is. Told at most five times a second for each activity; of what comes faster the latest, and
/// the last one always, before its end is told.
/// </summary>
/// <param name="At">When.</param>
/// <param name="Run">Its record so far.</param>
/// <param name="Progress">What its provider has counted and measured so far: aggregates, small. Nobody changes it.</param>
public sealed record ActivityProgressed(DateTimeOffset At, ActivityRun Run, JsonObject Progress) : RunEvent(At)
{
    /// <inheritdoc/>
    public override string Word => "activity-progressed";

    /// <inheritdoc/>
    internal override RunEvent Masked(EventMask mask) => this with { Run = Run.Masked(mask), Progress = (JsonObject)mask.Of(Progress)! };

    /// <inheritdoc/>
    internal override void Describe(Utf8JsonWriter line)
    {
        Run.Describe(line);
        line.WritePropertyName("progress");
        Progress.WriteTo(line);
    }
}
