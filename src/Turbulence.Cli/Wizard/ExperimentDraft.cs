using System.Text.Json.Nodes;

namespace Turbulence.Cli.Wizard;

/// <summary>An experiment that is being made.</summary>
internal sealed class ExperimentDraft
{
    /// <summary>What is called so where nobody says otherwise.</summary>
    public const string UsualTitle = "The system stays well";

    /// <summary>The same of its description.</summary>
    public const string UsualDescription = "Checks that the system is well, plays the method, and checks again.";

    /// <summary>The same of the steady state.</summary>
    public const string UsualSteadyState = "The system is well";

    /// <summary>The title.</summary>
    public string Title { get; set; } = UsualTitle;

    /// <summary>What it is about.</summary>
    public string Description { get; set; } = UsualDescription;

    /// <summary>The title of the steady state.</summary>
    public string SteadyState { get; set; } = UsualSteadyState;

    /// <summary>The probes of the steady state; without any there is no steady state.</summary>
    public List<ActivityDraft> Probes { get; } = [];

    /// <summary>What is done to the system.</summary>
    public List<ActivityDraft> Method { get; } = [];

    /// <summary>What puts it back.</summary>
    public List<ActivityDraft> Rollbacks { get; } = [];

    /// <summary>Who uses the system through the whole run; null for nobody.</summary>
    public JsonObject? Users { get; set; }

    /// <summary>A URL that a probe of the steady state asks; null where none does.</summary>
    public string? AskedUrl => Probes
        .Where(static probe => probe.ProviderType == "http")
        .Select(static probe => (string?)probe.Provider["url"])
        .FirstOrDefault();

    /// <summary>A name that no activity has yet: this one, or with a number.</summary>
    public string Free(string name)
    {
        var taken = Probes.Concat(Method).Concat(Rollbacks).Select(static activity => activity.Name).ToHashSet();
        return Enumerable
            .Range(1, taken.Count + 1)
            .Select(number => number == 1 ? name : $"{name}-{number}")
            .First(free => !taken.Contains(free));
    }

    /// <summary>The experiment; a new object each time.</summary>
    public JsonObject ToJson()
    {
        var experiment = new JsonObject { ["title"] = Title, ["description"] = Description };
        if (Users is not null)
        {
            experiment["extensions"] = new JsonArray(new JsonObject { ["name"] = "turbulence", ["users"] = Users.DeepClone() });
        }

        if (Probes.Count > 0)
        {
            experiment["steady-state-hypothesis"] = new JsonObject { ["title"] = SteadyState, ["probes"] = List(Probes) };
        }

        experiment["method"] = List(Method);
        experiment["rollbacks"] = List(Rollbacks);
        return experiment;
    }

    private static JsonArray List(List<ActivityDraft> activities) => new([.. activities.Select(static activity => activity.ToJson())]);
}
