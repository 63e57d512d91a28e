using System.Text.Json;
using System.Text.Json.Nodes;
using Turbulence.Activities;
using Turbulence.Documents;
using Turbulence.Experiments;
using Turbulence.Options;
using Turbulence.Python;
using Turbulence.Running;
using Turbulence.Services;
using Turbulence.Values;

namespace Turbulence.Validation;

/// <summary>Checks one activity: sections 3.2 and 3.3 of the reference's behaviour, every problem at once.</summary>
internal sealed class ActivityValidator(ActivityProviders providers, Compatibility compatibility, ProblemList problems)
{
    /// <summary>The names of the services of the experiment. Default, null: nobody knows them.</summary>
    public IReadOnlyCollection<string>? Services { get; init; }

    /// <summary>The fault proxies of each service. Default, null: nobody knows them.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<ServiceProxy>>? Proxies { get; init; }

    /// <summary>Checks the activity at <paramref name="path"/>.</summary>
    /// <returns>The activity, where it is one of its own and not a reference; null otherwise.</returns>
    public Activity? Check(JsonNode? node, DocumentPath path)
    {
        if (!PythonTruth.Of(node))
        {
            problems.Error(path, "empty activity is no activity");
            return null;
        }

        if (node is not JsonObject declaration)
        {
            problems.Error(path, "an activity must be a map of its properties");
            return null;
        }

        if (declaration["ref"] is { } reference)
        {
            if (!IsText(reference) || !PythonTruth.Of(reference))
            {
                problems.Error(path["ref"], "reference to activity must be non-empty strings");
            }

            return null;
        }

        var activity = new Activity(declaration);
        CheckType(declaration, path);
        CheckName(declaration, path);
        CheckProvider(activity, path);
        CheckTimes(activity, path);
        if (declaration.TryGetPropertyValue("background", out var background)
            && background?.GetValueKind() is not (JsonValueKind.True or JsonValueKind.False))
        {
            problems.Error(path["background"], "activity background must be a boolean");
        }

        if (compatibility == Compatibility.None && declaration["dry"] is { } dry && ActivityDry.Read(dry) is null)
        {
            problems.Error(path["dry"], ActivityDry.Problem);
        }

        CheckUnread(declaration, path);
        return activity;
    }

    private static bool IsText(JsonNode? node) => node?.GetValueKind() == JsonValueKind.String;

    private static bool IsPlaceholder(JsonNode node) =>
        IsText(node) && node.GetValue<string>() is var text
        && text.StartsWith("${", StringComparison.Ordinal) && text.EndsWith('}');

    private void CheckType(JsonObject declaration, DocumentPath path)
    {
        if (!PythonTruth.Of(declaration["type"]))
        {
            problems.Error(path, "an activity must have a type");
        }
        else if (PythonText.Of(declaration["type"]) is var type and not ("probe" or "action"))
        {
            problems.Error(
                path["type"], $"'{type}' is not a supported activity type{Hint(type, ["probe", "action"])}");
        }
    }

    private void CheckName(JsonObject declaration, DocumentPath path)
    {
        if (!PythonTruth.Of(declaration["name"]))
        {
            problems.Error(path, "an activity must have a name");
        }
        else if (!IsText(declaration["name"]))
        {
            problems.Error(path["name"], "the name of an activity must be a text");
        }
    }

    private void CheckProvider(Activity activity, DocumentPath path)
    {
        var node = activity.Declaration["provider"];
        if (!PythonTruth.Of(node))
        {
            problems.Error(path, "an activity requires a provider");
        }
        else if (node is not JsonObject provider)
        {
            problems.Error(path["provider"], "a provider must be a map of its properties");
        }
        else if (!PythonTruth.Of(provider["type"]))
        {
            problems.Error(path["provider"], "a provider must have a type");
        }
        else if (!providers.TryGet(activity.ProviderType, out var known))
        {
            problems.Error(
                path["provider"]["type"],
                $"unknown provider type '{PythonText.Of(provider["type"])}'{Hint(PythonText.Of(provider["type"]), providers.Types)}; known here: {string.Join(", ", providers.Types)}");
        }
        else
        {
            known.Validate(new ActivityValidation(activity, path, problems) { Services = Services, Proxies = Proxies });
        }
    }

    // The reference's words stay as they are where its rules apply.
    private string Hint(string word, IEnumerable<string> known) => compatibility == Compatibility.None ? NearestWord.Hint(word, known) : "";

    // The format describes both keys, and no runner has ever read them there.
    private void CheckUnread(JsonObject declaration, DocumentPath path)
    {
        if (compatibility == Compatibility.None
            && declaration["secrets"] is not null
            && (declaration["provider"] as JsonObject)?["secrets"] is null)
        {
            problems.Warning(path["secrets"], "secrets of an activity are read from its provider alone: list the scopes there");
        }

        if (compatibility == Compatibility.None && declaration["configuration"] is not null)
        {
            problems.Warning(path["configuration"], "the configuration of an activity is never read: an activity sees the experiment's");
        }
    }

    private void CheckTimes(Activity activity, DocumentPath path)
    {
        if (activity.Declaration["timeout"] is { } timeout
            && timeout.GetValueKind() is not (JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False)
            && !(compatibility == Compatibility.None && IsPlaceholder(timeout)))
        {
            problems.Error(path["timeout"], "activity timeout must be a number");
        }
        else if (compatibility == Compatibility.None)
        {
            foreach (var (key, isOfProvider, problem) in ActivityAttempts.Problems(activity))
            {
                problems.Error(isOfProvider ? path["provider"][key] : path[key], problem);
            }
        }

        CheckPause(activity, "before", path);
        CheckPause(activity, "after", path);
    }

    private void CheckPause(Activity activity, string side, DocumentPath path)
    {
        var pause = side == "before" ? activity.PauseBefore : activity.PauseAfter;
        if (pause is null || IsPlaceholder(pause))
        {
            return;
        }

        var at = path["pauses"][side];
        if (pause.GetValueKind() != JsonValueKind.Number)
        {
            problems.Error(at, $"activity {side} pause must be a number or a pattern to a variable from the configuration or secrets");
        }
        else if (!ActivityPause.TryRead(pause, ResolvedValues.Empty, out _, out _, out var problem))
        {
            problems.Error(at, problem!);
        }
    }
}
