using System.Text.Json.Nodes;
using Turbulence.Documents;
using Turbulence.Validation;

namespace Turbulence.Settings;

/// <summary>
/// What applies of the two places that say how a run goes: the experiment's <c>runtime</c> and the settings' (section 7.2).
/// </summary>
public static class RuntimeRules
{
    /// <summary>
    /// The <c>runtime</c> that applies. Ours: the experiment's, key by key, over the settings'. The reference's: a <c>runtime</c> in the
    /// experiment that is not empty counts alone, so that a strategy it does not name is the default.
    /// </summary>
    /// <param name="experiment">The experiment's <c>runtime</c>.</param>
    /// <param name="settings">The settings' <c>runtime</c>.</param>
    /// <param name="compatibility">Whose rules apply.</param>
    public static JsonObject Effective(JsonObject experiment, JsonObject settings, Compatibility compatibility)
    {
        if (compatibility == Compatibility.ChaosToolkit)
        {
            return experiment.Count > 0 ? experiment : settings;
        }

        var effective = settings.DeepClone().AsObject();
        Merge(effective, experiment);
        return effective;
    }

    /// <summary>What is wrong with the settings' <c>runtime</c>: the same rules as for an experiment's.</summary>
    internal static IEnumerable<(string Pointer, string Message)> Problems(JsonObject runtime)
    {
        var document = new JsonObject { ["runtime"] = runtime.DeepClone() };
        var problems = new ProblemList(new DocumentMap { Root = document });
        RuntimeValidator.Check(document, problems);
        return problems.Select(problem => (problem.Pointer, problem.Message));
    }

    // Null is the same as absent: it must not hide what the settings say.
    private static void Merge(JsonObject target, JsonObject source)
    {
        foreach (var (key, value) in source)
        {
            if (value is JsonObject inner && target[key] is JsonObject there)
            {
                Merge(there, inner);
            }
            else if (value is not null)
            {
                target[key] = value.DeepClone();
            }
        }
    }
}
