using System.Text.Json.Nodes;
using Turbulence.Controls;
using Turbulence.Documents;
using Turbulence.Json;
using Turbulence.Python;

namespace Turbulence.Validation;

/// <summary>Checks the controls of an experiment: section 3.4 of the reference's behaviour, every problem at once.</summary>
/// <param name="providers">Check what belongs to them; null where nobody knows them.</param>
/// <param name="compatibility">Whose rules apply.</param>
/// <param name="problems">Receives the problems.</param>
internal sealed class ControlValidator(ControlProviders? providers, Compatibility compatibility, ProblemList problems)
{
    private HashSet<string> declared = [];

    /// <summary>Checks the controls of the experiment, its hypothesis and its activities, in that order.</summary>
    public void Check(JsonObject document)
    {
        declared =
            [.. (document["controls"] as JsonArray ?? []).OfType<JsonObject>().Select(control => ControlDeclaration.Of(control).Name)];
        var hypothesis = document["steady-state-hypothesis"] as JsonObject;
        var path = DocumentPath.Root["steady-state-hypothesis"];
        CheckList(document["controls"], DocumentPath.Root["controls"]);
        CheckList(hypothesis?["controls"], path["controls"]);
        CheckActivities(hypothesis?["probes"], path["probes"]);
        CheckActivities(document["method"], DocumentPath.Root["method"]);
        CheckActivities(document["rollbacks"], DocumentPath.Root["rollbacks"]);
    }

    private void CheckActivities(JsonNode? list, DocumentPath path)
    {
        var activities = problems.Map.Items(list);
        for (var i = 0; i < activities.Count && activities.MayMention("controls"); i++)
        {
            if (activities[i] is JsonObject activity && activity.ContainsKey("controls"))
            {
                CheckList(activity["controls"], path[i]["controls"]);
            }
        }
    }

    private void CheckList(JsonNode? node, DocumentPath path)
    {
        if (node is not JsonArray controls)
        {
            // The experiment's own list is checked with its other lists.
            if (node is not null && path.Steps.Count > 1)
            {
                problems.Error(path, "controls must be a list");
            }

            return;
        }

        for (var i = 0; i < controls.Count; i++)
        {
            if (controls[i] is JsonObject control)
            {
                Check(ControlDeclaration.Of(control), path[i]);
            }
            else
            {
                problems.Error(path[i], "a control must be a map of its properties");
            }
        }
    }

    private void Check(ControlDeclaration control, DocumentPath path)
    {
        if (control.Declaration["ref"] is not null)
        {
            if (control.Reference is null || !declared.Contains(control.Reference))
            {
                problems.Error(path["ref"], compatibility == Compatibility.ChaosToolkit
                    ? "Control reference '{}' declaration cannot be found"
                    : $"Control reference '{PythonText.Of(control.Declaration["ref"])}' declaration cannot be found");
            }

            // The reference asks for a name and a provider all the same, and then ignores them.
            if (compatibility == Compatibility.None)
            {
                return;
            }
        }

        var name = PythonText.Of(control.Declaration["name"]);
        if (!control.Declaration.ContainsKey("name"))
        {
            problems.Error(path, "A control must have a `name` property");
        }

        if (!control.Declaration.ContainsKey("provider"))
        {
            problems.Error(path, $"Control '{name}' must have a `provider` property");
        }
        else
        {
            CheckProvider(control, name, path);
        }

        if (control.Declaration["scope"] is { } scope && (!JsonTexts.TryRead(scope, out var side) || side is not ("before" or "after")))
        {
            problems.Error(path["scope"], $"Control '{name}' scope property must be 'before' or 'after' only");
        }
    }

    // The reference carries on without a control that cannot be loaded; here the run would fail on it, in front of everything.
    private static Problem Stopping(Problem problem) => problem with
    {
        Severity = ProblemSeverity.Error,
        Message = problem.Message.Replace(" The experiment will carry on running nonetheless.", "", StringComparison.Ordinal),
    };

    private string Hint(string type, ControlProviders known) =>
        compatibility == Compatibility.None ? NearestWord.Hint(type, known.Types) : "";

    private void CheckProvider(ControlDeclaration control, string name, DocumentPath path)
    {
        if (control.ProviderType == "python" && !PythonTruth.Of(control.Provider["module"]))
        {
            problems.Error(path["provider"], $"Control '{name}' must have a module path");
        }
        else if (providers?.TryGet(control.ProviderType, out var provider) == true)
        {
            var first = problems.Count;
            provider.Validate(control, path, problems);
            if (compatibility == Compatibility.None)
            {
                problems.Change(first, Stopping);
            }
        }
        else if (providers is not null)
        {
            var message =
                $"Control '{name}' does nothing: its provider type '{control.ProviderType}' is unknown{Hint(control.ProviderType, providers)}; known here: {string.Join(", ", providers.Types)}";
            if (compatibility == Compatibility.ChaosToolkit)
            {
                problems.Warning(path["provider"], message);
            }
            else
            {
                // The run would fail on it, in front of everything.
                problems.Error(path["provider"], message);
            }
        }
    }
}
