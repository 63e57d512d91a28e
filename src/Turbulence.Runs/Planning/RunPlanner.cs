using System.Text.Json.Nodes;
using Turbulence.Experiments;
using Turbulence.Faults;
using Turbulence.Faults.Contracts;
using Turbulence.Faults.Sessions;
using Turbulence.Options;
using Turbulence.Python;
using Turbulence.Services;
using Turbulence.Values;

namespace Turbulence.Runs.Planning;

/// <summary>Says what a run would do, and touches nothing: no program is started, no request is sent, no probe is asked.</summary>
/// <param name="kinds">The kinds of faults.</param>
/// <param name="experiment">The experiment; it is valid.</param>
/// <param name="values">Configuration and secrets, but for what only a probe can tell.</param>
internal sealed class RunPlanner(FaultKinds kinds, Experiment experiment, ResolvedValues values)
{
    private readonly SecretMask mask = SecretMask.For(values);
    private readonly IReadOnlyList<ServiceDefinition> services = ServiceBlock.Read(experiment, values);

    private Dictionary<string, ServiceTarget> Targets =>
        services.ToDictionary(service => service.Name, service => new ServiceTarget(service.Name, service.ReadyUrl, null) { Port = service.LocalPort });

    /// <summary>Makes the plan.</summary>
    /// <param name="safeguards">The safeguards that apply.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public async Task<PlannedRun> PlanAsync(IReadOnlyList<Safeguard> safeguards, CancellationToken cancellationToken)
    {
        List<PlannedStage> stages =
        [
            await StageAsync(
                "steady_state", "Steady state, before and after the method and once more after everything was taken back", experiment.Hypothesis?.Probes ?? new ActivityList(null), cancellationToken),
            await StageAsync("safeguards", "Safeguards, while the method plays", safeguards.Select(safeguard => safeguard.Probe), cancellationToken),
            await StageAsync("method", "Method", experiment.Method, cancellationToken),
            await StageAsync("rollbacks", "Rollbacks, once an activity of the method was started", experiment.Rollbacks, cancellationToken),
        ];
        return new PlannedRun(
            experiment, mask.Apply(PythonText.Of(Substitution.Apply(experiment.Document["title"], values))), [.. services.Select(Look)], stages);
    }

    private PlannedService Look(ServiceDefinition service)
    {
        var holder = service.LocalPort is null ? null : PortHolder.Find(service);
        var runs = holder is not null && (holder.IsRecognised || service.AdoptsAnything);
        return new(service.Name, mask.Apply(string.Join(' ', service.Run)), runs, holder is null || runs ? null : mask.Apply(holder.Words))
        {
            Needs = service.Needs,
            Ready = service.Ready is { } ready ? mask.Apply(ready.Words) : null,
            Problem = service.Unresolved.Where(experiment.Configuration.ContainsKey).ToList() is { Count: > 0 } asked
                ? $"the value of {string.Join(", ", asked.Select(name => $"${{{name}}}"))} is known only when a run asks for it"
                : service.Problem is { } problem ? $"the run would fail: {mask.Apply(problem)}" : null,
        };
    }

    private async Task<PlannedStage> StageAsync(string key, string title, IEnumerable<Activity> activities, CancellationToken cancellationToken)
    {
        List<PlannedActivity> planned = [];
        foreach (var declared in activities)
        {
            var activity = declared.Reference is { } name ? experiment.FindReferenced(name) ?? declared : declared;
            var unresolved = new List<string>();
            var provider = Substitution.Apply(activity.Provider, values, unresolved) as JsonObject ?? [];
            var fault = activity.ProviderType == "fault" ? await FaultAsync(activity, provider, unresolved, cancellationToken) : null;
            planned.Add(new PlannedActivity(activity, (JsonObject)mask.Apply(provider)!, fault));
        }

        return new PlannedStage(key, title, planned);
    }

    private async Task<PlannedFault> FaultAsync(Activity activity, JsonObject provider, List<string> unresolved, CancellationToken cancellationToken)
    {
        if (unresolved.Count > 0)
        {
            var names = string.Join(", ", unresolved.Distinct().Select(name => $"${{{name}}}"));
            return new PlannedFault(null, null, $"the value of {names} is known only when a run asks for it", IsOpen: true);
        }

        if (!FaultDeclaration.TryRead(provider, out var declaration, out var problem))
        {
            return new PlannedFault(null, null, problem, IsOpen: false);
        }

        if (!kinds.TryGet(declaration.Kind, out var kind))
        {
            return new PlannedFault(declaration, null, $"there is no kind of fault '{declaration.Kind}'", IsOpen: false);
        }

        var request = new FaultRequest("plan", declaration.Arguments, experiment.BaseDirectory)
        {
            Mask = mask,
            MaxTargets = declaration.MaxTargets,
            Duration = declaration.Duration,
            Services = Targets,
        };
        var planning = await FaultPlanner.PlanAsync(new FaultOrder(activity.Name, kind, request, declaration.AllowIrreversible), cancellationToken);

        // What it hits may be a service that does not run before the run starts it.
        return new PlannedFault(
            declaration, Masked(planning.Plan), planning.Problem is { } refusal ? mask.Apply(refusal) : null, planning.Plan is null && !services.All(service => Look(service).IsRunning))
        {
            Kind = kind.Description.Summary,
        };
    }

    private FaultPlan? Masked(FaultPlan? plan) => plan is null ? null : plan with
    {
        Targets = [.. plan.Targets.Select(target => target with { Text = mask.Apply(target.Text) })],
        UndoText = mask.Apply(plan.UndoText),
        Text = mask.Apply(plan.Text),
    };
}
