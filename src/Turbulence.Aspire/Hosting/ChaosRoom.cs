using System.Net;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using Turbulence.Aspire.Commands;
using Turbulence.Aspire.Dashboards;
using Turbulence.Aspire.Edges;
using Turbulence.Aspire.Experiments;
using Turbulence.Aspire.Maps;
using Turbulence.Aspire.References;
using Turbulence.Aspire.Resources;
using Turbulence.Runs.Scopes;

namespace Turbulence.Aspire.Hosting;

/// <summary>
/// All that goes on behind <c>AddChaos</c> while an AppHost runs:
/// <code>
///   before it starts ─▶ edges found ─▶ process of the proxies ─▶ callers' variables and arguments redirected
///   an endpoint has its address ─▶ proxy in front of it listens ─▶ who asked for the address goes on with the proxy's
///   at its end ─▶ experiments stopped, faults taken back ─▶ resources end ─▶ proxies end
/// </code>
/// </summary>
internal sealed class ChaosRoom(IDistributedApplicationBuilder builder, ChaosResource chaos, ChaosOptions options)
    : IResourceAnnotation, IAsyncDisposable
{
    private readonly CancellationTokenSource ending = new();
    private readonly EdgeBoard board = new();
    private readonly ResourceSightings sightings = new();
    private FaultProxies? proxies;
    private Task work = Task.CompletedTask;

    /// <summary>The edges; none before the application starts.</summary>
    public EdgeMap Map { get; private set; } = new([], []);

    /// <summary>Puts faults in on them.</summary>
    public EdgeHurts Hurts => field ??= new EdgeHurts(options, board);

    /// <summary>Runs experiments; null before the application starts.</summary>
    public ExperimentRuns? Experiments { get; private set; }

    /// <summary>Before anything of the application is started.</summary>
    public async Task BeginAsync(BeforeStartEvent starting, CancellationToken cancellationToken)
    {
        var notifications = starting.Services.GetRequiredService<ResourceNotificationService>();
        board.Open(notifications, starting.Services.GetRequiredService<ResourceLoggerService>());
        Map = await EdgeMap.FindAsync(starting.Model.Resources, chaos, options, builder.ExecutionContext, cancellationToken);
        Experiments = new ExperimentRuns(starting.Services, Map, sightings, options);
        foreach (var edge in Map.Edges)
        {
            EdgeCommands.Add(builder.CreateResourceBuilder(edge).WithInitialState(EdgeBoard.Before(edge)), Hurts, options);
            starting.Model.Resources.Add(edge);
        }

        foreach (var problem in Map.Problems)
        {
            board.Complain(chaos, problem);
        }

        var failure = await StartAsync(cancellationToken);
        if (failure is null)
        {
            Redirect(starting.Model.Resources);
        }
        else
        {
            board.Complain(chaos, failure);
            foreach (var edge in Map.Edges.Where(static edge => edge.Problem is null))
            {
                edge.Problem = failure;
            }
        }

        work = Task.WhenAll([WatchProxiesAsync(notifications), WatchCallersAsync(notifications), .. Map.Edges.Select(board.ShowAsync)]);
        await notifications.PublishUpdateAsync(chaos, snapshot => snapshot with
        {
            State = failure is not null ? new(KnownResourceStates.FailedToStart, KnownResourceStateStyles.Error)
                : Map.Problems.Count > 0 ? new("Incomplete", KnownResourceStateStyles.Warn)
                : new(KnownResourceStates.Running, KnownResourceStateStyles.Success),
            Properties = [.. snapshot.Properties, .. Map.Problems.Prepend(failure).OfType<string>().Select(static (problem, at) =>
                new ResourcePropertySnapshot($"chaos.problem.{at}", problem) { DisplayName = "Problem", IsHighlighted = true })],
        });
    }

    /// <summary>Takes back what is in, before the resources are stopped.</summary>
    public async Task CloseAsync()
    {
        await ending.CancelAsync();
        if (Experiments is not null)
        {
            await Experiments.CloseAsync();
        }

        await Hurts.CloseAsync(Map.Edges);
    }

    /// <summary>Ends the proxies, after the resources.</summary>
    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        if (proxies is not null)
        {
            await proxies.DisposeAsync();
        }

        await work;
        Experiments?.Dispose();
        ending.Dispose();
    }

    private async Task<string?> StartAsync(CancellationToken cancellationToken)
    {
        if (!Map.Edges.Any(static edge => edge.Problem is null))
        {
            return null;
        }

        try
        {
            proxies = await FaultProxies.StartAsync(options.Place, cancellationToken);
            return null;
        }
        catch (InvalidOperationException failure)
        {
            return failure.Message;
        }
    }

    private void Redirect(IEnumerable<IResource> resources)
    {
        var addresses = Map.Edges
            .Where(static edge => edge.Problem is null)
            .ToDictionary(static edge => edge, static edge => new EdgeAddress(edge.Name, edge.Upstream));
        foreach (var caller in resources.Where(resource => addresses.Keys.Any(edge => edge.Edge.From == resource.Name)).ToArray())
        {
            var redirection = new Redirection(
                endpoint => Map.Find(caller.Name, endpoint) is { } edge && addresses.TryGetValue(edge, out var address)
                    ? address.Refer(endpoint)
                    : null);
            caller.Annotations.Add(new EnvironmentCallbackAnnotation((EnvironmentCallbackContext context) =>
            {
                foreach (var (name, value) in context.EnvironmentVariables.ToArray())
                {
                    context.EnvironmentVariables[name] = redirection.Apply(value);
                }
            }));
            caller.Annotations.Add(new CommandLineArgsCallbackAnnotation(arguments =>
            {
                for (var at = 0; at < arguments.Count; at++)
                {
                    arguments[at] = redirection.Apply(arguments[at]);
                }
            }));
        }

        foreach (var (edge, address) in addresses)
        {
            _ = ServeAsync(edge, address);
        }
    }

    private async Task ServeAsync(EdgeResource edge, EdgeAddress address)
    {
        try
        {
            var behind = await edge.Upstream.EndpointAnnotation.AllAllocatedEndpoints.GetAllocatedEndpointAsync(
                KnownNetworkIdentifiers.LocalhostNetwork, ending.Token);
            var listen = new IPEndPoint(IPAddress.Loopback, options.Port(edge.Edge)).ToString();
            edge.Proxy = await proxies!.AddAsync(edge.Name, behind.EndPointString, listen);
            address.Allocate(behind.Address, edge.Proxy.Port);
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            return;
        }
        catch (Exception failure)
        {
            // Fails closed: who was to call through it is not started in place of calling past it.
            (edge.Problem, edge.IsBroken) = (failure.Message, true);
            address.Refuse(failure.Message);
            board.Complain(edge, failure.Message);
        }

        await board.ShowAsync(edge);
    }

    private async Task WatchProxiesAsync(ResourceNotificationService notifications)
    {
        if (proxies is null)
        {
            return;
        }

        var ended = await proxies.Ended;
        if (ending.IsCancellationRequested)
        {
            return;
        }

        var lost = $"{ended}: calls on this edge are refused until the AppHost is started again";
        foreach (var edge in Map.Edges.Where(static edge => edge.Problem is null))
        {
            (edge.Problem, edge.IsBroken) = (lost, true);
            board.Complain(edge, lost);
            await board.ShowAsync(edge);
        }

        await notifications.PublishUpdateAsync(
            chaos, snapshot => snapshot with { State = new("Broken", KnownResourceStateStyles.Error) });
    }

    private async Task WatchCallersAsync(ResourceNotificationService notifications)
    {
        var edges = Map.Edges.Where(static edge => edge.Problem is null).ToLookup(static edge => edge.Edge.From);
        try
        {
            await foreach (var told in notifications.WatchAsync(ending.Token))
            {
                sightings.Take(told);
                foreach (var edge in edges[told.Resource.Name].Where(static edge => edge.Proxy is not null))
                {
                    var bypass = Bypass.Find(
                        edge.Edge.From,
                        told.Snapshot,
                        edge.Proxy!.Port,
                        edge.Upstream.EndpointAnnotation.AllocatedEndpoint?.Port ?? 0);
                    if (told.Snapshot.State?.Text == KnownResourceStates.Running && bypass != edge.Bypass)
                    {
                        edge.Bypass = bypass;
                        await board.ShowAsync(edge);
                    }
                }
            }
        }
        catch (OperationCanceledException)
        {
        }
    }
}
