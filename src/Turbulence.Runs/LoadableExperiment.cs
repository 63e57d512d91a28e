using Turbulence.Interruptions;
using Turbulence.Runs.Loading;
using Turbulence.Runs.Requests;

namespace Turbulence.Runs;

/// <summary>An experiment that can be loaded, wherever it comes from.</summary>
public sealed class LoadableExperiment
{
    private readonly ExperimentSource source;

    internal LoadableExperiment(ExperimentSource source) => this.source = source;

    /// <summary>Loads and validates it.</summary>
    /// <param name="request">How it is to be run. Default: as it says itself.</param>
    /// <param name="place">Where it is. Default: here.</param>
    /// <param name="purpose">What it is prepared for. Default: a run.</param>
    /// <param name="stop">Where others ask it to stop, until it has run. Default: nobody does.</param>
    /// <param name="listener">Hears what is said before it runs. Default: nobody.</param>
    /// <returns>The run, ready or refused (<see cref="PreparedRun.Refusal"/>); to be disposed either way.</returns>
    public Task<PreparedRun> PrepareAsync(
        RunRequest? request = null,
        RunPlace? place = null,
        RunPurpose purpose = RunPurpose.Run,
        RunStop? stop = null,
        IRunListener? listener = null) =>
        PreparedRun.PrepareAsync(
            source, request ?? new RunRequest(), purpose, place ?? new RunPlace(), stop, listener ?? NoListener.Instance);
}
