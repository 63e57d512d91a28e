namespace Turbulence.Running.Faults;

/// <summary>
/// Keeps the faults that a run injects, and takes them back. The runner knows of faults only what stands here: what injects them is
/// an activity's provider like any other, which the keeper and its provider settle between themselves.
/// </summary>
public interface IFaultKeeper
{
    /// <summary>A run begins; nothing was touched yet.</summary>
    /// <param name="scene">What the run offers; valid until <see cref="TakeBackAsync"/> has ended.</param>
    /// <param name="cancellationToken">The run was asked to stop.</param>
    /// <returns>Null where the run may go on; otherwise why it must not, in one line.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    ValueTask<string?> BeginAsync(FaultScene scene, CancellationToken cancellationToken);

    /// <summary>
    /// Reads back from the system whether every fault that should be in still is, and tells of those that are not
    /// (<see cref="FaultScene.Lose"/>). Called at each check of the steady state from the method on, and once more in front of the
    /// rollbacks. Default: nobody looks.
    /// </summary>
    /// <param name="isLast">Whether this is the look in front of the rollbacks: what has hit nothing until now had no effect.</param>
    /// <param name="cancellationToken">The run was asked to stop.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    ValueTask LookAsync(bool isLast, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    /// <summary>
    /// Takes back every fault that is still in, looks whether everything is as it was, and reports each step. Called once in every run that
    /// was begun, after the declared rollbacks and whatever became of them; it cannot be interrupted, so the keeper sets its own limits of
    /// time. No fault is injected from here on.
    /// </summary>
    ValueTask TakeBackAsync();
}
