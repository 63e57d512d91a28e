using System.Text.Json;

namespace Turbulence.Events;

/// <summary>The run is over; the last event.</summary>
/// <param name="At">When.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Duration">How long it took.</param>
public sealed record RunEnded(DateTimeOffset At, RunOutcome Outcome, TimeSpan Duration) : RunEvent(At)
{
    /// <inheritdoc/>
    public override string Word => "run-ended";

    /// <inheritdoc/>
    internal override RunEvent Masked(EventMask mask) => this with { Outcome = Outcome.Masked(mask) };

    /// <inheritdoc/>
    internal override void Describe(Utf8JsonWriter line)
    {
        line.WriteWord("status", Outcome.Status);
        line.WriteString("verdict", Outcome.Word);
        line.WriteNumber("exit_code", Outcome.ExitCode);
    }
}
