using System.Text.Json.Nodes;
using Turbulence.Activities;
using Turbulence.Experiments;
using Turbulence.Faults.Contracts;
using Turbulence.Faults.Ledgers;
using Turbulence.Values;

namespace Turbulence.Faults;

/// <summary>
/// <c>fault</c>: puts a fault into the system, and returns <c>{"fault", "kind", "targets", "effect", "undo", "due"}</c> once its effect was
/// seen. It is taken back at its <c>duration</c>, else at the end of the run.
/// </summary>
/// <param name="kinds">The kinds of faults there are.</param>
/// <param name="keeper">Who keeps the run's faults.</param>
public sealed class FaultProvider(FaultKinds kinds, FaultKeeper keeper) : IActivityProvider
{
    /// <inheritdoc/>
    public string Type => "fault";

    /// <inheritdoc/>
    public bool EndsByItself => true;

    /// <inheritdoc/>
    public void Validate(ActivityValidation validation) => new FaultValidation(validation, kinds, keeper.Neighbours).Check();

    /// <inheritdoc/>
    public async ValueTask<PlannedChange?> PlanAsync(ActivityPlanning planning, CancellationToken cancellationToken)
    {
        var unresolved = new List<string>();
        var provider = Substitution.Apply(planning.Activity.Provider, planning.Values, unresolved) as JsonObject ?? [];
        if (unresolved.Count > 0)
        {
            var names = string.Join(", ", unresolved.Distinct().Select(name => $"${{{name}}}"));
            return new PlannedChange { Problem = $"the value of {names} is known only when a run asks for it", IsOpen = true };
        }

        if (!FaultDeclaration.TryRead(provider, out var declaration, out var problem))
        {
            return new PlannedChange { Problem = problem };
        }

        var change = new PlannedChange { What = declaration.Text, Kind = declaration.Kind, Duration = declaration.Duration };
        if (!kinds.TryGet(declaration.Kind, out var kind))
        {
            return change with { Problem = $"there is no kind of fault '{declaration.Kind}'" };
        }

        var planned = await keeper.PlanAsync(
            planning.Activity.Name, kind, declaration, planning.Secrets, planning.Services, cancellationToken);
        return planned.Plan is not { } plan
            ? change with { Does = kind.Description.Summary, Problem = planned.Problem, IsOpen = !planning.AreServicesRunning }
            : change with
            {
                Does = plan.Text,
                Targets = [.. plan.Targets.Select(target => new PlannedTarget(target.Key, target.Text))],
                Undo = plan.UndoText,
                IsIrreversible = plan.IsIrreversible,
            };
    }

    /// <inheritdoc/>
    public async ValueTask<ActivityResult> RunAsync(ActivityCall call, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (!call.TrySubstitute(call.Activity.Provider, out var provider, out var failure))
        {
            return failure;
        }

        if (!FaultDeclaration.TryRead((JsonObject)provider!, out var declaration, out var problem))
        {
            return ActivityResult.Failed(problem);
        }

        if (!kinds.TryGet(declaration.Kind, out var kind))
        {
            return ActivityResult.Failed($"there is no kind of fault '{declaration.Kind}'");
        }

        var injection = await keeper.InjectAsync(call.Activity.Name, kind, declaration, SecretMask.For(call.Values), cancellationToken);
        return injection switch
        {
            { Problem: null, Record: { } record } => ActivityResult.Succeeded(Output(record)),
            { IsWithoutEffect: true, Record: { } record } => ActivityResult.WithoutEffect(injection.Problem!, Output(record)),
            _ => ActivityResult.Failed(injection.Problem!),
        };
    }

    private static JsonObject Output(FaultRecord record) => new()
    {
        ["fault"] = record.Id,
        ["kind"] = record.Kind,
        ["targets"] = new JsonArray([.. record.Targets.Select(target => JsonValue.Create(target.Text))]),
        ["effect"] = record.Effect?.Text,
        ["undo"] = record.UndoText,
        ["due"] = record.Due is { } due ? RecordJson.Time(due) : null,
    };
}
