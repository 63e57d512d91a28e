using System.Text.Json.Nodes;

namespace Turbulence.Values;

/// <summary>What <c>--var</c> and <c>--var-file</c> give to a run, every source merged.</summary>
/// <param name="Configuration">Configuration key to the definition that replaces the experiment's.</param>
/// <param name="Secrets">Scope to key to the definition that replaces the experiment's.</param>
/// <param name="Environment">Variables of dotenv files, to be laid over the environment.</param>
public sealed record VariableOverrides(JsonObject Configuration, JsonObject Secrets, IReadOnlyDictionary<string, string> Environment)
{
    /// <summary>Nothing is replaced.</summary>
    public static VariableOverrides None => new([], [], new Dictionary<string, string>());
}
