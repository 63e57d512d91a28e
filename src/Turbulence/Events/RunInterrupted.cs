using System.Text.Json;
using Turbulence.Interruptions;

namespace Turbulence.Events;

/// <summary>Something asked the run to stop.</summary>
/// <param name="At">When.</param>
/// <param name="Interruption">What, and why.</param>
public sealed record RunInterrupted(DateTimeOffset At, Interruption Interruption) : RunEvent(At)
{
    /// <inheritdoc/>
    public override string Word => "run-interrupted";

    /// <inheritdoc/>
    internal override RunEvent Masked(EventMask mask) =>
        this with { Interruption = Interruption with { Message = mask.Of(Interruption.Message) } };

    /// <inheritdoc/>
    internal override void Describe(Utf8JsonWriter line)
    {
        line.WriteWord("cause", Interruption.Cause);
        line.WriteString("message", Interruption.Message);
    }
}
