using Turbulence.Documents;

namespace Turbulence.Controls;

/// <summary>
/// A way to carry controls out: one <c>provider.type</c> of a control's declaration. What goes wrong comes back as a value;
/// an exception counts as a hook that failed. Hooks of background activities and of continuous checks are called while
/// others run.
/// </summary>
public interface IControlProvider
{
    /// <summary>The value of <c>provider.type</c> that names this provider.</summary>
    string Type { get; }

    /// <summary>
    /// Looks up what <see cref="Validate"/> needs to know of foreign code, for all controls at once; called before it, where the
    /// experiment is validated. What goes wrong is a problem of the controls. Default: nothing.
    /// </summary>
    /// <param name="controls">Every control of this provider's type that the experiment declares.</param>
    /// <param name="cancellationToken">Ends the look-up.</param>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    ValueTask PrepareAsync(IReadOnlyList<ControlDeclaration> controls, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    /// <summary>
    /// Adds every problem of <paramref name="control"/>'s <c>provider</c> object to <paramref name="problems"/>; touches nothing.
    /// </summary>
    /// <param name="control">The control; its <c>provider.type</c> is this provider's.</param>
    /// <param name="path">The place of the control (not of its provider) in the document.</param>
    /// <param name="problems">Receives the problems.</param>
    void Validate(ControlDeclaration control, DocumentPath path, ProblemList problems);

    /// <summary>Makes a control ready: once for each name, before the run. One that fails is not called again.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    ValueTask<ControlResult> ConfigureAsync(ControlSetup setup, CancellationToken cancellationToken);

    /// <summary>Calls a hook.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    ValueTask<ControlResult> CallAsync(ControlCall call, CancellationToken cancellationToken);

    /// <summary>Lets go of what the control holds: once for each name that was configured, after the run.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    ValueTask<ControlResult> CleanupAsync(ControlSetup setup, CancellationToken cancellationToken);
}
