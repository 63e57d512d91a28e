using Turbulence.Experiments;
using Turbulence.Running;
using Turbulence.Running.Events;

namespace Turbulence.Services;

/// <summary>
/// Starts the services of an experiment before the run and stops them after it. What already answers is adopted: it is
/// used, and left as it is.
/// </summary>
internal sealed class ServiceSupervisor(Experiment experiment, RunEvents events, TimeProvider time)
{
    private readonly List<SupervisedService> started = [];

    /// <summary>Where the services of the experiment are by now.</summary>
    public IReadOnlyList<ServiceLocation> Locations
    {
        get
        {
            lock (started)
            {
                return [.. ServiceDefinition.Read(experiment).Select(definition => new ServiceLocation(
                    definition.Name, definition.ReadyUrl, started.Find(service => service.Definition.Name == definition.Name)?.Process))];
            }
        }
    }

    /// <summary>Starts all services side by side and waits until each is ready.</summary>
    /// <returns>One line for each that is not; empty when all are.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled; what was started is still to be stopped.</exception>
    public async Task<IReadOnlyList<string>> StartAsync(CancellationToken cancellationToken)
    {
        var definitions = ServiceDefinition.Read(experiment);
        if (definitions.Count == 0)
        {
            return [];
        }

        using var readiness = new ServiceReadiness(time);
        var problems = await Task.WhenAll(definitions.Select(definition => StartAsync(definition, readiness, cancellationToken)));
        return [.. problems.OfType<string>()];
    }

    /// <summary>Stops what was started, side by side, and makes sure that it is gone. Safe to call twice.</summary>
    /// <returns>One line for each service that could not be stopped.</returns>
    public async Task<IReadOnlyList<string>> StopAsync()
    {
        SupervisedService[] running;
        lock (started)
        {
            running = [.. started];
            started.Clear();
        }

        var problems = await Task.WhenAll(running.Select(StopAsync));
        return [.. problems.OfType<string>()];
    }

    private async Task<string?> StartAsync(ServiceDefinition definition, ServiceReadiness readiness, CancellationToken cancellationToken)
    {
        if (definition.ReadyUrl is { } url && await readiness.AskAsync(url, cancellationToken) is null)
        {
            Tell(definition, ServiceState.Adopted, $"already answers at {url}");
            return null;
        }

        var begun = time.GetTimestamp();
        if (!SupervisedService.TryStart(definition, experiment.BaseDirectory, out var service, out var problem))
        {
            Tell(definition, ServiceState.Failed, problem);
            return $"service '{definition.Name}' could not be started: {problem}";
        }

        lock (started)
        {
            started.Add(service);
        }

        Tell(definition, ServiceState.Starting, $"process {service.Id}, output in {service.OutputFile}");
        problem = await service.WaitUntilReadyAsync(readiness, time, cancellationToken);
        Tell(definition, problem is null ? ServiceState.Ready : ServiceState.Failed, problem ?? $"after {time.GetElapsedTime(begun).TotalSeconds:0.00} s");
        return problem is null ? null : $"service '{definition.Name}' did not get ready: {problem}";
    }

    private async Task<string?> StopAsync(SupervisedService service)
    {
        Tell(service.Definition, ServiceState.Stopping, "");
        var problem = await service.StopAsync(time);
        Tell(service.Definition, problem is null ? ServiceState.Stopped : ServiceState.Failed, problem ?? "");
        return problem is null ? null : $"service '{service.Definition.Name}' could not be stopped: {problem}";
    }

    private void Tell(ServiceDefinition definition, ServiceState state, string detail) =>
        events.Publish(new ServiceChanged(events.Now, definition.Name, state, detail));
}
