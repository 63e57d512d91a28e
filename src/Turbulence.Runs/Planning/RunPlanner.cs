using System.Text.Json.Nodes;
using Turbulence.Activities;
using Turbulence.Experiments;
using Turbulence.Load.Users;
using Turbulence.Options;
using Turbulence.Python;
using Turbulence.Services;
using Turbulence.Values;

namespace Turbulence.Runs.Planning;

/// <summary>
/// Says what a run would do, and touches nothing: no program is started, no probe is asked, and no request is sent, but for the question to
/// a proxy that a fault names what it is.
/// </summary>
internal sealed class RunPlanner
{
    private readonly ActivityProviders providers;
    private readonly Experiment experiment;
    private readonly ResolvedValues values;
    private readonly SecretMask mask;
    private readonly IReadOnlyList<ServiceDefinition> services;
    private readonly Lazy<IReadOnlyList<PlannedService>> looked;

    /// <summary>Prepares; nobody is asked yet.</summary>
    /// <param name="providers">Say what their activities would change.</param>
    /// <param name="experiment">The experiment; it is valid.</param>
    /// <param name="values">Configuration and secrets, but for what only a probe can tell.</param>
    public RunPlanner(ActivityProviders providers, Experiment experiment, ResolvedValues values)
    {
        this.providers = providers;
        this.experiment = experiment;
        this.values = values;
        mask = SecretMask.For(values);
        services = ServiceBlock.Read(experiment, values);
        looked = new(() => [.. services.Select(Look)]);
    }

    /// <summary>Makes the plan.</summary>
    /// <param name="safeguards">The safeguards that apply.</param>
    /// <param name="users">The users that there would be; null for none.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public async Task<PlannedRun> PlanAsync(IReadOnlyList<Safeguard> safeguards, JsonObject? users, CancellationToken cancellationToken)
    {
        List<PlannedStage> stages =
        [
            await StageAsync(
                "steady_state", "Steady state, before and after the method and once more after everything was taken back",
                experiment.Hypothesis?.Probes
                    ?? new ActivityList(null), cancellationToken),
            await StageAsync(
                "safeguards", "Safeguards, while the method plays", safeguards.Select(safeguard => safeguard.Probe), cancellationToken),
            await StageAsync("method", "Method", experiment.Method, cancellationToken),
            await StageAsync("rollbacks", "Rollbacks, once an activity of the method was started", experiment.Rollbacks, cancellationToken),
        ];
        return new PlannedRun(
            experiment, mask.Apply(PythonText.Of(Substitution.Apply(experiment.Frame["title"], values))), looked.Value, stages)
        {
            Users = users is null ? null : mask.Apply(UserBlock.Words((JsonObject)Substitution.Apply(users, values)!)),
        };
    }

    private PlannedService Look(ServiceDefinition service)
    {
        var holder = service.LocalPort is null ? null : PortHolder.Find(service);
        var runs = holder is not null && (holder.IsRecognised || service.AdoptsAnything);
        return new(service.Name, mask.Apply(string.Join(' ', service.Run)), runs, holder is null || runs ? null : mask.Apply(holder.Words))
        {
            Port = service.LocalPort,
            IsExpected = service.RunsAlready,
            Needs = service.Needs,
            Ready = service.Ready is { } ready ? mask.Apply(ready.Words) : null,
            Proxies = [.. service.Proxies.Select(Look)],
            Problem = service.Unresolved.Where(experiment.Configuration.ContainsKey).ToList() is { Count: > 0 } asked
                ? $"the value of {string.Join(", ", asked.Select(name => $"${{{name}}}"))} is known only when a run asks for it"
                : service.Problem is { } problem ? $"the run would fail: {mask.Apply(problem)}" : null,
        };
    }

    private PlannedProxy Look(ServiceProxy proxy) =>
        new(
            mask.Apply(proxy.Name),
            Masked(proxy.From),
            mask.Apply(proxy.Listen),
            mask.Apply(proxy.Upstream),
            Masked(PortHolder.WordsFor(proxy)))
        {
            IsUdp = proxy.IsUdp,
        };

    private async Task<PlannedStage> StageAsync(
        string key, string title, IEnumerable<Activity> activities, CancellationToken cancellationToken)
    {
        List<PlannedActivity> planned = [];
        foreach (var declared in activities)
        {
            var activity = declared.Reference is { } name ? experiment.FindReferenced(name) ?? declared : declared;
            var provider = Substitution.Apply(activity.Provider, values) as JsonObject ?? [];
            planned.Add(new PlannedActivity(activity, (JsonObject)mask.Apply(provider)!, await ChangeAsync(activity, cancellationToken)));
        }

        return new PlannedStage(key, title, planned);
    }

    private async Task<PlannedChange?> ChangeAsync(Activity activity, CancellationToken cancellationToken)
    {
        if (!providers.TryGet(activity.ProviderType, out var provider))
        {
            return null;
        }

        // What it changes may be a service that does not run before the run starts it.
        var planning = new ActivityPlanning(activity, values)
        {
            Secrets = mask,
            Services = [.. services.Select(service =>
                new ServiceLocation(service.Name, service.ReadyUrl, null) { Port = service.LocalPort, Proxies = service.Proxies })],
            AreServicesRunning = looked.Value.All(service => service.IsRunning),
        };
        return await provider.PlanAsync(planning, cancellationToken) is { } change ? Masked(change) : null;
    }

    private PlannedChange Masked(PlannedChange change) => change with
    {
        What = Masked(change.What),
        Kind = Masked(change.Kind),
        Does = Masked(change.Does),
        Targets = [.. change.Targets.Select(target => target with { Text = mask.Apply(target.Text) })],
        Undo = Masked(change.Undo),
        Problem = Masked(change.Problem),
    };

    private string? Masked(string? text) => text is null ? null : mask.Apply(text);
}
