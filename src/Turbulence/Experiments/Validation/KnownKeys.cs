using System.Text.Json.Nodes;

namespace Turbulence.Experiments.Validation;

/// <summary>Finds keys that look like a misspelling of a known one. Unknown keys are legal; <c>tolerence</c> is hardly meant.</summary>
internal static class KnownKeys
{
    /// <summary>The keys of an experiment.</summary>
    public static readonly string[] Experiment =
    [
        "version", "title", "description", "tags", "contributions", "configuration", "secrets", "controls", "extensions",
        "runtime", "steady-state-hypothesis", "method", "rollbacks", "dry",
    ];

    /// <summary>The keys of an activity.</summary>
    public static readonly string[] Activity =
    [
        "type", "name", "provider", "ref", "background", "pauses", "controls", "tolerance", "timeout", "dry", "configuration",
        "secrets", "retries", "interval", "until",
    ];

    /// <summary>The keys of a steady-state hypothesis.</summary>
    public static readonly string[] Hypothesis = ["title", "probes", "controls"];

    /// <summary>The keys of a control.</summary>
    public static readonly string[] Control = ["name", "provider", "scope", "automatic", "ref"];

    /// <summary>Warns of each key of <paramref name="map"/> that is unknown and close to a known one that the map lacks.</summary>
    public static void Check(JsonObject map, string[] known, DocumentPath path, ProblemList problems)
    {
        foreach (var (key, _) in map)
        {
            if (Array.IndexOf(known, key) < 0
                && NearestWord.Find(key, known.Where(candidate => !map.ContainsKey(candidate))) is { } nearest)
            {
                problems.Warning(path[key], $"the key '{key}' is not known here; is '{nearest}' meant?");
            }
        }
    }
}
