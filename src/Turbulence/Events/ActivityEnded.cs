using System.Text.Json;

namespace Turbulence.Events;

/// <summary>An activity ended.</summary>
/// <param name="At">When.</param>
/// <param name="Run">Its whole record.</param>
public sealed record ActivityEnded(DateTimeOffset At, ActivityRun Run) : RunEvent(At)
{
    /// <inheritdoc/>
    public override string Word => "activity-ended";

    /// <inheritdoc/>
    internal override RunEvent Masked(EventMask mask) => this with { Run = Run.Masked(mask) };

    /// <inheritdoc/>
    internal override void Describe(Utf8JsonWriter line)
    {
        Run.Describe(line);
        Run.DescribeEnd(line);
    }
}
