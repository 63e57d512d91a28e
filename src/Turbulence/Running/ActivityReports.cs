using System.Text.Json.Nodes;
using Turbulence.Events;

namespace Turbulence.Running;

/// <summary>
/// Tells how far an activity is, as often as its provider says so, and at most five times a second: what comes faster waits, the latest
/// takes the place of what waits, and what still waits at the end is told then.
/// </summary>
/// <param name="events">Where it is told.</param>
/// <param name="time">The run's clock.</param>
/// <param name="run">The record of the activity.</param>
internal sealed class ActivityReports(RunEvents events, TimeProvider time, ActivityRun run)
{
    /// <summary>The time between two that are told.</summary>
    public static TimeSpan Gap { get; } = TimeSpan.FromMilliseconds(200);

    private readonly Lock gate = new();
    private JsonObject? waiting;
    private long? last;
    private bool isOver;

    /// <summary>Takes what the provider says. What comes after the end of the activity is told to nobody.</summary>
    public void Take(JsonObject progress)
    {
        lock (gate)
        {
            if (isOver)
            {
                return;
            }

            if (last is { } told && time.GetElapsedTime(told) < Gap)
            {
                waiting = progress;
                return;
            }

            Tell(progress);
        }
    }

    /// <summary>The activity has ended.</summary>
    public void End()
    {
        lock (gate)
        {
            isOver = true;
            if (waiting is { } latest)
            {
                Tell(latest);
            }
        }
    }

    // Told under the lock: of two that come together the later one must not be told first.
    private void Tell(JsonObject progress)
    {
        waiting = null;
        last = time.GetTimestamp();
        events.Publish(new ActivityProgressed(events.Now, run, progress));
    }
}
