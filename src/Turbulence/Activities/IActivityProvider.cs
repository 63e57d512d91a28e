using Turbulence.Experiments;

namespace Turbulence.Activities;

/// <summary>A way to carry out activities: one <c>provider.type</c> of the experiment format.</summary>
public interface IActivityProvider
{
    /// <summary>The value of <c>provider.type</c> that names this provider.</summary>
    string Type { get; }

    /// <summary>
    /// Looks up what <see cref="Validate"/> needs to know of foreign code, for all activities at once; called before it, where the
    /// experiment is validated. What goes wrong is a problem of the activities. Default: nothing.
    /// </summary>
    /// <param name="activities">Every activity of this provider's type, probes inside of tolerances included.</param>
    /// <param name="cancellationToken">Ends the look-up.</param>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    ValueTask PrepareAsync(IReadOnlyList<Activity> activities, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    /// <summary>Adds every problem of the activity's <c>provider</c> object to its problems; touches nothing.</summary>
    /// <param name="validation">The activity, what is known of its experiment, and where the problems go.</param>
    void Validate(ActivityValidation validation);

    /// <summary>
    /// Says what carrying the activity out would change that has to be taken back, as things are now; touches nothing. Default: nothing.
    /// What can be expected to go wrong is the problem of what is returned.
    /// </summary>
    /// <param name="planning">The activity, and what is known before the run.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>What it would change; null for nothing.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    ValueTask<PlannedChange?> PlanAsync(ActivityPlanning planning, CancellationToken cancellationToken) =>
        ValueTask.FromResult<PlannedChange?>(null);

    /// <summary>
    /// Starts what has to run before the first activity can be carried out: its time is not an activity's. What goes wrong is told by the
    /// first one. Default: nothing.
    /// </summary>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    ValueTask StartAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

    /// <summary>
    /// True where <see cref="RunAsync"/>, once cancelled, has work to do that must be waited for and ends within limits of its own.
    /// Default: false; who then does not end within some seconds of being cancelled is left to itself, so that a program that cannot be
    /// ended holds up neither the method nor the rollbacks.
    /// </summary>
    bool EndsByItself => false;

    /// <summary>
    /// Carries the activity out. What can be expected to go wrong comes back as a value, never as an exception.
    /// </summary>
    /// <param name="call">The activity and what it needs.</param>
    /// <param name="cancellationToken">Ends the work at once, child processes included.</param>
    /// <returns>What came of it.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    ValueTask<ActivityResult> RunAsync(ActivityCall call, CancellationToken cancellationToken);
}
