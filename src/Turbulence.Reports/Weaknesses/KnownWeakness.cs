using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Turbulence.Reports.Weaknesses;

/// <summary>A weakness as a list of known ones names it: by what is the same in every run.</summary>
/// <param name="Experiment">The experiment's title.</param>
/// <param name="Rule">The id of its rule.</param>
/// <param name="Stage">Where in the run.</param>
/// <param name="Activity">The activity; null where it is nobody's.</param>
internal readonly record struct KnownWeakness(string Experiment, string Rule, string Stage, string? Activity)
{
    private static readonly JsonSerializerOptions OneLine = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>That of a weakness that a run has found.</summary>
    /// <param name="weakness">The weakness.</param>
    /// <param name="experiment">The experiment's title.</param>
    public static KnownWeakness Of(Weakness weakness, string experiment) =>
        new(experiment, weakness.Rule.Id, weakness.Stage, weakness.Name);

    /// <summary>For people: <c>tolerance-missed in the stage method, activity 'users'</c>.</summary>
    public string Text => $"{Rule} in the stage {Stage}{(Activity is null ? "" : $", activity '{Activity}'")}";

    /// <summary>Its entry in a list, one line of JSON.</summary>
    public string ToJson()
    {
        var entry = new JsonObject { ["experiment"] = Experiment, ["rule"] = Rule, ["stage"] = Stage };
        if (Activity is not null)
        {
            entry["activity"] = Activity;
        }

        return entry.ToJsonString(OneLine);
    }
}
