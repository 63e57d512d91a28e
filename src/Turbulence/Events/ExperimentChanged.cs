using Turbulence.Experiments;

namespace Turbulence.Events;

/// <summary>Controls changed the experiment while it ran. Told once, when nothing of it is left to be run.</summary>
/// <param name="At">When.</param>
/// <param name="Experiment">The experiment as it is now.</param>
public sealed record ExperimentChanged(DateTimeOffset At, Experiment Experiment) : RunEvent(At)
{
    /// <inheritdoc/>
    public override string Word => "experiment-changed";

    /// <inheritdoc/>
    internal override RunEvent Masked(EventMask mask) => this with { Experiment = mask.Of(Experiment) };
}
