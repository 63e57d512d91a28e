using Turbulence.Events;
using Turbulence.Experiments;
using Turbulence.Interruptions;

namespace Turbulence.Running;

/// <summary>
/// Plays a list of activities: foreground ones one after another, background ones side by side with the rest, all of them
/// awaited at the end.
/// </summary>
/// <param name="activities">Carries one activity out.</param>
/// <param name="phase">The stage that the list belongs to.</param>
internal sealed class PlayedActivities(ActivityExecution activities, RunPhase phase)
{
    private readonly Lock gate = new();
    private readonly List<ActivityRun> ended = [];

    /// <summary>True once the first activity of the list was begun.</summary>
    public bool Started { get; private set; }

    /// <summary>The activities that failed, or missed their tolerance, in the order in which they ended. The others are not kept.</summary>
    public IReadOnlyList<ActivityRun> Troubled
    {
        get
        {
            lock (gate)
            {
                return [.. ended];
            }
        }
    }

    /// <summary>Plays <paramref name="list"/>, which may grow meanwhile.</summary>
    /// <param name="list">The activities.</param>
    /// <param name="before">Called before each activity, with the declared one.</param>
    /// <param name="goOn">Asked after each foreground activity, with its record, whether to go on.</param>
    /// <param name="cancellationToken">Ends all of them at once.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled, and every activity has ended.</exception>
    public async Task PlayAsync(
        ActivityList list, Action<Activity> before, Func<ActivityRun?, bool> goOn, CancellationToken cancellationToken)
    {
        var background = new List<Task>();
        try
        {
            for (var i = 0; i < list.Count; i++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var activity = list[i];
                Started = true;
                before(activity);
                ActivityRun? run = null;
                if (activity.Background)
                {
                    background.Add(InBackgroundAsync(activity, cancellationToken));
                }
                else
                {
                    run = await OneAsync(activity, background: false, cancellationToken);
                }

                if (!goOn(run))
                {
                    break;
                }
            }
        }
        finally
        {
            // What was cancelled has told so; here it only has to be over before the stage is.
            await Task.WhenAll(background).ContinueWith(
                static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }

        cancellationToken.ThrowIfCancellationRequested();
    }

    // A task that keeps no record: what an activity returned is not held in memory until the last of the others ends.
    private async Task InBackgroundAsync(Activity activity, CancellationToken cancellationToken) =>
        await OneAsync(activity, background: true, cancellationToken);

    private async Task<ActivityRun> OneAsync(Activity activity, bool background, CancellationToken cancellationToken)
    {
        var run = await activities.RunAsync(activity, phase, background, cancellationToken);
        if (run.End != ActivityEnd.Succeeded || run.ToleranceMet == false)
        {
            lock (gate)
            {
                // What it returned is in the journal; the verdict is made from the rest.
                ended.Add(run with { Output = null, Amended = null });
            }
        }

        return run;
    }
}
