using System.Text.Json;
using System.Text.Json.Nodes;
using Turbulence.Documents;
using Turbulence.Experiments;
using Turbulence.Json;

namespace Turbulence.Options;

/// <summary>
/// The dry mode of one activity: its <c>dry</c> key, in the place of the run's mode. True leaves the activity out, false
/// carries it out, a mode's name means that mode. In the reference every value carries the activity out.
/// </summary>
internal static class ActivityDry
{
    /// <summary>What the key may be.</summary>
    public const string Problem = "activity dry must be true, false, 'probes', 'actions', 'activities' or 'pause'";

    /// <summary>The mode of <paramref name="activity"/>.</summary>
    public static DryMode Of(Activity activity, RunOptions options)
    {
        if (!activity.Declaration.TryGetPropertyValue("dry", out var declared))
        {
            return options.Dry;
        }

        return options.Compatibility == Compatibility.ChaosToolkit ? DryMode.None : Read(declared) ?? options.Dry;
    }

    /// <summary>Whether <paramref name="activity"/> is not carried out.</summary>
    public static bool IsLeftOut(Activity activity, RunOptions options) => Of(activity, options) switch
    {
        DryMode.Activities => true,
        DryMode.Probes => activity.Type == ActivityType.Probe,
        DryMode.Actions => activity.Type == ActivityType.Action,
        _ => false,
    };

    /// <summary>Reads the key's value; null where it is none.</summary>
    public static DryMode? Read(JsonNode? declared) => declared?.GetValueKind() switch
    {
        JsonValueKind.True => DryMode.Activities,
        JsonValueKind.False => DryMode.None,
        JsonValueKind.String when JsonTexts.TryRead(declared, out var text) => text switch
        {
            "probes" => DryMode.Probes,
            "actions" => DryMode.Actions,
            "activities" => DryMode.Activities,
            "pause" => DryMode.Pause,
            _ => null,
        },
        _ => null,
    };
}
