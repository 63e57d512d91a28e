using System.Text.Json.Nodes;
using Turbulence.Runs.Loading;
using Turbulence.Runs.Requests;
using Turbulence.Runs.Scopes;

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

    /// <summary>
    /// Puts a fault in until a scope ends:
    /// <c>await using var gone = await Chaos.FaultAsync("process.pause", new() { ["port"] = 8002 });</c>
    /// </summary>
    /// <param name="kind">Its kind, as <c>chaos faults kinds</c> lists them.</param>
    /// <param name="arguments">The arguments of the kind.</param>
    /// <param name="place">Where it is. Default: here.</param>
    /// <param name="cancellationToken">Takes it back.</param>
    /// <inheritdoc cref="FaultScope.BeginAsync"/>
    public static Task<FaultScope> FaultAsync(
        string kind, JsonObject arguments, RunPlace? place = null, CancellationToken cancellationToken = default) =>
        FaultScope.BeginAsync(new ScopedFault(kind, arguments), place: place, cancellationToken: cancellationToken);
}
