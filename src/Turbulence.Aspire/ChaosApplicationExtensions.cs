using System.Text.Json.Nodes;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using Turbulence.Aspire.Experiments;
using Turbulence.Aspire.Hosting;
using Turbulence.Aspire.Resources;
using Turbulence.Events;
using Turbulence.Runs.Requests;
using Turbulence.Runs.Scopes;

// Beside the application, where tests of one look.
#pragma warning disable IDE0130
namespace Aspire.Hosting;

/// <summary>Chaos in a running application, for tests.</summary>
public static class ChaosApplicationExtensions
{
    /// <summary>Runs an experiment of the AppHost to its end, as its command in the dashboard does.</summary>
    /// <param name="app">The application.</param>
    /// <param name="name">The name that <c>WithExperiment</c> was given.</param>
    /// <param name="observers">Who hears its events. Default: nobody but the dashboard.</param>
    /// <param name="cancellationToken">Asks it to stop; everything is taken back.</param>
    /// <exception cref="InvalidOperationException">There is none of that name, or it is being run.</exception>
    /// <exception cref="RunRefusedException">It cannot be run; nothing was.</exception>
    public static Task<ExperimentOutcome> RunExperimentAsync(
        this DistributedApplication app,
        string name,
        IEnumerable<IRunObserver>? observers = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(app);
        var experiments = Resources<ExperimentResource>(app);
        return experiments.FirstOrDefault(one => one.Name == name) is { } experiment
            ? app.Services.GetRequiredService<ChaosRoom>().Experiments!.RunAsync(experiment, observers, cancellationToken)
            : throw new InvalidOperationException($"there is no experiment '{name}'; {Known(experiments)}");
    }

    /// <summary>
    /// Puts a fault of the kinds <c>network.*</c> in on an edge until a scope ends:
    /// <c>await using var slow = await app.FaultAsync("web-to-api", "network.latency", new() { ["latency"] = 300 });</c>
    /// </summary>
    /// <param name="app">The application.</param>
    /// <param name="edge">The name of the edge, as the dashboard has it.</param>
    /// <param name="kind">The kind of fault.</param>
    /// <param name="arguments">Its arguments. Default: none.</param>
    /// <param name="place">Where it is written down. Default: as for every run of this user on this machine.</param>
    /// <param name="cancellationToken">Takes it back.</param>
    /// <exception cref="InvalidOperationException">There is no such edge, or it cannot be hurt so; the message says why.</exception>
    /// <exception cref="RunRefusedException">It cannot be put in as it is asked for, or nothing may be run now; nothing was.</exception>
    /// <exception cref="FaultScopeException">It could not be put in, or had no effect; it is taken back, or the exception says what is
    /// left.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled; everything is as it was.</exception>
    public static Task<FaultScope> FaultAsync(
        this DistributedApplication app,
        string edge,
        string kind,
        JsonObject? arguments = null,
        RunPlace? place = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(app);
        var edges = Resources<EdgeResource>(app);
        var meant = edges.FirstOrDefault(one => one.Name == edge)
            ?? throw new InvalidOperationException($"there is no edge '{edge}'; {Known(edges)}");
        return meant.Refusal(kind) is { } refusal
            ? throw new InvalidOperationException(refusal)
            : FaultScope.BeginAsync(
                new ScopedFault(kind, meant.Proxy!.Arguments(arguments)) { Title = $"{kind} on {edge}", Name = edge },
                place: place,
                cancellationToken: cancellationToken);
    }

    private static T[] Resources<T>(DistributedApplication app) =>
        [.. app.Services.GetRequiredService<DistributedApplicationModel>().Resources.OfType<T>()];

    private static string Known(IReadOnlyCollection<IResource> resources) => resources.Count == 0
        ? "there is none at all"
        : $"there are {string.Join(", ", resources.Select(static resource => resource.Name))}";
}
