using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using Turbulence.Aspire.Dashboards;
using Turbulence.Aspire.Maps;
using Turbulence.Aspire.Resources;
using Turbulence.Events;
using Turbulence.Runs;
using Turbulence.Runs.Requests;

namespace Turbulence.Aspire.Experiments;

/// <summary>Runs the experiments of an AppHost, each once at a time.</summary>
/// <param name="services">Those of the running application.</param>
/// <param name="map">Has the edges.</param>
/// <param name="sightings">Knows how the resources stand.</param>
/// <param name="options">Where runs are.</param>
internal sealed class ExperimentRuns(IServiceProvider services, EdgeMap map, ResourceSightings sightings, ChaosOptions options)
    : IDisposable
{
    private readonly Lock gate = new();
    private readonly CancellationTokenSource ending = new();
    private readonly Dictionary<string, Task> running = [];

    /// <summary>Runs one to its end.</summary>
    /// <param name="experiment">The experiment.</param>
    /// <param name="observers">Who hears its events. Default: nobody but the dashboard.</param>
    /// <param name="cancellationToken">Asks it to stop.</param>
    /// <exception cref="InvalidOperationException">It is being run.</exception>
    /// <exception cref="RunRefusedException">It cannot be run; nothing was.</exception>
    public async Task<ExperimentOutcome> RunAsync(
        ExperimentResource experiment, IEnumerable<IRunObserver>? observers, CancellationToken cancellationToken)
    {
        TaskCompletionSource done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (gate)
        {
            if (running.TryGetValue(experiment.Name, out var other) && !other.IsCompleted)
            {
                throw new InvalidOperationException($"the experiment {experiment.Name} is being run");
            }

            running[experiment.Name] = done.Task;
        }

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, ending.Token);
        var notifications = services.GetRequiredService<ResourceNotificationService>();
        var watch = new ExperimentWatch(experiment, notifications, services.GetRequiredService<ResourceLoggerService>());
        try
        {
            var values = ResourceValues.Of(
                services.GetRequiredService<DistributedApplicationModel>().Resources, sightings, map);
            var journal = Journal(experiment);
            var place = options.Place with { Services = values.Services };
            await using var run = await Chaos.Load(experiment.Path).PrepareAsync(
                new RunRequest { JournalPath = journal, Variables = values.VariablesIn(experiment.Path) }, place, listener: watch);
            if (run.Document is { } document && ForeignEnds.Find(document, values.Services) is { } problem)
            {
                throw new InvalidOperationException(problem);
            }

            await watch.BeginAsync();
            var outcome = await run.RunAsync([watch, .. observers ?? []], stop.Token);
            return await watch.EndAsync(ExperimentOutcome.Of(outcome, journal));
        }
        catch (Exception refused) when (refused is RunRefusedException or InvalidOperationException)
        {
            await watch.RefuseAsync(refused.Message);
            throw;
        }
        finally
        {
            done.TrySetResult();
        }
    }

    /// <summary>Stops those that are being run, and waits until everything is taken back.</summary>
    public async Task CloseAsync()
    {
        await ending.CancelAsync();
        Task[] left;
        lock (gate)
        {
            left = [.. running.Values];
        }

        await Task.WhenAll(left);
    }

    /// <inheritdoc/>
    public void Dispose() => ending.Dispose();

    private string Journal(ExperimentResource experiment)
    {
        var folder = Path.Combine(
            options.Journals ?? Path.Combine(services.GetRequiredService<IAspireStore>().BasePath, "chaos"), experiment.Name);
        Directory.CreateDirectory(folder);
        return Path.Combine(
            folder,
            $"{options.Place.Time.GetUtcNow().ToString("yyyyMMdd-HHmmss-fff", System.Globalization.CultureInfo.InvariantCulture)}.json");
    }
}
