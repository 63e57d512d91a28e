using System.Globalization;
using Turbulence.Events;
using Turbulence.Experiments;
using Turbulence.Values;

namespace Turbulence.Services;

/// <summary>
/// Starts the services of an experiment before the run and stops them after it. What is there already is adopted when it is what would be
/// started (<see cref="ServiceAdoption"/>): it is used, and left as it is. A service is begun when all that it needs are ready, and stopped
/// when all that need it are stopped; what does not depend on each other goes on side by side. The proxies are there before the first of
/// them and until after the last.
/// </summary>
internal sealed class ServiceSupervisor(
    Experiment experiment, ResolvedValues values, ProxySupervisor proxies, RunEvents events, RunEnvironment environment, TimeProvider time)
{
    /// <summary>How long a service that died may take to be back at the end: somebody may start it again without waiting for it.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan LongWait = TimeSpan.FromSeconds(5);

    private readonly List<SupervisedService> started = [];
    private readonly List<ServiceStanding> standing = [];
    private ServiceOrder? order;
    private bool hasFailed;

    /// <summary>Where the services of the experiment are by now.</summary>
    public IReadOnlyList<ServiceLocation> Locations
    {
        get
        {
            lock (started)
            {
                return [.. Order.Services.Select(definition => new ServiceLocation(
                    definition.Name, definition.ReadyUrl, started.Find(service => service.Definition.Name == definition.Name)?.Process)
                {
                    Port = definition.LocalPort,
                    Proxies = proxies.Of(definition),
                })];
            }
        }
    }

    /// <summary>One line for each service that was there already and is used as it is.</summary>
    public IReadOnlyList<string> Adoptions
    {
        get
        {
            lock (started)
            {
                return [.. standing.Where(one => one.Adopted is not null)
                    .Select(one => $"service '{one.Definition.Name}' was not started by this run: {one.Adopted} was running already")];
            }
        }
    }

    // Read once, when they are first asked for: who needs whom must not change on the way.
    private ServiceOrder Order
    {
        get
        {
            lock (started)
            {
                return order ??= new ServiceOrder(ServiceBlock.Read(experiment, values));
            }
        }
    }

    /// <summary>Starts the proxies, then all services, and waits until each is ready.</summary>
    /// <returns>One line for each that is not; empty when all are.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled; what was started is still to be stopped.</exception>
    public async Task<IReadOnlyList<string>> StartAsync(CancellationToken cancellationToken)
    {
        if (Order.Problems is [var wrong, ..])
        {
            // Validation has seen it, unless a control has changed the experiment since.
            return [$"service '{wrong.Service}' was not started: {wrong.Message}"];
        }

        if (await proxies.StartAsync(Order.Services, cancellationToken) is { } unproxied)
        {
            return [unproxied];
        }

        using var readiness = new ServiceReadiness(time);
        var starts = new Dictionary<string, Task<string?>>();
        foreach (var definition in Order.Services)
        {
            starts[definition.Name] = StartAsync(
                definition, [.. definition.Needs.Distinct().Select(need => (need, starts[need]))], readiness, cancellationToken);
        }

        var problems = await Task.WhenAll(starts.Values);
        return [.. problems.OfType<string>()];
    }

    /// <summary>Looks whether every service that was there when the run began is there at its end, ours or adopted.</summary>
    /// <param name="waits">Whether one that is not there yet is waited for.</param>
    /// <returns>One line for each that is not, and one for the proxies; those of adopted ones apart, because nobody starts them
    /// again.</returns>
    public async Task<(IReadOnlyList<string> Ours, IReadOnlyList<string> Adopted)> FindLostAsync(bool waits)
    {
        ServiceStanding[] expected;
        lock (started)
        {
            expected = [.. standing];
        }

        using var readiness = new ServiceReadiness(time);
        var lost = await Task.WhenAll(
            expected.Select(async one => (one, Line: await one.LostAsync(readiness, waits ? Patience : TimeSpan.Zero, time))));
        foreach (var (one, line) in lost)
        {
            if (line is not null)
            {
                Tell(one.Definition, ServiceState.Failed, line);
            }
        }

        return ([.. Lines(lost, adopted: false), .. await proxies.FindLossAsync() is { } loss ? [loss] : (string[])[]], Lines(
            lost, adopted: true));
    }

    /// <summary>Stops what was started, what needs others first, and makes sure that it is gone. Safe to call twice.</summary>
    /// <returns>One line for each service that could not be stopped, and for the proxies.</returns>
    public async Task<IReadOnlyList<string>> StopAsync()
    {
        SupervisedService[] running;
        lock (started)
        {
            running = [.. started];
            started.Clear();
        }

        var order = Order;
        List<(ServiceDefinition Service, Task<string?> Stop)> stops = [];
        foreach (var definition in order.Services.Reverse())
        {
            if (Array.Find(running, service => service.Definition == definition) is { } service)
            {
                stops.Add((definition, StopAsync(
                    service, [.. stops.Where(stop => order.Needs(stop.Service, definition)).Select(stop => stop.Stop)])));
            }
        }

        var problems = await Task.WhenAll(stops.Select(stop => stop.Stop));
        return [.. problems.Append(await proxies.StopAsync()).OfType<string>()];
    }

    private static List<string> Lines((ServiceStanding Service, string? Line)[] lost, bool adopted) =>
        [.. lost.Where(one => one.Line is not null && (one.Service.Adopted is not null) == adopted)
            .Select(one => $"service '{one.Service.Definition.Name}' is not there at the end of the run: {one.Line}")];

    private async Task<string?> StartAsync(
        ServiceDefinition definition,
        (string Name, Task<string?> Start)[] needs,
        ServiceReadiness readiness,
        CancellationToken cancellationToken)
    {
        var needed = await Task.WhenAll(needs.Select(need => need.Start));
        if (Array.FindIndex(needed, problem => problem is not null) is var missing and >= 0)
        {
            return NotStarted(definition, $"it needs '{needs[missing].Name}', which is not ready");
        }

        if (needs.Length > 0 && Volatile.Read(ref hasFailed))
        {
            return NotStarted(definition, "another one has failed before its turn");
        }

        if (definition.Problem is { } wrong)
        {
            return NotStarted(definition, wrong);
        }

        var (adopted, problem) = await new ServiceAdoption(readiness, time).LookAsync(definition, cancellationToken);
        if (problem is not null)
        {
            return NotStarted(definition, problem);
        }

        if (adopted is not null)
        {
            Stands(new ServiceStanding(definition, null, adopted));
            Tell(definition, ServiceState.Adopted, $"{adopted} already answers at {definition.Ready?.Place}");
            return null;
        }

        var begun = time.GetTimestamp();
        if (!SupervisedService.TryStart(definition, experiment.BaseDirectory, environment, out var service, out problem))
        {
            Fail(definition, problem);
            return $"service '{definition.Name}' could not be started: {problem}";
        }

        lock (started)
        {
            started.Add(service);
        }

        Tell(definition, ServiceState.Starting, $"process {service.Id}, output in {service.OutputFile}");
        problem = await ReadyAsync(service, readiness, cancellationToken);
        if (problem is not null)
        {
            Fail(definition, problem);
            return $"service '{definition.Name}' did not get ready: {problem}";
        }

        Stands(new ServiceStanding(definition, service, null));
        Tell(definition, ServiceState.Ready, $"after {time.GetElapsedTime(begun).TotalSeconds:0.00} s");
        return null;
    }

    // Who waits for long is told for what: a service may be built before it starts.
    private async Task<string?> ReadyAsync(SupervisedService service, ServiceReadiness readiness, CancellationToken cancellationToken)
    {
        var ready = service.WaitUntilReadyAsync(readiness, time, cancellationToken);
        using var done = new CancellationTokenSource();
        if (await Task.WhenAny(ready, Task.Delay(LongWait, time, done.Token)) != ready)
        {
            events.Say(
                NoticeLevel.Information,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Service {service.Definition.Name}: not ready yet after {LongWait.TotalSeconds} s; its output is in {service.OutputFile}"));
        }

        await done.CancelAsync();
        return await ready;
    }

    private string NotStarted(ServiceDefinition definition, string problem)
    {
        Fail(definition, problem);
        return $"service '{definition.Name}' was not started: {problem}";
    }

    private void Fail(ServiceDefinition definition, string problem)
    {
        Volatile.Write(ref hasFailed, true);
        Tell(definition, ServiceState.Failed, problem);
    }

    private async Task<string?> StopAsync(SupervisedService service, Task[] before)
    {
        await Task.WhenAll(before);
        Tell(service.Definition, ServiceState.Stopping, "");
        var problem = await service.StopAsync(time);
        Tell(service.Definition, problem is null ? ServiceState.Stopped : ServiceState.Failed, problem ?? "");
        return problem is null ? null : $"service '{service.Definition.Name}' could not be stopped: {problem}";
    }

    private void Stands(ServiceStanding service)
    {
        lock (started)
        {
            standing.Add(service);
        }
    }

    private void Tell(ServiceDefinition definition, ServiceState state, string detail) =>
        events.Publish(new ServiceChanged(events.Now, definition.Name, state, detail));
}
