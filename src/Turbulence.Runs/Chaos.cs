using Turbulence.Runs.Loading;

namespace Turbulence.Runs;

/// <summary>
/// The way in: an experiment from a file or from code, prepared and run.
/// <code>
///   await using var run = await Chaos.Load("experiment.json").PrepareAsync();
///   var outcome = await run.RunAsync();
/// </code>
/// </summary>
public static class Chaos
{
    /// <summary>An experiment of a JSON or YAML file, or of an http(s) URL. Nothing is read before it is prepared.</summary>
    /// <param name="source">The path or the URL.</param>
    public static LoadableExperiment Load(string source) => new(new NamedSource(source));

    /// <summary>Begins an experiment that is put together by code.</summary>
    /// <param name="title">Its title.</param>
    public static ExperimentBuilder Experiment(string title) => new(title);
}
