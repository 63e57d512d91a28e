using System.Text.Json.Nodes;
using Turbulence.Documents;

namespace Turbulence.Controls;

/// <summary>A control that is told of each hook in a JSON document (<see cref="HookMessage"/>) and answers with one.</summary>
public abstract class MessageControlProvider : IControlProvider
{
    private protected MessageControlProvider()
    {
    }

    /// <inheritdoc/>
    public abstract string Type { get; }

    /// <inheritdoc/>
    public abstract void Validate(ControlDeclaration control, DocumentPath path, ProblemList problems);

    /// <inheritdoc/>
    public ValueTask<ControlResult> ConfigureAsync(ControlSetup setup, CancellationToken cancellationToken) =>
        SetupAsync(setup, HookName.Configure, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<ControlResult> CallAsync(ControlCall call, CancellationToken cancellationToken) =>
        HookMessage.IsWanted(call.Control, HookName.Of(call.Level, call.Side))
            ? await SendAsync(call.Control, call.Scene, HookMessage.Of(call), cancellationToken)
            : ControlResult.Continue;

    /// <inheritdoc/>
    public ValueTask<ControlResult> CleanupAsync(ControlSetup setup, CancellationToken cancellationToken) =>
        SetupAsync(setup, HookName.Cleanup, cancellationToken);

    /// <summary>Tells the control, and reads its answer.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    private protected abstract ValueTask<ControlResult> SendAsync(
        ControlDeclaration control, ControlScene scene, JsonObject message, CancellationToken cancellationToken);

    private async ValueTask<ControlResult> SetupAsync(ControlSetup setup, string hook, CancellationToken cancellationToken) =>
        HookMessage.IsWanted(setup.Control, hook)
            ? await SendAsync(setup.Control, setup.Scene, HookMessage.Of(setup, hook), cancellationToken)
            : ControlResult.Continue;
}
