using Turbulence.Experiments;
using Turbulence.Options;

namespace Turbulence.Events;

/// <summary>The run begins. Configuration and secrets are resolved; nothing was touched yet.</summary>
/// <param name="At">When.</param>
/// <param name="Experiment">The experiment; its title is substituted.</param>
/// <param name="Options">How it is run.</param>
public sealed record RunStarted(DateTimeOffset At, Experiment Experiment, RunOptions Options) : RunEvent(At);
