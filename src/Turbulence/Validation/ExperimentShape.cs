using System.Text.Json.Nodes;
using Turbulence.Documents;
using Turbulence.Services;

namespace Turbulence.Validation;

/// <summary>
/// What an experiment must be to be read at all: its lists are lists, its maps are maps. A value of the wrong type reads as absent, so that
/// a method which is a text would be a method without activities, and pass. A run without validation takes the rest as it comes, and not
/// that.
/// </summary>
public static class ExperimentShape
{
    /// <summary>Adds a problem for each part that cannot be read.</summary>
    /// <param name="document">The experiment.</param>
    /// <param name="map">Where each value stands in the text.</param>
    public static ProblemList Check(JsonObject document, DocumentMap map)
    {
        var problems = new ProblemList(map);
        foreach (var key in (ReadOnlySpan<string>)["configuration", "secrets", "steady-state-hypothesis"])
        {
            if (document.TryGetPropertyValue(key, out var node) && node is not JsonObject)
            {
                problems.Error(DocumentPath.Root[key], $"{key} must be a map");
            }
        }

        CheckList(document, "extensions", DocumentPath.Root, problems);
        CheckControls(document, DocumentPath.Root, problems);
        if (document["steady-state-hypothesis"] is JsonObject hypothesis)
        {
            var path = DocumentPath.Root["steady-state-hypothesis"];
            CheckControls(hypothesis, path, problems);
            CheckActivities(hypothesis, "probes", path, problems);
        }

        if (document["method"] is null)
        {
            problems.Error(
                DocumentPath.Root, "an experiment requires a method, which can be empty for only checking steady state hypothesis ");
        }

        CheckActivities(document, "method", DocumentPath.Root, problems);
        CheckActivities(document, "rollbacks", DocumentPath.Root, problems);
        RuntimeValidator.Check(document, problems);
        ServiceBlock.Validate(document, problems);
        return problems;
    }

    private static void CheckActivities(JsonObject parent, string key, DocumentPath path, ProblemList problems)
    {
        var activities = CheckList(parent, key, path, problems);
        for (var i = 0; i < activities.Count && activities.MayMention("controls"); i++)
        {
            if (activities[i] is JsonObject activity)
            {
                CheckControls(activity, path[key][i], problems);
            }
        }
    }

    private static void CheckControls(JsonObject parent, DocumentPath path, ProblemList problems) =>
        CheckList(parent, "controls", path, problems);

    private static ListItems CheckList(JsonObject parent, string key, DocumentPath path, ProblemList problems)
    {
        if (!parent.TryGetPropertyValue(key, out var node) || (node is null && key == "method"))
        {
            return default;
        }

        if (node is not JsonArray)
        {
            problems.Error(path[key], $"{key} must be a list");
            return default;
        }

        var list = problems.Map.Items(node);
        for (var i = 0; i < list.Count; i++)
        {
            if (list[i] is not JsonObject)
            {
                problems.Error(path[key][i], $"each of the {key} must be a map of its properties");
            }
        }

        return list;
    }
}
