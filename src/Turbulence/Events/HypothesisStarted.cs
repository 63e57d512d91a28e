using System.Text.Json;
using Turbulence.Interruptions;

namespace Turbulence.Events;

/// <summary>A check of the steady state begins.</summary>
/// <param name="At">When.</param>
/// <param name="Phase">The stage that it belongs to.</param>
/// <param name="Title">The hypothesis' title.</param>
/// <param name="Iteration">Counts the checks of <see cref="RunPhase.During"/> from 1; 0 in every other stage.</param>
public sealed record HypothesisStarted(DateTimeOffset At, RunPhase Phase, string Title, int Iteration) : RunEvent(At)
{
    /// <inheritdoc/>
    public override string Word => "hypothesis-started";

    /// <inheritdoc/>
    internal override RunEvent Masked(EventMask mask) => this with { Title = mask.Of(Title) };

    /// <inheritdoc/>
    internal override void Describe(Utf8JsonWriter line)
    {
        line.WriteWord("phase", Phase);
        line.WriteNumber("iteration", Iteration);
    }
}
