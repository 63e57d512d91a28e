using System.Text.Json;

namespace Turbulence.Events;

/// <summary>A check of the steady state ended.</summary>
/// <param name="At">When.</param>
/// <param name="Run">Its record.</param>
public sealed record HypothesisEnded(DateTimeOffset At, HypothesisRun Run) : RunEvent(At)
{
    /// <inheritdoc/>
    public override string Word => "hypothesis-ended";

    /// <inheritdoc/>
    internal override RunEvent Masked(EventMask mask) => this with { Run = Run.Masked(mask) };

    /// <inheritdoc/>
    internal override void Describe(Utf8JsonWriter line)
    {
        line.WriteWord("phase", Run.Phase);
        line.WriteNumber("iteration", Run.Iteration);
        line.WriteBoolean("met", Run.Met);
    }
}
