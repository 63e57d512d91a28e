using System.Text.Json.Nodes;
using Turbulence.Documents;
using Turbulence.Loading;
using Turbulence.Python;
using Turbulence.Validation;
using Turbulence.Values;

namespace Turbulence.Settings;

/// <summary>
/// The settings, read for what the engine uses of them. What has the wrong shape reads as absent, with a warning; an explicit null is
/// absent.
/// </summary>
public sealed class ChaosSettings
{
    private readonly List<string> warnings = [];

    private ChaosSettings(JsonObject root, Compatibility compatibility, EnvironmentVariables environment)
    {
        Root = root.DeepClone().AsObject();
        if (compatibility == Compatibility.None)
        {
            Expand(new SettingsExpansion(environment));
        }

        if (Root["notifications"] is { } channels and not JsonArray)
        {
            warnings.Add($"settings: notifications is left out, because it is not a list but {ShortKind(channels)}");
        }

        Auths = ReadAuths();
        Controls = Map(Root, "controls");
        Runtime = ReadRuntime();
        if (compatibility == Compatibility.None)
        {
            WarnOfMisspelt();
        }
    }

    /// <summary>What there is where there is no file.</summary>
    public static ChaosSettings None { get; } = From([], Compatibility.None, EnvironmentVariables.OfProcess);

    /// <summary>Everything, variables of the environment replaced where that applies: what controls are handed.</summary>
    public JsonObject Root { get; }

    /// <summary><c>auths</c>: credentials for servers of experiments, by netloc.</summary>
    public IReadOnlyDictionary<string, SourceAuth> Auths { get; }

    /// <summary><c>controls</c>: declarations by name; empty where there are none.</summary>
    public JsonObject Controls { get; }

    /// <summary>
    /// <c>notifications</c>: the channels as they are declared, a null in the place of one that is left out; null where there are none.
    /// </summary>
    public JsonArray? Notifications => Root["notifications"] as JsonArray;

    /// <summary><c>runtime</c>: defaults for a run, in the form of an experiment's <c>runtime</c>.</summary>
    public JsonObject Runtime { get; }

    /// <summary>What cannot be used, one line each; no line holds a value that may be secret.</summary>
    public IReadOnlyList<string> Warnings => warnings;

    /// <summary>Reads the settings.</summary>
    /// <param name="root">The file's content; it is not changed.</param>
    /// <param name="compatibility">Whose rules apply: the reference replaces no variables.</param>
    /// <param name="environment">Where variables are looked up.</param>
    public static ChaosSettings From(JsonObject root, Compatibility compatibility, EnvironmentVariables environment) =>
        new(root, compatibility, environment);

    private void Expand(SettingsExpansion expansion)
    {
        if (Root["controls"] is { } controls)
        {
            Root["controls"] = expansion.ApplyKnown(controls);
        }

        if (Root["auths"] is JsonObject auths)
        {
            foreach (var (netloc, auth) in auths.ToList())
            {
                Replace(auth, value => auths[netloc] = value, () => auths.Remove(netloc), $"auths.{netloc}", expansion);
            }
        }

        if (Root["notifications"] is JsonArray channels)
        {
            for (var i = 0; i < channels.Count; i++)
            {
                // A null keeps the others at the places that warnings name.
                var place = i;
                Replace(channels[i], value => channels[place] = value, () => channels[place] = null, $"notifications[{i}]", expansion);
            }
        }
    }

    // Half a credential must not be sent, and a channel must not be called at a place that nobody meant.
    private void Replace(JsonNode? node, Action<JsonNode?> replace, Action remove, string key, SettingsExpansion expansion)
    {
        var missing = new SortedSet<string>(StringComparer.Ordinal);
        var value = expansion.Apply(node, missing);
        if (missing.Count == 0)
        {
            replace(value);
            return;
        }

        remove();
        warnings.Add($"settings: {key} is left out, because the environment has no {string.Join(", ", missing)}");
    }

    // Settings belong to other tools as well, so what is merely unknown is theirs.
    private void WarnOfMisspelt()
    {
        var problems = new ProblemList(new DocumentMap { Root = Root });
        new UnknownKeys(Compatibility.None, strict: false, problems).Check(Root, KnownPlaces.Settings, DocumentPath.Root);
        warnings.AddRange(problems.Where(problem => problem.Severity == ProblemSeverity.Error)
            .Select(problem => $"settings: {problem.Message} (at {problem.Pointer})"));
    }

    private Dictionary<string, SourceAuth> ReadAuths()
    {
        var auths = new Dictionary<string, SourceAuth>();
        foreach (var (netloc, node) in Map(Root, "auths"))
        {
            if (node is JsonObject auth && auth["type"] is JsonValue type && auth["value"] is JsonValue value)
            {
                auths[netloc] = new SourceAuth(PythonText.Of(type), PythonText.Of(value));
            }
            else if (node is not null)
            {
                warnings.Add($"settings: auths.{netloc} is left out, because it needs a type and a value");
            }
        }

        return auths;
    }

    private JsonObject ReadRuntime()
    {
        var runtime = Map(Root, "runtime").DeepClone().AsObject();
        foreach (var (pointer, message) in RuntimeRules.Problems(runtime))
        {
            var steps = pointer.Split('/')[2..];
            var parent = steps[..^1].Aggregate((JsonNode?)runtime, (node, step) => (node as JsonObject)?[step]) as JsonObject;
            parent?.Remove(steps[^1]);
            warnings.Add($"settings: runtime.{string.Join('.', steps)} is left out: {message}");
        }

        return runtime;
    }

    private JsonObject Map(JsonObject root, string key)
    {
        if (root[key] is { } node and not JsonObject)
        {
            warnings.Add($"settings: {key} is left out, because it is not a map but {ShortKind(node)}");
        }

        return root[key] as JsonObject ?? [];
    }

    private static string ShortKind(JsonNode node) => node switch
    {
        JsonArray => "a list",
        JsonObject => "a map",
        _ => "a single value",
    };
}
