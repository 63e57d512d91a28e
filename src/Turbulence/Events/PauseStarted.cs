using System.Text.Json;
using Turbulence.Experiments;

namespace Turbulence.Events;

/// <summary>A pause of an activity begins.</summary>
/// <param name="At">When.</param>
/// <param name="ActivityId">The number of the activity that it belongs to, see <see cref="ActivityRun.Id"/>.</param>
/// <param name="Activity">The activity that it belongs to.</param>
/// <param name="Before">True for the pause before the activity, false for the one after it.</param>
/// <param name="Duration">How long it takes.</param>
/// <param name="DurationText">How long it takes in seconds, as the experiment writes it.</param>
public sealed record PauseStarted(
    DateTimeOffset At, long ActivityId, Activity Activity, bool Before, TimeSpan Duration, string DurationText) : RunEvent(At)
{
    /// <inheritdoc/>
    public override string Word => "pause-started";

    /// <inheritdoc/>
    internal override RunEvent Masked(EventMask mask) => this with { Activity = mask.Of(Activity), DurationText = mask.Of(DurationText) };

    /// <inheritdoc/>
    internal override void Describe(Utf8JsonWriter line)
    {
        line.WriteNumber("activity", ActivityId);
        line.WriteString("name", Activity.Name);
        line.WriteBoolean("before", Before);
        line.WriteSeconds("seconds", Duration);
    }
}
