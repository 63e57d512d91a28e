using System.Text.Json;
using System.Text.Json.Nodes;
using Turbulence.Activities;
using Turbulence.Controls;
using Turbulence.Documents;
using Turbulence.Experiments;
using Turbulence.Python;
using Turbulence.Services;
using Turbulence.Tolerances;

namespace Turbulence.Validation;

/// <summary>
/// Finds every problem of an experiment before anything of it is run. The rules and the words are the reference's
/// (section 3 of its behaviour), which stops at the first; what it lets pass and then stumbles over is a problem, too.
/// </summary>
/// <param name="providers">Check what belongs to them.</param>
/// <param name="compatibility">Whose rules apply where the two differ.</param>
/// <param name="controls">Check what belongs to them; null to check of controls only what all have in common.</param>
public sealed class ExperimentValidator(
    ActivityProviders providers, Compatibility compatibility = Compatibility.None, ControlProviders? controls = null)
{
    /// <summary>
    /// Whether every unknown key is an error. Default: false, and an unknown key is an error where it is nearly a known one or belongs
    /// elsewhere, else a warning; where the reference's rules apply, no error at all.
    /// </summary>
    public bool Strict { get; init; }

    /// <summary>
    /// Lets the providers look up, all at once, what they need to know of foreign code; without it <see cref="Validate"/> says nothing of
    /// that.
    /// </summary>
    /// <param name="root">The document's root.</param>
    /// <param name="cancellationToken">Ends the look-up.</param>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public Task PrepareAsync(JsonNode? root, CancellationToken cancellationToken) =>
        PrepareAsync(root, new DocumentMap(), cancellationToken);

    /// <summary>The same for a document of which <paramref name="map"/> may know a list better than its root does.</summary>
    internal async Task PrepareAsync(JsonNode? root, DocumentMap map, CancellationToken cancellationToken)
    {
        if (map.Unread?.Mentions("controls") == true)
        {
            // Whatever is found out about a control is kept by the object that declares it.
            map.ReadAll();
        }

        var declared = new DeclaredCode(root as JsonObject ?? [], map);
        foreach (var (type, activities) in declared.Activities())
        {
            if (providers.TryGet(type, out var provider))
            {
                await provider.PrepareAsync(activities, cancellationToken);
            }
        }

        foreach (var ofType in declared.Controls().GroupBy(control => control.ProviderType))
        {
            if (controls?.TryGet(ofType.Key, out var provider) == true)
            {
                await provider.PrepareAsync([.. ofType], cancellationToken);
            }
        }
    }

    /// <summary>Finds the problems of a document.</summary>
    /// <param name="root">The document's root.</param>
    /// <param name="map">Where each value stands in the text.</param>
    /// <param name="values">What was found in configuration and secrets, to be told in its place; null where nobody looked.</param>
    /// <returns>The problems, in the order of the reference's checks.</returns>
    public ProblemList Validate(JsonNode? root, DocumentMap map, IEnumerable<Problem>? values = null)
    {
        var problems = new ProblemList(map);
        if (!PythonTruth.Of(root))
        {
            problems.Error(DocumentPath.Root, "an empty experiment is not an experiment");
        }
        else if (root is not JsonObject document)
        {
            problems.Error(DocumentPath.Root, "an experiment must be a map of its properties");
        }
        else
        {
            CheckTexts(document, problems);
            CheckContainers(document, problems);
            problems.AddRange(values ?? []);
            RuntimeValidator.Check(document, problems);
            var keys = new UnknownKeys(compatibility, Strict, problems);
            CheckActivities(document, keys, problems);
            new ControlValidator(controls, compatibility, problems).Check(document);
            ServiceBlock.Validate(document, problems);
            keys.Check(document, KnownPlaces.Experiment, DocumentPath.Root);
        }

        return problems;
    }

    private static void CheckTexts(JsonObject document, ProblemList problems)
    {
        foreach (var key in (ReadOnlySpan<string>)["title", "description"])
        {
            if (!PythonTruth.Of(document[key]))
            {
                problems.Error(DocumentPath.Root, $"experiment requires a {key}");
            }
            else if (document[key]!.GetValueKind() != JsonValueKind.String)
            {
                problems.Error(DocumentPath.Root[key], $"the {key} of an experiment must be a text");
            }
        }

        if (document["tags"] is JsonArray tags)
        {
            for (var i = 0; i < tags.Count; i++)
            {
                if (tags[i]?.GetValueKind() != JsonValueKind.String || !PythonTruth.Of(tags[i]))
                {
                    problems.Error(DocumentPath.Root["tags"][i], "experiment tags must be a non-empty string");
                }
            }
        }

        if (document["extensions"] is JsonArray extensions)
        {
            for (var i = 0; i < extensions.Count; i++)
            {
                if (extensions[i] is not JsonObject extension
                    || extension["name"] is not JsonValue name || !name.TryGetValue<string>(out var text) || string.IsNullOrWhiteSpace(
                        text))
                {
                    problems.Error(DocumentPath.Root["extensions"][i], "All extensions require a non-empty name");
                }
            }
        }
    }

    private static void CheckContainers(JsonObject document, ProblemList problems)
    {
        foreach (var key in (ReadOnlySpan<string>)["configuration", "secrets", "steady-state-hypothesis"])
        {
            if (document.TryGetPropertyValue(key, out var node) && node is not JsonObject)
            {
                problems.Error(DocumentPath.Root[key], $"{key} must be a map");
            }
        }

        foreach (var key in (ReadOnlySpan<string>)["rollbacks", "controls", "extensions"])
        {
            if (document.TryGetPropertyValue(key, out var node) && node is not JsonArray)
            {
                problems.Error(DocumentPath.Root[key], $"{key} must be a list");
            }
        }
    }

    private void CheckActivities(JsonObject document, UnknownKeys keys, ProblemList problems)
    {
        var validator = new ActivityValidator(providers, compatibility, problems)
        {
            Services = ServiceBlock.Names(document),
            Proxies = ServiceBlock.Proxies(document),
        };
        CheckHypothesis(document, validator, problems);
        new SafeguardValidator(validator, compatibility, problems).Check(
            document, (probe, path) => CheckTolerance(probe, path, validator, problems));
        if (document["method"] is null)
        {
            problems.Error(
                DocumentPath.Root, "an experiment requires a method, which can be empty for only checking steady state hypothesis ");
        }
        else if (document["method"] is not JsonArray)
        {
            problems.Error(DocumentPath.Root["method"], "method must be a list");
        }

        var names = new Lazy<HashSet<string>>(() => Names(document, problems.Map));
        CheckList(
            document["method"], DocumentPath.Root["method"], validator, names, problems, (item, path) =>
                keys.CheckEarly(item, document["method"], "method", path));
        CheckList(
            document["rollbacks"], DocumentPath.Root["rollbacks"], validator, compatibility == Compatibility.None
                ? names
                : null, problems, static (_, _) => { });
    }

    private void CheckHypothesis(JsonObject document, ActivityValidator validator, ProblemList problems)
    {
        if (document["steady-state-hypothesis"] is not JsonObject hypothesis)
        {
            return;
        }

        var path = DocumentPath.Root["steady-state-hypothesis"];
        if (!PythonTruth.Of(hypothesis["title"]))
        {
            problems.Error(path, "hypothesis requires a title");
        }

        if (hypothesis["probes"] is not JsonArray probes)
        {
            if (hypothesis["probes"] is not null)
            {
                problems.Error(path["probes"], "the probes of a hypothesis must be a list");
            }

            return;
        }

        for (var i = 0; i < probes.Count; i++)
        {
            var at = path["probes"][i];
            validator.Check(probes[i], at);
            if (probes[i] is not JsonObject probe)
            {
                continue;
            }

            if (!probe.ContainsKey("tolerance"))
            {
                problems.Error(at, "hypothesis probe must have a tolerance entry");
                continue;
            }

            CheckTolerance(new Activity(probe), at["tolerance"], validator, problems);
            CheckUntil(new Activity(probe), at, validator, problems);
        }
    }

    private void CheckTolerance(Activity activity, DocumentPath path, ActivityValidator validator, ProblemList problems) =>
        CheckTolerance(activity.Tolerance, activity, path, validator, problems);

    // What can never be met would let an activity be tried until its last attempt, and fail.
    private void CheckUntil(Activity activity, DocumentPath path, ActivityValidator validator, ProblemList problems)
    {
        if (compatibility == Compatibility.None && activity.Declaration["until"] is { } until)
        {
            CheckTolerance(until, activity, path["until"], validator, problems);
        }
        else if (compatibility == Compatibility.None && activity.Provider["until"] is { } ofProvider)
        {
            CheckTolerance(ofProvider, activity, path["provider"]["until"], validator, problems);
        }
    }

    private void CheckTolerance(
        JsonNode? tolerance, Activity activity, DocumentPath path, ActivityValidator validator, ProblemList problems) =>
        Tolerance.Validate(tolerance, new ToleranceValidation(path, problems)
        {
            Compatibility = compatibility,
            ProviderType = activity.ProviderType,
            ValidateProbe = (probe, at) => validator.Check(probe.Declaration, at),
        });

    private static HashSet<string> Names(JsonObject document, DocumentMap map)
    {
        var probes = (document["steady-state-hypothesis"] as JsonObject)?["probes"] as JsonArray;
        return [.. new ActivityList(map.Items(document["method"]))
            .Concat(new ActivityList(probes))
            .Where(activity => activity.Reference is null)
            .Select(activity => activity.Name)];
    }

    // Of an element that is read for each that looks at it, all that has to be looked at is looked at here.
    private void CheckList(
        JsonNode? list,
        DocumentPath path,
        ActivityValidator validator,
        Lazy<HashSet<string>>? names,
        ProblemList problems,
        Action<JsonNode?, DocumentPath> checkKeys)
    {
        var items = problems.Map.Items(list);
        for (var i = 0; i < items.Count; i++)
        {
            var item = items[i];
            var activity = validator.Check(item, path[i]);
            if (names is not null && item is JsonObject declaration && new Activity(declaration).Reference is { Length: > 0 } reference
                && !names.Value.Contains(reference))
            {
                problems.Error(path[i]["ref"], $"referenced activity '{reference}' could not be found in the experiment");
            }

            if (activity is { HasTolerance: true } && compatibility == Compatibility.None)
            {
                CheckTolerance(activity, path[i]["tolerance"], validator, problems);
            }

            if (activity is not null)
            {
                CheckUntil(activity, path[i], validator, problems);
            }

            checkKeys(item, path[i]);
        }
    }
}
