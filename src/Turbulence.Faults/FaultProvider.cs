using System.Text.Json.Nodes;
using Turbulence.Activities;
using Turbulence.Faults.Contracts;
using Turbulence.Faults.Ledgers;
using Turbulence.Values;

namespace Turbulence.Faults;

/// <summary>
/// <c>fault</c>: puts a fault into the system, and returns
/// <c>{"fault", "kind", "targets", "effect", "undo", "due"}</c> once its effect was seen. It is taken back at its <c>duration</c>, else at the end of the run.
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
    public void Validate(ActivityValidation validation) => new FaultValidation(validation, kinds).Check();

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
