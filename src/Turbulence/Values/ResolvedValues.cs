using System.Text.Json.Nodes;

namespace Turbulence.Values;

/// <summary>The configuration and the secrets of a run, as they are after every source was read.</summary>
/// <param name="configuration">Key to value.</param>
/// <param name="secrets">Scope to key to value.</param>
public sealed class ResolvedValues(JsonObject configuration, JsonObject secrets)
{
    /// <summary>Neither configuration nor secrets.</summary>
    public static ResolvedValues Empty => new([], []);

    /// <summary>Key to value. Live: a control may change it, and later substitutions see the change.</summary>
    public JsonObject Configuration { get; } = configuration;

    /// <summary>Scope to key to value. Live, like the configuration.</summary>
    public JsonObject Secrets { get; } = secrets;

    /// <summary>True when there is nothing to substitute from.</summary>
    public bool IsEmpty => Configuration.Count == 0 && Secrets.Count == 0;

    /// <summary>Looks a name up: the configuration first, then the keys of each secret scope in order; the first hit wins.</summary>
    /// <param name="name">The key, without <c>${}</c>.</param>
    /// <param name="value">The value; null both when there is none and when it is a JSON null.</param>
    /// <returns>Whether the name exists.</returns>
    public bool TryGet(string name, out JsonNode? value)
    {
        if (Configuration.TryGetPropertyValue(name, out value))
        {
            return true;
        }

        foreach (var (_, scope) in Secrets)
        {
            if (scope is JsonObject keys && keys.TryGetPropertyValue(name, out value))
            {
                return true;
            }
        }

        value = null;
        return false;
    }
}
