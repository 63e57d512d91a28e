using System.Text.Json.Nodes;
using Turbulence.Controls;
using Turbulence.Experiments;

namespace Turbulence.Validation;

/// <summary>Every place of an experiment that names code of somebody else: its activities and its controls, as they are declared.</summary>
/// <param name="document">The document's root.</param>
internal sealed class DeclaredCode(JsonObject document)
{
    /// <summary>The activities of the hypothesis, the method and the rollbacks, and the probes inside of their tolerances; references are none.</summary>
    public IEnumerable<Activity> Activities() => Lists().SelectMany(Objects).SelectMany(Within).Select(declaration => new Activity(declaration));

    /// <summary>The controls of the experiment, its hypothesis and its activities; references are none.</summary>
    public IEnumerable<ControlDeclaration> Controls() =>
        new[] { document["controls"], (document["steady-state-hypothesis"] as JsonObject)?["controls"] }
            .Concat(Lists().SelectMany(Objects).Select(activity => activity["controls"]))
            .SelectMany(Objects)
            .Select(ControlDeclaration.Of)
            .Where(control => control.Reference is null);

    private static IEnumerable<JsonObject> Objects(JsonNode? list) => (list as JsonArray ?? []).OfType<JsonObject>();

    private static IEnumerable<JsonObject> Within(JsonObject activity)
    {
        if (activity["provider"] is JsonObject && activity["ref"] is null)
        {
            yield return activity;
        }

        foreach (var nested in new[] { activity["tolerance"], activity["until"] }.OfType<JsonObject>().SelectMany(Within))
        {
            yield return nested;
        }
    }

    private IEnumerable<JsonNode?> Lists() =>
        [(document["steady-state-hypothesis"] as JsonObject)?["probes"], document["method"], document["rollbacks"]];
}
