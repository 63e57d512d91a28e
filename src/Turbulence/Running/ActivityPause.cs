using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Turbulence.Events;
using Turbulence.Experiments;
using Turbulence.Keys;
using Turbulence.Options;
using Turbulence.Python;
using Turbulence.Values;

namespace Turbulence.Running;

/// <summary>A pause before or after an activity: <c>pauses.before</c> and <c>pauses.after</c>, in seconds.</summary>
internal static class ActivityPause
{
    /// <summary>Reads a pause.</summary>
    /// <param name="declared">Seconds, a placeholder for them, or null for none.</param>
    /// <param name="values">What placeholders stand for.</param>
    /// <param name="pause">How long to wait; zero for no pause.</param>
    /// <param name="text">The seconds as the experiment writes them.</param>
    /// <param name="problem">Why the pause can not be read; null when it can.</param>
    public static bool TryRead(JsonNode? declared, ResolvedValues values, out TimeSpan pause, out string text, out string? problem)
    {
        pause = TimeSpan.Zero;
        text = "";
        problem = null;
        if (declared is null)
        {
            return true;
        }

        var resolved = Substitution.Apply(declared, values);
        text = PythonText.Of(resolved);
        switch (resolved)
        {
            case null:
                return true;
            case JsonValue value when value.GetValueKind() == JsonValueKind.False:
                return true;
            case JsonValue value when value.GetValueKind() == JsonValueKind.Number
                && double.TryParse(value.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds)
                && ActivityKeys.PauseBefore.NumberForm.Allows(seconds):
                pause = TimeSpan.FromSeconds(seconds);
                return true;
            default:
                problem = $"a pause must be {ActivityKeys.PauseBefore.Expected}, not {resolved.ToJsonString()}";
                return false;
        }
    }

    /// <summary>Whether a pause of <paramref name="activity"/> is slept in a dry mode.</summary>
    public static bool IsSlept(Activity activity, DryMode dry) => dry switch
    {
        DryMode.Pause or DryMode.Activities => false,
        DryMode.Probes => activity.Type != ActivityType.Probe,
        DryMode.Actions => activity.Type != ActivityType.Action,
        _ => true,
    };

    /// <summary>Tells of the pause and waits.</summary>
    public static async Task WaitAsync(
        RunContext context, long id, Activity activity, bool before, TimeSpan pause, string text, CancellationToken cancellationToken)
    {
        context.Events.Publish(new PauseStarted(context.Events.Now, id, activity, before, pause, text));
        if (IsSlept(activity, ActivityDry.Of(activity, context.Options)))
        {
            await Task.Delay(pause, context.Time, cancellationToken);
        }
    }
}
