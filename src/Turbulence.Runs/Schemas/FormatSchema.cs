using System.Text.Json.Nodes;
using Turbulence.Faults;
using Turbulence.Faults.Contracts;
using Turbulence.Keys;

namespace Turbulence.Runs.Schemas;

/// <summary>
/// The format as JSON Schema (draft-07, which every editor reads), made from the declarations that validation reads. What
/// <c>chaos validate</c> accepts, it accepts; what can only be known from elsewhere (files, variables, code, other parts of the
/// experiment), and what a regular expression or a URL is, it does not look at.
/// </summary>
public static class FormatSchema
{
    private const string Draft = "http://json-schema.org/draft-07/schema#";

    /// <summary>The schema of an experiment.</summary>
    /// <param name="kinds">The kinds of faults there are. Default, null: those that come with the program.</param>
    public static JsonObject Experiment(FaultKinds? kinds = null) => Of(ExperimentKeys.Experiment, kinds ?? BuiltInKinds.All);

    /// <summary>The schema of the settings.</summary>
    public static JsonObject Settings() => Of(SettingsKeys.Settings, BuiltInKinds.All);

    private static JsonObject Of(KeyPlace place, FaultKinds kinds)
    {
        var definitions = new Definitions(kinds);
        var root = new JsonObject { ["$schema"] = Draft, ["type"] = "object" };
        foreach (var (key, value) in definitions.Describe(place).ToArray())
        {
            root[key] = value?.DeepClone();
        }

        root["definitions"] = definitions.All();
        return root;
    }
}
