using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Turbulence.Aspire.Commands;
using Turbulence.Aspire.Hosting;
using Turbulence.Aspire.Resources;
using Turbulence.Runs.Requests;

// Where every AppHost looks for what can be added to it.
#pragma warning disable IDE0130
namespace Aspire.Hosting;

/// <summary>Puts Turbulence into an AppHost.</summary>
public static class ChaosBuilderExtensions
{
    /// <summary>
    /// Puts a fault proxy on each edge of the application: wherever a resource is given the address of another's endpoint, it is given
    /// that of a proxy in front of it. What is published or deployed has none of it.
    /// </summary>
    /// <param name="builder">The builder of the AppHost.</param>
    /// <param name="name">The name of the resource under which the edges are shown. Default: <c>chaos</c>.</param>
    /// <param name="configure">Says which edges, which ports, how long faults stay. Default: as <see cref="ChaosOptions"/> says.</param>
    /// <exception cref="InvalidOperationException">It was added before.</exception>
    public static IResourceBuilder<ChaosResource> AddChaos(
        this IDistributedApplicationBuilder builder, [ResourceName] string name = "chaos", Action<ChaosOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (builder.Resources.OfType<ChaosResource>().Any())
        {
            throw new InvalidOperationException("AddChaos was called before: an AppHost has one set of fault proxies");
        }

        var chaos = new ChaosResource(name);
        if (builder.ExecutionContext.IsPublishMode)
        {
            return builder.CreateResourceBuilder(chaos);
        }

        var options = new ChaosOptions();
        configure?.Invoke(options);
        if (options.Lease < TimeSpan.FromSeconds(1) || options.Lease > TimeSpan.FromDays(1))
        {
            throw new InvalidOperationException($"the lease of faults must be a second to a day, not {options.Lease}");
        }

        var room = new ChaosRoom(builder, chaos, options);
        chaos.Annotations.Add(room);
        builder.Services.AddSingleton(_ => room);
        builder.Services.AddSingleton<IHostedService>(static services => new ChaosEnd(services.GetRequiredService<ChaosRoom>()));
        builder.Eventing.Subscribe<BeforeStartEvent>(room.BeginAsync);
        return builder
            .AddResource(chaos)
            .WithInitialState(new CustomResourceSnapshot
            {
                ResourceType = "Chaos",
                Properties = [],
                State = KnownResourceStates.Starting,
            })
            .ExcludeFromManifest()
            .WithCommand(
                "take-back-all",
                "Take everything back",
                async _ =>
                {
                    var ended = await Task.WhenAll(room.Map.Edges.Select(room.Hurts.EndAsync));
                    return EdgeCommands.Result(([.. ended.SelectMany(static one => one.Lines)], ended.All(static one => one.IsClean)));
                },
                new CommandOptions
                {
                    Description = "Takes back every fault that is in on an edge of this AppHost.",
                    IconName = "ArrowUndo",
                    IsHighlighted = true,
                });
    }

    /// <summary>
    /// Adds an experiment, which a command in the dashboard runs against the resources as they are then. Its faults name them as services
    /// (<c>"service": "api", "from": "web"</c>), and its configuration may declare <c>api_http_url</c>, <c>api_http_port</c>,
    /// <c>api_http_host</c> and <c>api_pid</c>, whose values are then those of the AppHost.
    /// </summary>
    /// <param name="chaos">What <see cref="AddChaos"/> gave.</param>
    /// <param name="name">The name of the resource that shows it.</param>
    /// <param name="path">Its file, relative to the AppHost's folder, or a URL.</param>
    public static IResourceBuilder<ChaosResource> WithExperiment(
        this IResourceBuilder<ChaosResource> chaos, [ResourceName] string name, string path)
    {
        ArgumentNullException.ThrowIfNull(chaos);
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (chaos.Resource.Annotations.OfType<ChaosRoom>().FirstOrDefault() is not { } room)
        {
            return chaos;
        }

        var where = path.Contains("://", StringComparison.Ordinal)
            ? path
            : Path.GetFullPath(path, chaos.ApplicationBuilder.AppHostDirectory);
        var experiment = new ExperimentResource(name, where, chaos.Resource);
        chaos.ApplicationBuilder
            .AddResource(experiment)
            .WithInitialState(new CustomResourceSnapshot
            {
                ResourceType = "ChaosExperiment",
                Properties = [new("chaos.file", where) { DisplayName = "File" }],
                State = "not run yet",
            })
            .ExcludeFromManifest()
            .WithCommand(
                "run",
                "Run",
                async context =>
                {
                    try
                    {
                        var ended = await room.Experiments!.RunAsync(experiment, null, context.CancellationToken);
                        return ended.Outcome is { Verdict: Turbulence.Events.Verdict.Passed, NeedsAPerson: false }
                            ? CommandResults.Success($"{name}: {ended.Outcome.Word}", ended.Markdown, CommandResultFormat.Markdown)
                            : CommandResults.Failure($"{name}: {ended.Outcome.Word}", ended.Markdown, CommandResultFormat.Markdown);
                    }
                    catch (Exception refused) when (refused is RunRefusedException or InvalidOperationException)
                    {
                        return CommandResults.Failure(refused.Message);
                    }
                },
                new CommandOptions
                {
                    Description = "Runs the experiment; everything that it puts in is taken back.",
                    IconName = "Play",
                    IsHighlighted = true,
                });
        return chaos;
    }
}
