using System.Text.Json.Nodes;
using Turbulence.Documents;
using Turbulence.Experiments;
using Turbulence.Keys;

namespace Turbulence.Validation;

/// <summary>Checks <c>runtime.safeguards</c>: each is a probe with a tolerance and a frequency, or a reference to such a probe.</summary>
internal sealed class SafeguardValidator(ActivityValidator activities, Compatibility compatibility, ProblemList problems)
{
    /// <summary>Checks the shape alone, which is the same in settings.</summary>
    public static void CheckShape(JsonObject runtime, DocumentPath path, ProblemList problems)
    {
        if (runtime["safeguards"] is not { } node)
        {
            return;
        }

        if (node is not JsonArray list)
        {
            problems.Error(path["safeguards"], "safeguards must be a list");
            return;
        }

        for (var i = 0; i < list.Count; i++)
        {
            var key = ActivityKeys.Frequency;
            if (list[i] is JsonObject declaration && !key.Accepts(declaration[key.Name]))
            {
                problems.Error(path["safeguards"][i][key.Name], $"{key.Name} must be {key.Expected}");
            }
        }
    }

    /// <summary>Checks the safeguards of <paramref name="document"/>.</summary>
    /// <param name="document">The experiment.</param>
    /// <param name="checkTolerance">Checks a tolerance at its place.</param>
    public void Check(JsonObject document, Action<Activity, DocumentPath> checkTolerance)
    {
        if ((document["runtime"] as JsonObject)?["safeguards"] is not JsonArray list)
        {
            return;
        }

        var path = DocumentPath.Root["runtime"]["safeguards"];
        if (compatibility == Compatibility.ChaosToolkit)
        {
            problems.Warning(path, "safeguards are ignored in compatibility mode: the reference has none");
            return;
        }

        for (var i = 0; i < list.Count; i++)
        {
            CheckOne(document, list[i], path[i], checkTolerance);
        }
    }

    private void CheckOne(JsonObject document, JsonNode? node, DocumentPath path, Action<Activity, DocumentPath> checkTolerance)
    {
        var own = activities.Check(node, path);
        if (node is not JsonObject declaration)
        {
            return;
        }

        if (own is null)
        {
            var name = new Activity(declaration).Reference ?? "";
            own = new Experiment(document, problems.Map, "", "").FindReferenced(name);
            if (own is null)
            {
                problems.Error(path["ref"], $"referenced activity '{name}' could not be found in the experiment");
                return;
            }
        }

        if (own.Type != ActivityType.Probe)
        {
            problems.Error(path, "a safeguard must be a probe: it watches, and changes nothing");
        }

        if (declaration.ContainsKey("tolerance"))
        {
            checkTolerance(new Activity(declaration), path["tolerance"]);
        }
        else if (!own.HasTolerance)
        {
            problems.Error(path, "a safeguard must have a tolerance entry: what it misses stops the run");
        }
    }
}
