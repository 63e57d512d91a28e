using System.Text.Json;
using Turbulence.Experiments;
using Turbulence.Options;

namespace Turbulence.Events;

/// <summary>The run begins. Configuration and secrets are resolved; nothing was touched yet.</summary>
/// <param name="At">When.</param>
/// <param name="Experiment">The experiment; its title is substituted.</param>
/// <param name="Options">How it is run.</param>
public sealed record RunStarted(DateTimeOffset At, Experiment Experiment, RunOptions Options) : RunEvent(At)
{
    /// <summary>The program that runs it.</summary>
    public RunProgram Program { get; init; } = RunProgram.Unknown;

    /// <summary>The machine that it is run on.</summary>
    public RunMachine Machine { get; init; } = RunMachine.Current;

    /// <summary>Where every random choice of the run begins: <see cref="RunOptions.Seed"/>.</summary>
    public int Seed => Options.Seed;

    /// <inheritdoc/>
    public override string Word => "run-started";

    /// <inheritdoc/>
    internal override RunEvent Masked(EventMask mask) => this with { Experiment = mask.Of(Experiment), Options = Masked(Options, mask) };

    /// <inheritdoc/>
    internal override void Describe(Utf8JsonWriter line)
    {
        line.WriteString("run", RunId);
    }

    private static RunOptions Masked(RunOptions options, EventMask mask) => options.Safeguards.Count == 0 ? options : options with
    {
        Safeguards = [.. options.Safeguards.Select(safeguard => safeguard with { Probe = mask.Of(safeguard.Probe) })],
    };
}
